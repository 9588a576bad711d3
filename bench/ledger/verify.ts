import { createHash } from 'node:crypto'
import type { Database } from '../../src/db/client.js'
import type { openConnection } from '../../src/db/sqlite-adapter.js'
import { verifyLedger } from '../../src/ledger/verify/index.js'
import { timed } from './figures.js'

/** Entries verified a second, beside the limit: reading the same columns and hashing as many bytes, and nothing else. */
export async function measureVerify(db: Database, plain: ReturnType<typeof openConnection>): Promise<void> {
  let entries = 0
  let bytes = 0
  const limit = await timed(() => {
    const rows = plain
      .prepare(
        `SELECT '{"data":' || data || ',"salt":"' || salt || '","text":"' || text || '"}',
           communityId || contentHash || prevHash || hash || page || type || subject || actor || at || seq || '${'-'.repeat(160)}'
         FROM "LedgerEntry" ORDER BY communityId, seq`,
      )
      .raw(true)
      .iterate([]) as IterableIterator<[string, string]>
    for (const [content, sealed] of rows) {
      createHash('sha256').update(content).digest('hex')
      createHash('sha256').update(sealed).digest('hex')
      bytes += content.length + sealed.length
      entries += 1
    }
  })
  let faults = 0
  const used = await timed(async () => {
    faults = (await verifyLedger(db.read)).faults.length
  })
  const rate = (milliseconds: number) => Math.round((entries / milliseconds) * 1000)
  console.log(
    `verify   ${entries} entries in ${(used / 1000).toFixed(1)} s, ${rate(used)} a second, ${faults} faults; limit (rows read, ${Math.round(bytes / entries)} signs hashed each) ${rate(limit)} a second: ${((limit / used) * 100).toFixed(0)} % of it; peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  )
}
