/**
 * npm run bench:intake [-- ROUNDS SECONDS]: durable webhook acknowledgements a second, ours against others, over
 * loopback HTTP with identical rows; then whole turns a second. bench/README.md says what is compared and how.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { missing } from '../peers.js'
import { commitMs, copyOf, makeTemplate } from './database.js'
import { startFarApi } from './far-api.js'
import { type Acknowledged, acknowledgements, CONNECTIONS, type Contender, type Ground, turns } from './measure.js'
import { CHATTER, REQUESTS } from './texts.js'
import { bareTurns, startTurns, type TurnCost } from './turns.js'

const rounds = Number(process.argv[2] ?? 5)
const seconds = Number(process.argv[3] ?? 3)
const CHATTER_TURNS = 1000

const LIMIT: Contender = { name: 'bare group commit (the limit)', server: 'limit' }
const OURS: Contender = { name: 'linli', server: 'ours', mode: 'held' }
const contenders: readonly Contender[] = [
  LIMIT,
  OURS,
  { name: 'linli, turns running beside', server: 'ours', mode: 'running' },
  { name: 'Telegraf + better-sqlite3', server: 'telegraf-better-sqlite3', needs: ['better-sqlite3'] },
  { name: 'Telegraf + Prisma', server: 'telegraf-prisma', needs: ['@prisma/adapter-better-sqlite3'] },
  {
    name: 'Koishi + its SQLite (never fsyncs)',
    server: 'koishi',
    needs: ['koishi', '@koishijs/plugin-server', '@minatojs/driver-sqlite'],
  },
]

const say = (text = ''): void => void process.stdout.write(`${text}\n`)
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
const whole = (value: number): string => Math.round(value).toLocaleString('en-US')
const line = (cells: readonly string[]): void =>
  say(cells.map((cell, index) => (index === 0 ? cell.padEnd(36) : cell.padStart(12))).join(''))

function installed(): Contender[] {
  return contenders.filter(({ name, needs = [] }) => {
    const lacking = missing(needs)
    if (lacking.length > 0) say(`left out: ${name}; ${lacking.join(', ')} not installed (npm ci --prefix bench)`)
    return lacking.length === 0
  })
}

/** Every contender once a round, the order turned by one each round, so that the machine's moods fall on all alike. */
async function measureAll(list: readonly Contender[], ground: Ground): Promise<Map<Contender, Acknowledged[]>> {
  const found = new Map<Contender, Acknowledged[]>(list.map((one) => [one, []]))
  for (let round = 0; round < rounds; round += 1)
    for (let place = 0; place < list.length; place += 1) {
      const contender = list[(round + place) % list.length]
      if (!contender) continue
      const run = await acknowledgements(contender, ground, seconds * 1000)
      found.get(contender)?.push(run)
      samples.add(run.stored.sample)
      process.stderr.write(`round ${round + 1}  ${contender.name}: ${whole(rateOf(run))}/s\n`)
    }
  return found
}

const rateOf = ({ measured }: Acknowledged): number => measured.counted / measured.seconds

function printTable(found: ReadonlyMap<Contender, readonly Acknowledged[]>): void {
  line(['', 'acks/s', 'p50 ms', 'p99 ms', 'linli is', 'of limit', 'CPU µs/ack'])
  for (const [contender, runs] of found) {
    // Ratios within a round first: its contenders ran one after another on the same machine in the same mood.
    const ratio = (one: Contender, other: Contender) =>
      median(
        Array.from({ length: rounds }, (_, round) => {
          const [a, b] = [found.get(one)?.[round], found.get(other)?.[round]]
          return a && b ? rateOf(a) / rateOf(b) : Number.NaN
        }),
      )
    line([
      contender.name,
      whole(median(runs.map(rateOf))),
      median(runs.map(({ measured }) => measured.p50)).toFixed(1),
      median(runs.map(({ measured }) => measured.p99)).toFixed(1),
      `${ratio(OURS, contender).toFixed(2)} ×`,
      ratio(contender, LIMIT).toFixed(2),
      whole(median(runs.map(({ cpuUs }) => cpuUs))),
    ])
  }
}

async function printTurns(ground: Ground): Promise<void> {
  for (const [name, texts, most] of [
    ['requests: message → ledger → reply', REQUESTS, REQUESTS.length],
    ['chatter: message → left alone', CHATTER, CHATTER_TURNS],
  ] as const) {
    const runs: Awaited<ReturnType<typeof turns>>[] = []
    for (let round = 0; round < Math.min(rounds, 3); round += 1) runs.push(await turns(texts, most, ground))
    const { requests = 0, entries = 0, outgoing = 0 } = runs[0]?.stored ?? {}
    line([name, `${whole(median(runs.map((one) => one.perSecond)))}/s`])
    say(`    ${most} messages gave ${requests} requests, ${entries} ledger entries, ${outgoing} messages to send`)
  }
}

const BARE_TURNS = 1000
const CHATTER_COST = 1000
const REQUEST_COST = 200

/** Turns without HTTP, in this process: rounds take the bare limit and ours in turn. */
async function printTurnCosts(ground: Ground): Promise<void> {
  const kinds = ['bare transaction (the limit)', 'chatter', 'requests', 'taps'] as const
  const found = new Map<string, TurnCost[]>(kinds.map((kind) => [kind, []]))
  for (let round = 0; round < Math.min(rounds, 3); round += 1) {
    const file = copyOf(ground.template, ground.folder)
    found.get(kinds[0])?.push(await bareTurns(file, BARE_TURNS))
    const service = await startTurns(file)
    // Warm-up: the code is compiled by then, and people and groups are known.
    await service.say(CHATTER, 400)
    found.get('chatter')?.push(await service.say(CHATTER, CHATTER_COST))
    await service.say(REQUESTS.slice(REQUEST_COST), REQUESTS.length - REQUEST_COST)
    found.get('requests')?.push(await service.say(REQUESTS, REQUEST_COST))
    found.get('taps')?.push(await service.tap(REQUEST_COST))
    await service.stop()
  }
  line(['a turn', 'CPU ms', 'wall ms', '× CPU of limit'])
  const limit = median((found.get(kinds[0]) ?? []).map(({ cpuMs }) => cpuMs))
  for (const [kind, costs] of found) {
    const cpuMs = median(costs.map((one) => one.cpuMs))
    line([kind, cpuMs.toFixed(3), median(costs.map((one) => one.wallMs)).toFixed(3), (cpuMs / limit).toFixed(1)])
  }
}

const samples = new Set<string>()
const folder = mkdtempSync(join(tmpdir(), 'linli-bench-intake-'))
const far = await startFarApi()
try {
  const ground = { template: await makeTemplate(folder), folder, farRoot: far.root }
  const cpu = cpus()
  say(`Node ${process.version}, ${cpu.length} × ${cpu[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}`)
  say(
    `a commit takes ${commitMs(copyOf(ground.template, folder)).toFixed(2)} ms; medians of ${rounds} interleaved rounds`,
  )
  say(`of ${seconds} s with ${CONNECTIONS} keep-alive connections; ratios are medians of the rounds' own ratios`)
  const list = installed()
  say()
  printTable(await measureAll(list, ground))
  say(
    `rows ${samples.size === 1 ? 'identical in all' : `DIFFER:\n${[...samples].join('\n')}`}; every acknowledged row found after SIGKILL`,
  )
  say()
  await printTurns(ground)
  say()
  await printTurnCosts(ground)
} finally {
  far.close()
  rmSync(folder, { recursive: true, force: true })
}
