// npm run bench:ledger [-- ENTRIES FILE]: full text against LIKE, verification and the pages of a district, on one SQLite file.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/db/client.js'
import { openConnection } from '../../src/db/sqlite-adapter.js'
import { readRollups } from '../../src/ledger/rollups.js'
import { searchEntries } from '../../src/ledger/search/find.js'
import type { SearchQuery } from '../../src/ledger/search/query.js'
import { verifyLedger } from '../../src/ledger/verify/index.js'
import { COMMUNITIES, createDice, fill, wordsOf } from './fill.js'

const COMPARED = 60

const count = Number(process.argv[2] ?? 1_000_000)
const folder = mkdtempSync(join(tmpdir(), 'linli-bench-ledger-'))
// A file that is kept is filled only once.
const file = process.argv[3] ?? join(folder, 'ledger.db')
const kept = existsSync(file)
const fillSeconds = kept ? 0 : await fill(file, count)
console.log(
  `${count} entries of ${COMMUNITIES} communities, ${kept ? 'filled before' : `filled in ${fillSeconds.toFixed(0)} s`}, ${(statSync(file).size / 2 ** 20).toFixed(0)} MB`,
)
const db = await openDatabase(`file:${file}`)
const plain = openConnection(file, { readonly: true })
try {
  await search('community', 2000)
  await search('subdistrict', 500)
  await search('district', 50)
  await compare()
  await rollups()
  await verify()
} finally {
  await db.close()
  plain.close()
  rmSync(folder, { recursive: true })
}

/** What people look for: parts of real words, one to five signs, some with filters. */
function queries(seed: number, number: number, scope: 'community' | 'subdistrict' | 'district'): SearchQuery[] {
  const dice = createDice(seed)
  return Array.from({ length: number }, () => {
    const words = [...wordsOf(dice)]
    const length = dice(5) + 1
    const start = dice(Math.max(1, words.length - length))
    const terms = [words.slice(start, start + length).join('')]
    const community = dice(COMMUNITIES) + 1
    const subdistrict = Array.from({ length: 10 }, (_, index) => ((community - 1) % 50) + 1 + index * 50)
    const communityIds = { community: [community], subdistrict, district: undefined }[scope]
    switch (dice(5)) {
      case 0:
        return { terms: [...terms, `${dice(30) + 1}幢`], communityIds }
      case 1:
        return { terms, communityIds, page: 'visits', category: 'parking' }
      case 2:
        return { terms, communityIds, page: 'requests', gridIds: [community * 4 + dice(4)] }
      case 3:
        return { terms, communityIds, from: new Date('2026-03-01'), to: new Date('2026-04-01'), status: 'new' }
      default:
        return { terms, communityIds }
    }
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2)
}

async function search(scope: 'community' | 'subdistrict' | 'district', number: number): Promise<void> {
  for (const query of queries(3, 100, scope)) await searchEntries(db.read, query)
  const times: number[] = []
  let hits = 0
  let longest: { ms: number; query: SearchQuery | null } = { ms: 0, query: null }
  const before = process.cpuUsage()
  for (const query of queries(11, number, scope)) {
    const ms = await timed(async () => {
      hits += (await searchEntries(db.read, query)).length
    })
    times.push(ms)
    if (ms > longest.ms) longest = { ms, query }
  }
  const cpu = process.cpuUsage(before)
  times.sort((a, b) => a - b)
  console.log(
    `search   ${number} queries within a ${scope}, ${hits} hits: median ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms, p99 ${at(times, 0.99)} ms, processor ${((cpu.user + cpu.system) / 1000 / number).toFixed(2)} ms each; longest ${longest.ms.toFixed(1)} ms: ${JSON.stringify(longest.query?.terms)}`,
  )
}

/** Every hit that LIKE finds, and no other. */
async function compare(): Promise<void> {
  let missed = 0
  let extra = 0
  let found = 0
  const like = plain
    .prepare("SELECT id FROM \"LedgerEntry\" WHERE text LIKE ? ESCAPE '\\' OR subject LIKE ? ESCAPE '\\'")
    .raw(true)
  for (const { terms } of queries(29, COMPARED, 'district')) {
    const [term = ''] = terms
    const pattern = `%${term.replace(/[\\%_]/g, '\\$&')}%`
    const wanted = new Set((like.all([pattern, pattern]) as number[][]).map(([id]) => id))
    const hits = await searchEntries(db.read, { terms, limit: count })
    for (const hit of hits) if (!wanted.delete(hit.id)) extra += 1
    missed += wanted.size
    found += hits.length
  }
  console.log(`compared ${COMPARED} terms with LIKE: ${found} hits, ${missed} missed, ${extra} that LIKE has not`)
  if (missed > 0) process.exitCode = 1
}

async function rollups(): Promise<void> {
  const pages: [string, () => Promise<unknown>][] = [
    ['district, one month', () => readRollups(db.read, 'district', 'all', '2026-06', '2026-06')],
    ['district, one year', () => readRollups(db.read, 'district', 'all', '2026-01', '2026-12')],
    ['its subdistricts, one month', () => readRollups(db.read, 'subdistrict', 'all', '2026-06', '2026-06')],
    ['its communities, one month', () => readRollups(db.read, 'community', 'all', '2026-06', '2026-06')],
    ['one community, one year', () => readRollups(db.read, 'community', [17], '2026-01', '2026-12')],
  ]
  for (const [name, page] of pages) {
    await page()
    const times: number[] = []
    for (let round = 0; round < 50; round += 1) times.push(await timed(page))
    times.sort((a, b) => a - b)
    console.log(`page     ${name}: median ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms`)
  }
}

async function verify(): Promise<void> {
  const started = performance.now()
  const report = await verifyLedger(db.read)
  const seconds = (performance.now() - started) / 1000
  console.log(
    `verify   ${report.entries} entries in ${seconds.toFixed(1)} s, ${Math.round(report.entries / seconds)} a second, ${report.faults.length} faults, peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  )
}
