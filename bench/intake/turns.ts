/**
 * Processor time and clock of a whole turn, in this process and without HTTP: chatter, requests and taps, beside the bare
 * limit of each machine, one transaction that reads four rows by their keys and ends an inbox row.
 */
import { createService } from '../../src/app.js'
import type { Channel, Receive } from '../../src/channels/channel.js'
import { openDatabase } from '../../src/db/client.js'
import { openConnection } from '../../src/db/sqlite-adapter.js'
import type { IncomingInput, OutgoingMessage } from '../../src/kernel/message.js'
import { createLogger } from '../../src/log.js'
import { loadRecogniser } from '../../src/understanding/index.js'
import { createMetrics } from '../../src/web/metrics.js'
import { GROUPS, groupId, TAPPER } from './update.js'

export interface TurnCost {
  readonly cpuMs: number
  readonly wallMs: number
}

const PEOPLE = 400
/** Messages handed over at once. */
const TOGETHER = 20
const LIMITS: Channel['limits'] = {
  perConversationMs: 0,
  betweenConversationsMs: 0,
  perGroupPerMinute: 1e9,
  perMinute: 1e9,
  perDay: 1e12,
  textLength: 4096,
  buttons: true,
}

async function cost(count: number, work: () => Promise<void>): Promise<TurnCost> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { cpuMs: (user + system) / 1000 / count, wallMs: (performance.now() - wall) / count }
}

/** Turns of the whole service over a database file; sends count as part of what they belong to. */
export async function startTurns(file: string) {
  const db = await openDatabase(`file:${file}`)
  const clock = { now: () => new Date() }
  let receive: Receive = async () => undefined
  let serial = 0
  const buttons: { conversation: string; messageId: string; data: string }[] = []
  const channel: Channel = {
    name: 'telegram',
    limits: LIMITS,
    start: async (into) => {
      receive = into
    },
    send: async (conversation, message: OutgoingMessage) => {
      serial += 1
      const [choice] = message.choices ?? []
      if (choice) buttons.push({ conversation, messageId: `s${serial}`, data: choice.data })
      return { externalId: `s${serial}` }
    },
    stop: async () => undefined,
    status: () => ({ state: 'online', detail: '' }),
  }
  const logger = createLogger({ level: 'error' })
  const metrics = createMetrics({ read: db.read, clock })
  const service = createService({ db, channels: [channel], recogniser: loadRecogniser(), clock, logger, metrics })
  await service.start()

  const message = (event: IncomingInput['event'], conversation: string, sender: string): IncomingInput => {
    serial += 1
    return {
      ...{ channel: 'telegram', externalId: `t${serial}`, messageId: `m${serial}`, conversation, event },
      ...{
        isPrivate: false,
        conversationName: '东湖社区居民群',
        sender: { id: sender, name: '王芳' },
        sentAt: Date.now(),
      },
    }
  }
  async function handle(messages: readonly IncomingInput[]): Promise<TurnCost> {
    return cost(messages.length, async () => {
      for (let from = 0; from < messages.length; from += TOGETHER) {
        await receive(messages.slice(from, from + TOGETHER))
        await service.idle()
      }
    })
  }
  return {
    say: (texts: readonly string[], count: number) =>
      handle(
        Array.from({ length: count }, (_, index) =>
          message(
            { kind: 'text', text: texts[index % texts.length] ?? '' },
            String(groupId(index % GROUPS)),
            String(5_000_000_000 + (index % PEOPLE)),
          ),
        ),
      ),
    /** Taps the first choice of the messages sent so far, as a worker. */
    tap: (count: number) =>
      handle(
        buttons
          .splice(0, count)
          .map(({ conversation, messageId, data }) =>
            message({ kind: 'button', data, messageId }, conversation, TAPPER),
          ),
      ),
    stop: async () => {
      await service.stop()
      await db.close()
    },
  }
}

/** What a turn costs at the least: the reads, the write and the commit by prepared statements, and nothing else. */
export async function bareTurns(file: string, count: number): Promise<TurnCost> {
  const db = openConnection(file)
  const add = db.prepare(
    `INSERT INTO "InboxMessage" (channel, externalId, conversation, payload, receivedAt, status, attempts)
     VALUES ('bare', ?, 'x', '{}', 0, 'received', 0)`,
  )
  db.exec('BEGIN')
  for (let index = 0; index < count; index += 1) add.run([String(index)])
  db.exec('COMMIT')
  const row = db.prepare(`SELECT id, payload FROM "InboxMessage" WHERE channel = 'bare' AND externalId = ?`)
  const reads = ['Chat', 'Account', 'Community'].map((table) => db.prepare(`SELECT * FROM "${table}" WHERE id = ?`))
  const end = db.prepare(`UPDATE "InboxMessage" SET status = 'left_alone', handledAt = ? WHERE id = ?`)
  const result = await cost(count, async () => {
    for (let index = 0; index < count; index += 1) {
      db.exec('BEGIN IMMEDIATE')
      const { id } = row.get([String(index)]) as { id: number }
      for (const read of reads) read.get([1])
      end.run([Date.now(), id])
      db.exec('COMMIT')
    }
  })
  db.close()
  return result
}
