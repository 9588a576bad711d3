// npm run bench:ledger [-- --entries N --file FILE --only search,like,rollups,verify]: full text against LIKE and the bare
// index, pages of a district, and verification, on one SQLite file of 500 communities.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../../src/db/client.js'
import { openConnection } from '../../src/db/sqlite-adapter.js'
import { COMMUNITIES, fill, fillCounts } from './fill.js'
import { measureRollups } from './rollups.js'
import { compareWithLike, measureSearch } from './search.js'
import { measureVerify } from './verify.js'

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    // A file that is kept is filled only once.
    file: { type: 'string' },
    only: { type: 'string', default: 'search,like,rollups,verify' },
  },
})
const parts = new Set(values.only.split(','))
const searched = parts.has('search') || parts.has('like')
const folder = mkdtempSync(join(tmpdir(), 'linli-bench-ledger-'))
const file = values.file ?? join(folder, 'ledger.db')
const count = Number(values.entries)
const kept = existsSync(file)
const counts = values.only === 'rollups'
const seconds = kept ? 0 : await (counts ? fillCounts(file, count) : fill(file, count, searched))
console.log(
  `${kept ? 'kept file' : `${count} entries`} of ${COMMUNITIES} communities, ${kept ? '' : `filled in ${seconds.toFixed(0)} s, `}${(statSync(file).size / 2 ** 20).toFixed(0)} MB`,
)
const db = await openDatabase(`file:${file}`)
const plain = openConnection(file, { readonly: true })
try {
  if (parts.has('search')) await measureSearch(db, plain)
  if (parts.has('like') && !(await compareWithLike(db, plain))) process.exitCode = 1
  if (parts.has('rollups')) await measureRollups(db, plain)
  if (parts.has('verify')) await measureVerify(db, plain)
} finally {
  await db.close()
  plain.close()
  rmSync(folder, { recursive: true })
}
