import { pino } from 'pino'
import { createService, modules } from '../../src/app.js'
import { createTelegramChannel } from '../../src/channels/telegram/index.js'
import { openDatabase } from '../../src/db/client.js'
import { createFileFolder, filesBeside } from '../../src/files/index.js'
import { loadRecogniser } from '../../src/understanding/index.js'
import { createMetrics } from '../../src/web/metrics.js'
import { dyingChannel, dyingDatabase, dyingFiles } from './dying.js'
import type { Orders } from './points.js'

/** Telegram's limits would make a load of hundreds last for minutes; they have tests of their own. */
const NO_LIMITS = { perConversationMs: 0, betweenConversationsMs: 0, perGroupPerMinute: 1e6, perMinute: 1e6 }

/** The whole service over the file of the orders. Answers how to let it finish and end. */
export async function runService(orders: Orders): Promise<{ end(): Promise<void> }> {
  const { at } = orders
  const opened = await openDatabase(`file:${orders.database}`)
  const db = at ? dyingDatabase(opened, at) : opened
  const clock = { now: () => new Date(orders.clockMs + Date.now() - orders.wallMs) }
  const logger = pino({ level: process.env.CRASH_LOG ?? 'silent' }, pino.destination(2))
  const telegram = createTelegramChannel({ token: orders.token, apiRoot: orders.apiRoot, retryDelayMs: 20, logger })
  const hurried = { ...telegram, limits: { ...telegram.limits, ...NO_LIMITS } }
  const files = createFileFolder(filesBeside(orders.database))
  const service = createService({
    db,
    channels: [at ? dyingChannel(hurried, at) : hurried],
    recogniser: loadRecogniser(),
    clock,
    logger,
    metrics: createMetrics({ read: db.read, clock }),
    attachments: { files: at ? dyingFiles(files, at) : files, mostBytes: 1e9 },
    // Few jobs, so that the slot a test kills is the one it means.
    modules: modules.filter(({ name }) => ['people', 'requests', 'attachments'].includes(name)),
  })
  await service.start()
  return {
    end: async () => {
      await service.idle()
      await service.stop()
      await opened.close()
    },
  }
}
