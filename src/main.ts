import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  attachmentFiles,
  ballotBooth,
  configuredChannels,
  configuredSecondOpinion,
  createService,
  dataFolder,
  modules,
} from './app.js'
import type { Channel } from './channels/channel.js'
import { createSandboxChannel, type SandboxChannel } from './channels/sandbox/index.js'
import { createMovableClock } from './clock.js'
import { type Config, loadEnvFile, readConfig } from './config.js'
import { type Database, openDatabase } from './db/client.js'
import { demoCrowd, demoPeople, seedDemo } from './demo/index.js'
import { type Clock, systemClock } from './kernel/clock.js'
import { OperatorError } from './kernel/errors.js'
import { prepareSearch } from './ledger/search/upkeep.js'
import { createLogger } from './log.js'
import type { Scheduler } from './schedule/scheduler.js'
import { loadRecogniser } from './understanding/index.js'
import { createBallotApp } from './web/ballot/index.js'
import { createDesk, createInspect } from './web/desk/index.js'
import { createMetrics } from './web/metrics.js'
import { sandboxDirectory } from './web/sandbox/directory.js'
import { sandboxHistory } from './web/sandbox/history.js'
import { sandboxApp } from './web/sandbox/index.js'
import { createWebServer } from './web/server.js'

/** How long running turns and sends may take to end after a signal, ms. */
const STOP_MS = 10_000

async function main(): Promise<void> {
  loadEnvFile()
  const config = readConfig(process.env)
  const logger = createLogger({ level: config.logLevel })
  const db = await openDatabase(config.databaseUrl)
  await prepareSearch(db, (documents) => {
    if (documents > 0) logger.info({ documents }, 'the search index is made anew')
  })
  const movable = config.demo ? await createMovableClock(db) : null
  const clock: Clock = movable ?? systemClock
  if (config.demo) await seedDemo(db, clock.now(), { district: true })

  let scheduler: Scheduler | null = null
  const sandbox = movable ? createSandbox(db, dataFolder(config), movable, () => scheduler) : null
  const channels: Channel[] = [...configuredChannels(config, logger), ...(sandbox ? [sandbox] : [])]
  const metrics = createMetrics({ read: db.read, clock })
  const recogniser = loadRecogniser()
  const files = attachmentFiles(config)
  const service = createService({
    db,
    modules: config.demo ? [...modules, demoCrowd] : modules,
    channels,
    recogniser,
    secondOpinion: configuredSecondOpinion(config, clock, logger),
    clock,
    logger,
    metrics,
    attachments: { files, mostBytes: config.attachmentBytes },
  })
  scheduler = service.scheduler
  const onError = (error: unknown) => logger.error({ err: error }, 'the sandbox page failed')
  const deskOptions = {
    db,
    files,
    modules,
    clock,
    logger,
    understand: (words: string) => recogniser.understand(words, { chatKind: 'private', addressed: true }),
    wake: () => service.sender.wake(),
    ...(sandbox ? { sandbox: '/sandbox' } : {}),
  }
  const web = createWebServer({
    host: config.host,
    port: config.port,
    timezone: config.timezone,
    version: packageVersion(),
    db,
    files,
    modules,
    channels,
    logger,
    clock,
    metrics,
    home: sandbox ? '/sandbox' : '/desk',
    mounts: [
      { path: '/desk', app: createDesk(deskOptions) },
      { path: '/inspect', app: createInspect(deskOptions) },
      { path: '/ballot', app: createBallotApp({ db, modules, clock, booth: ballotBooth }) },
      ...(sandbox ? [{ path: '/sandbox', app: sandboxApp(sandbox, { timezone: config.timezone, onError }) }] : []),
    ],
  })
  const { url } = await web.start()
  await keepAddress(db, config.url ?? url)
  await service.start()
  stopOnSignals(async () => {
    // Together: the channels end the streams of open pages, which the web server waits for.
    await Promise.all([web.stop(), service.stop()])
    await db.close()
  })
  announce(url, config, channels)
}

/** Where links into the desk lead; the chat reads it when somebody asks for one. */
async function keepAddress(db: Database, url: string): Promise<void> {
  await db.write((tx) => tx.serviceAddress.upsert({ where: { id: 1 }, create: { id: 1, url }, update: { url } }))
}

function createSandbox(
  db: Database,
  folder: string,
  clock: Clock & { advance(ms: number): Promise<void> },
  scheduler: () => Scheduler | null,
): SandboxChannel {
  const advance = async (ms: number) => {
    const running = scheduler()
    if (running) await moveThroughSlots(clock, running, ms)
    else await clock.advance(ms)
  }
  return createSandboxChannel({
    directory: sandboxDirectory(db.read, demoPeople, () => clock.now()),
    history: sandboxHistory(db.read),
    clock: { now: () => clock.now(), advance },
    mediaFolder: join(folder, 'sandbox-media'),
  })
}

const LONGEST_STEP_MS = 4 * 3_600_000

/** Stops at each slot on the way, and every few hours, so that each job sees the time it was meant for. */
async function moveThroughSlots(
  clock: Clock & { advance(ms: number): Promise<void> },
  scheduler: Scheduler,
  ms: number,
): Promise<void> {
  const target = clock.now().getTime() + ms
  for (let now = clock.now().getTime(); now < target; now = clock.now().getTime()) {
    const slot = await scheduler.next(clock.now())
    const stop = Math.min(target, now + LONGEST_STEP_MS, slot ? slot.at.getTime() : target)
    await clock.advance(Math.max(stop - now, 1))
    await scheduler.runDue()
  }
}

function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** Tells a person where to look; everything else goes to the log. */
function announce(url: string, config: Config, channels: readonly Channel[]): void {
  const lines = [
    '',
    `  邻里 Linli  →  ${url}`,
    ...(config.demo ? [`  演示小区 Demo: ${url}/sandbox  （不用登录，选个人就能聊）`] : []),
    ...channels.filter((one) => one.name !== 'sandbox').map((one) => `  ${one.name}: ${one.status().detail}`),
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false
  const onSignal = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_MS).unref()
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
}

main().catch((error: unknown) => {
  const words = error instanceof OperatorError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`${words}\n`)
  process.exitCode = 1
})
