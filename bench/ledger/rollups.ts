import type { Database } from '../../src/db/client.js'
import type { openConnection } from '../../src/db/sqlite-adapter.js'
import { readRollups } from '../../src/ledger/rollups.js'
import { at, ms, timed } from './figures.js'

const ROUNDS = 100

/** Pages of a district from the kept counts, and the same count over the entries. */
export async function measureRollups(db: Database, plain: ReturnType<typeof openConnection>): Promise<void> {
  const pages: [string, () => Promise<unknown>][] = [
    ['district, one month', () => readRollups(db.read, 'district', 'all', '2026-06', '2026-06')],
    ['district, one year', () => readRollups(db.read, 'district', 'all', '2026-01', '2026-12')],
    ['its subdistricts, one month', () => readRollups(db.read, 'subdistrict', 'all', '2026-06', '2026-06')],
    ['its communities, one month', () => readRollups(db.read, 'community', 'all', '2026-06', '2026-06')],
    ['one community, one year', () => readRollups(db.read, 'community', [17], '2026-01', '2026-12')],
  ]
  for (const [name, page] of pages) {
    for (let round = 0; round < 10; round += 1) await page()
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(page))
    console.log(`page     ${name}: p50 ${ms(at(times, 0.5))} ms, p99 ${ms(at(times, 0.99))} ms`)
  }
  const recount = plain.prepare(
    'SELECT page, type, count(*) FROM "LedgerEntry" WHERE at >= ? AND at < ? GROUP BY page, type',
  )
  const june = [Date.UTC(2026, 4, 31, 16), Date.UTC(2026, 5, 30, 16)]
  const counted = new Map<string, number>()
  const recounted = await timed(() => {
    for (const [page, type, count] of recount.raw(true).all(june) as [string, string, number][])
      counted.set(`${page} ${type}`, count)
  })
  const kept = await readRollups(db.read, 'district', 'all', '2026-06', '2026-06')
  const same = kept.length === counted.size && kept.every((row) => counted.get(`${row.page} ${row.type}`) === row.count)
  console.log(
    `page     district, one month, counted from the entries: ${ms(recounted)} ms, ${same ? 'the same figures' : 'OTHER FIGURES'}`,
  )
  if (!same) process.exitCode = 1
}
