import { pino } from 'pino'
import { createService, modules } from '../../src/app.js'
import { createTelegramChannel } from '../../src/channels/telegram/index.js'
import { openDatabase } from '../../src/db/client.js'
import { loadRecogniser } from '../../src/understanding/index.js'
import { createMetrics } from '../../src/web/metrics.js'
import { dyingChannel, dyingDatabase } from './dying.js'
import type { ChildOrders } from './points.js'

/** The whole service in a process of its own, for a test to kill. Says `ready`, and `calm` when asked to end by SIGTERM. */
const orders = process.env as unknown as ChildOrders
const at = orders.CRASH_AT
const opened = await openDatabase(`file:${orders.CRASH_DATABASE}`)
const db = at ? dyingDatabase(opened, at) : opened
const clock = { now: () => new Date(Number(orders.CRASH_CLOCK_MS) + Date.now() - Number(orders.CRASH_WALL_MS)) }
const logger = pino({ level: process.env.CRASH_LOG ?? 'silent' }, pino.destination(2))
const telegram = createTelegramChannel({
  token: orders.CRASH_TOKEN,
  apiRoot: orders.CRASH_API_ROOT,
  retryDelayMs: 20,
  logger,
})
/** Telegram's limits would make a load of hundreds last for minutes; they have tests of their own. */
const hurried = {
  ...telegram,
  limits: {
    ...telegram.limits,
    perConversationMs: 0,
    betweenConversationsMs: 0,
    perGroupPerMinute: 1e6,
    perMinute: 1e6,
  },
}
const channel = at ? dyingChannel(hurried, at) : hurried
const metrics = createMetrics({ read: db.read, clock })
const service = createService({
  db,
  channels: [channel],
  recogniser: loadRecogniser(),
  clock,
  logger,
  metrics,
  // Few jobs, so that the slot a test kills is the one it means.
  modules: modules.filter(({ name }) => name === 'people' || name === 'requests'),
})
process.once('SIGTERM', async () => {
  await service.idle()
  await service.stop()
  await opened.close()
  process.stdout.write('calm\n')
  process.exit(0)
})

await service.start()
process.stdout.write('ready\n')
