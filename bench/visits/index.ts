// npm run bench:visits [-- FILE]: a district of 6,000 workers, 1.5 million households and two years of visits on SQLite.
// Whole turns through the engine, beside the bare indexed query that is the floor of each, and the count without rollups.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { modules } from '../../src/app.js'
import { type Database, openDatabase } from '../../src/db/client.js'
import { openConnection } from '../../src/db/sqlite-adapter.js'
import { createTurns } from '../../src/engine/turn.js'
import { communityTotals } from '../../src/modules/visits/store-workers.js'
import { fill, HOUSEHOLDS, MONTHS, NOW, WORKERS } from './fill.js'
import { importPaper } from './import.js'

const LIMIT_MS = 300
const folder = mkdtempSync(join(tmpdir(), 'linli-bench-visits-'))
// A file that is kept is filled only once.
const file = process.argv[2] ?? join(folder, 'visits.db')
const seconds = existsSync(file) ? 0 : await fill(file)
const db = await openDatabase(`file:${file}`)
const bare = openConnection(file, { readonly: true })
const visits = bare.prepare('SELECT COUNT(*) AS n FROM "Visit"').get() as { n: number }
console.log(
  `${WORKERS} workers, ${HOUSEHOLDS} households, ${visits.n} visits of ${MONTHS} months, ${(statSync(file).size / 2 ** 30).toFixed(2)} GB${seconds > 0 ? `, filled in ${seconds.toFixed(0)} s` : ''}`,
)
let failed = false
let serial = 0
try {
  const workers = (count: number) => Array.from({ length: count }, (_, index) => (index * 997) % WORKERS)
  const member = workers(200).filter((worker) => worker % 12 !== 0)
  const manager = workers(20).map((worker) => worker - (worker % 12))
  await turns('我的进度', member, () => '我的进度')
  floor(
    'one month by its key',
    'SELECT "met", "target" FROM "VisitMonth" WHERE "workerId" = ? AND "month" = ?',
    member.map((worker) => [worker + 1, '2026-11']),
  )
  await turns(
    '走访 …（记一户）',
    member.slice(0, 100),
    (worker) => `走访 ${(worker % 12) * 5 + 1}-1-101 灯坏了，已报物业`,
  )
  await turns('该访谁', member.slice(0, 50), () => '该访谁')
  await turns('榜单 with its picture', manager, () => '榜单')
  await repeated('board of the district', 30, () => communityTotals(db.read, 1, '2026-11'))
  floor(
    'the month’s rows by their index',
    'SELECT SUM("met"), SUM("target") FROM "VisitMonth" WHERE "month" = ?',
    Array.from({ length: 30 }, () => ['2026-11']),
  )
  floor(
    'the same counted from the visits, without rollups',
    `SELECT COUNT(*) FROM (SELECT DISTINCT "workerId", "householdId" FROM "Visit" WHERE "day" >= ? AND "day" <= ? AND "counted")`,
    [['2026-11-01', '2026-11-30']],
  )
  console.log(`import of 100,000 lines of paper: ${(await importPaper(folder)).toFixed(1)} s`)
} finally {
  await db.close()
  bare.close()
  rmSync(folder, { recursive: true })
}
if (failed) process.exitCode = 1

async function turns(name: string, workers: readonly number[], words: (worker: number) => string): Promise<void> {
  const ids: number[] = []
  for (const worker of workers) ids.push(await receive(db, worker, words(worker)))
  const runTurn = createTurns({ db, modules, understand: async () => null, triage: () => 'silent' as const })
  const times: number[] = []
  const cpu = process.cpuUsage()
  for (const id of ids) {
    const started = performance.now()
    const outcome = await runTurn(id, NOW)
    times.push(performance.now() - started)
    if (outcome !== 'acted') throw new Error(`${name} was not acted on`)
  }
  report(`turn: ${name}`, times, name === '我的进度' ? LIMIT_MS : Number.POSITIVE_INFINITY, process.cpuUsage(cpu))
}

async function receive(into: Database, worker: number, text: string): Promise<number> {
  serial += 1
  const row = {
    channel: 'bench',
    externalId: `${process.pid}.${Date.now()}.${serial}`,
    conversation: `p${worker}`,
    receivedAt: NOW,
    payload: {
      channel: 'bench',
      externalId: `${serial}`,
      conversation: `p${worker}`,
      isPrivate: true,
      sender: { id: `w${worker}`, name: `社工${worker}` },
      sentAt: NOW.getTime(),
      event: { kind: 'text', text, addressed: true },
    },
  }
  return (await into.write((tx) => tx.inboxMessage.create({ data: row, select: { id: true } }))).id
}

async function repeated(name: string, times: number, work: () => Promise<unknown>): Promise<void> {
  const spent: number[] = []
  const cpu = process.cpuUsage()
  for (let index = 0; index < times; index += 1) {
    const started = performance.now()
    await work()
    spent.push(performance.now() - started)
  }
  report(name, spent, LIMIT_MS, process.cpuUsage(cpu))
}

function floor(name: string, sql: string, parameters: readonly (string | number)[][]): void {
  const statement = bare.prepare(sql)
  const spent = parameters.map((values) => {
    const started = performance.now()
    statement.all(...values)
    return performance.now() - started
  })
  report(`  bare: ${name}`, spent, Number.POSITIVE_INFINITY)
}

/** Times by the clock, and how much of it this process computed: what is left on a busy machine is waiting for others. */
function report(name: string, times: readonly number[], limit: number, cpu?: NodeJS.CpuUsage): void {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const over = at(0.95) > limit
  failed ||= over
  const computed = cpu ? `, computing ${((cpu.user + cpu.system) / 1000 / times.length).toFixed(2)} ms` : ''
  console.log(
    `${name}: median ${at(0.5).toFixed(2)} ms, p95 ${at(0.95).toFixed(2)} ms${computed} (${times.length} runs)${over ? ` OVER ${limit} ms` : ''}`,
  )
}
