/**
 * The service as it runs: its web server, Telegram's webhook, the inbox. `held` stores messages only, so that what
 * acknowledging costs can be seen alone; `running` is the whole service, whose turns share the process.
 */
import { createService, modules } from '../../../src/app.js'
import { createTelegramChannel } from '../../../src/channels/telegram/index.js'
import { openDatabase } from '../../../src/db/client.js'
import { createInbox } from '../../../src/inbox/inbox.js'
import { systemClock } from '../../../src/kernel/clock.js'
import { createLogger } from '../../../src/log.js'
import { loadRecogniser } from '../../../src/understanding/index.js'
import { createMetrics } from '../../../src/web/metrics.js'
import { createWebServer } from '../../../src/web/server.js'
import { type Asked, farRoot, file, mode, tell } from '../serve.js'
import { PATH, SECRET, TOKEN } from '../update.js'

const clock = systemClock
const db = await openDatabase(`file:${file}`)
const logger = createLogger({ level: 'error' })
const metrics = createMetrics({ read: db.read, clock })
const channel = createTelegramChannel({
  token: TOKEN,
  apiRoot: farRoot,
  webhookUrl: `https://example.org${PATH}`,
  webhookSecret: SECRET,
  logger,
})
const web = createWebServer({
  host: '127.0.0.1',
  port: 0,
  timezone: 'Asia/Shanghai',
  version: '0',
  db,
  modules,
  channels: [channel],
  logger,
  clock,
  metrics,
})
const { url } = await web.start()

if (mode === 'held') {
  const inbox = createInbox(
    db,
    () => clock.now(),
    () => undefined,
  )
  await channel.start(async (messages) => {
    await inbox.receive(messages)
    metrics.received.inc({ channel: 'telegram' }, messages.length)
  })
} else {
  const service = createService({ db, channels: [channel], recogniser: loadRecogniser(), clock, logger, metrics })
  await service.start()
  process.on('message', (asked: Asked) => {
    if (asked === 'idle') void service.engine.idle().then(() => tell({ idle: true }))
  })
}
const online = setInterval(() => {
  if (channel.status().state !== 'online') return
  clearInterval(online)
  tell({ port: Number(new URL(url).port) })
}, 5)
