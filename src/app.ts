import { dirname, join, resolve } from 'node:path'
import { createKeeper } from './attachments/index.js'
import type { Channel } from './channels/channel.js'
import { createTelegramChannel } from './channels/telegram/index.js'
import { createWechatChannel } from './channels/wechat/index.js'
import type { Config } from './config.js'
import type { Database } from './db/client.js'
import { createEngine, type Engine } from './engine/engine.js'
import { createFileFolder, type FileFolder, filesBeside } from './files/index.js'
import { takeAccount } from './inbox/accounting.js'
import { createInbox } from './inbox/inbox.js'
import type { Clock } from './kernel/clock.js'
import type { Recogniser } from './kernel/intent.js'
import type { Logger } from './kernel/log.js'
import type { Metrics } from './kernel/metrics.js'
import type { Module } from './kernel/module.js'
import type { Wording } from './kernel/wording.js'
import { keepSearch } from './ledger/search/upkeep.js'
import { attachmentsModule } from './modules/attachments/index.js'
import { createDeskModule } from './modules/desk/index.js'
import { createLedgerModule } from './modules/ledger/index.js'
import { createPeopleModule } from './modules/people/index.js'
import { createRequestsModule } from './modules/requests/index.js'
import { surveysModule } from './modules/surveys/index.js'
import { visitsModule } from './modules/visits/index.js'
import { createSender, type Sender } from './outbox/sender.js'
import { createWorkshop } from './outbox/workshop.js'
import { createScheduler, type Scheduler } from './schedule/scheduler.js'
import { createUnderstand } from './understand.js'
import { triage } from './understanding/index.js'
import { createSecondOpinion, type SecondOpinion } from './understanding/llm.js'
import { findSameProblem } from './understanding/same-problem.js'

const requestsModule = createRequestsModule((report, open) => {
  const numbered = open.map((one, index) => ({ ...one, index }))
  return findSameProblem(report, numbered).map(({ report: found, saw }) => ({ index: found.index, saw }))
})

export { closeDecision, planClose } from './modules/ledger/close-month.js'
export { ballotBooth } from './modules/surveys/booth.js'
export { checkSurvey, draftOf, planSurvey, surveyTables } from './modules/surveys/files.js'
export { exportedEvent, writeVisitsWorkbook } from './modules/visits/export/workbook.js'
export { importVisits, visitFaultText } from './modules/visits/import/index.js'

/** What a community may say in its own words. */
const wordings = (): readonly Wording[] => modules.flatMap((module) => module.wordings ?? [])

const fieldModules: readonly Module[] = [
  requestsModule,
  visitsModule,
  surveysModule,
  attachmentsModule,
  createDeskModule(wordings),
]
const domainModules: readonly Module[] = [...fieldModules, createLedgerModule(fieldModules)]

/** The only list of modules. Order matters where two could answer the same words: the first match wins. */
export const modules: readonly Module[] = [createPeopleModule(domainModules), ...domainModules]

const MINUTE_MS = 60_000
const SEARCH_UPKEEP_MS = 10 * MINUTE_MS

/** Where files beside the database live: next to the SQLite file, else `data`. */
export const dataFolder = (config: Pick<Config, 'databaseUrl'>): string =>
  config.databaseUrl.startsWith('file:') ? dirname(resolve(config.databaseUrl.slice('file:'.length))) : resolve('data')

/** Where the bytes of attachments lie: beside the SQLite file, else in the folder for such files. */
export const attachmentFiles = (config: Pick<Config, 'databaseUrl'>): FileFolder =>
  createFileFolder(
    config.databaseUrl.startsWith('file:')
      ? filesBeside(config.databaseUrl.slice('file:'.length))
      : join(dataFolder(config), 'linli-files'),
  )

/** The channels that the configuration asks for; the sandbox is added by whoever starts the service. */
export function configuredChannels(
  config: Config,
  logger: Parameters<typeof createTelegramChannel>[0]['logger'],
): Channel[] {
  const channels: Channel[] = []
  if (config.telegram) {
    const { token, apiRoot, webhook } = config.telegram
    const hook = webhook ? { webhookUrl: webhook.url, webhookSecret: webhook.secret } : {}
    channels.push(createTelegramChannel({ token, apiRoot, ...hook, logger }))
  }
  if (config.wechat) {
    const { puppet, token, perMinute, perDay } = config.wechat
    const name = join(dataFolder(config), 'wechat-login')
    channels.push(createWechatChannel({ puppet: puppet as never, token, perMinute, perDay, name, logger }))
  }
  return channels
}

/** The second opinion that the configuration asks for. */
export function configuredSecondOpinion(config: Config, clock: Clock, logger: Logger): SecondOpinion | null {
  if (!config.llm) return null
  const { url, model, key, timeoutMs, perDay } = config.llm
  return createSecondOpinion({
    url,
    model,
    ...(key ? { key } : {}),
    timeoutMs,
    dailyBudget: perDay,
    now: () => clock.now(),
    onFailure: (cause) => logger.warn({ err: cause }, 'the language model did not answer'),
  })
}

export interface ServiceParts {
  readonly db: Database
  readonly channels: readonly Channel[]
  readonly recogniser: Recogniser
  /** The owner's language model, asked about unsure messages only. */
  readonly secondOpinion?: SecondOpinion | null
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly modules?: readonly Module[]
  /** Where the bytes of attachments are kept, and how many at most; missing: nowhere. */
  readonly attachments?: { readonly files: FileFolder; readonly mostBytes: number; readonly deadlineMs?: number }
}

export interface Service {
  readonly engine: Engine
  readonly sender: Sender
  readonly scheduler: Scheduler
  /** Takes up what an earlier run left, then opens the channels. */
  start(): Promise<void>
  /** Resolves when every message that came in was handled and everything due was sent. */
  idle(): Promise<void>
  /** Runs what the clock has made due, to the end. */
  runDue(): Promise<void>
  stop(): Promise<void>
}

/** Connects the rooms: channels → inbox → engine → outbox → channels, and the schedule beside them. */
export function createService(parts: ServiceParts): Service {
  const { db, channels, clock, logger, metrics } = parts
  const list = parts.modules ?? modules
  const sender = createSender({
    db,
    channels,
    workshop: createWorkshop({ db, modules: list, clock, logger }),
    clock,
    logger,
    onSent: (channel, outcome) => metrics.sends.inc({ channel, outcome }),
  })
  const keeper = parts.attachments
    ? createKeeper({ db, modules: list, channels, ...parts.attachments, clock, logger, onEnd: () => sender.wake() })
    : null
  const engine = createEngine({
    db,
    modules: list,
    understand: createUnderstand(db, list, parts.recogniser, parts.secondOpinion ?? null),
    triage,
    clock,
    logger,
    onTurn: (outcome, ms) => {
      metrics.turns.inc({ outcome })
      metrics.turnSeconds.observe(ms / 1000)
      if (outcome === 'left_alone') return
      sender.wake()
      keeper?.wake()
    },
  })
  const scheduler = createScheduler({ db, modules: list, clock, logger, onRun: () => sender.wake() })
  const inbox = createInbox(
    db,
    () => clock.now(),
    () => engine.wake(),
  )
  const counted = async (channel: string, messages: Parameters<typeof inbox.receive>[0]) => {
    await inbox.receive(messages)
    metrics.received.inc({ channel }, messages.length)
  }
  let minute: NodeJS.Timeout | undefined
  let upkeep: NodeJS.Timeout | undefined
  let keeping: Promise<unknown> = Promise.resolve()
  const stopping = new AbortController()

  const idle = async () => {
    await engine.idle()
    await keeper?.idle()
    await sender.idle()
  }

  return {
    engine,
    sender,
    scheduler,
    start: async () => {
      const base = { count: await db.read.inboxMessage.count(), stored: db.inbox.stored() }
      await sender.start()
      engine.wake()
      await scheduler.start()
      for (const channel of channels) await channel.start((messages) => counted(channel.name, messages))
      await keeper?.start()
      minute = setInterval(() => {
        engine.sweep()
        keepAccount(db, base, clock, logger).catch((error: unknown) =>
          logger.error({ err: error }, 'accounting failed'),
        )
      }, MINUTE_MS)
      minute.unref()
      upkeep = setInterval(() => {
        keeping = keepSearch(db, stopping.signal).catch((error: unknown) =>
          logger.error({ err: error }, 'upkeep of the search failed'),
        )
      }, SEARCH_UPKEEP_MS)
      upkeep.unref()
    },
    idle,
    runDue: async () => {
      await idle()
      await scheduler.runDue()
      await idle()
    },
    stop: async () => {
      clearInterval(minute)
      clearInterval(upkeep)
      stopping.abort()
      await keeping
      // Before the channels: what it fetches comes through them.
      await keeper?.stop()
      await Promise.all(channels.map((channel) => channel.stop()))
      await scheduler.stop()
      await engine.stop()
      await sender.stop()
    },
  }
}

/** Every minute: received = acted on + left alone + set aside + waiting, or the operator hears of it. */
async function keepAccount(
  db: Database,
  base: { count: number; stored: number },
  clock: Clock,
  logger: Logger,
): Promise<void> {
  const account = await takeAccount(db, base)
  if (!account.balanced) logger.error(account, 'the inbox does not balance')
  await db.write((tx) => tx.accountingCheck.create({ data: { at: clock.now(), ...account } }))
}
