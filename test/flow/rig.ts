import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createService, modules, type Service } from '../../src/app.js'
import type { Channel, ChannelLimits, Receive } from '../../src/channels/channel.js'
import { type Database, openDatabase } from '../../src/db/client.js'
import type { Recogniser } from '../../src/kernel/intent.js'
import type { Logger } from '../../src/kernel/log.js'
import type { IncomingInput, OutgoingMessage } from '../../src/kernel/message.js'
import type { Module } from '../../src/kernel/module.js'
import { loadRecogniser } from '../../src/understanding/index.js'
import { createMetrics } from '../../src/web/metrics.js'
import { copyDemo, START } from '../support/demo.js'

export interface Sent {
  readonly conversation: string
  readonly message: OutgoingMessage
}

/** The service between a real database and a channel in the test's hands. */
export interface Rig {
  readonly db: Database
  readonly service: Service
  readonly sent: readonly Sent[]
  /** Errors the service told its operator of. */
  readonly errors: readonly string[]
  receive(messages: readonly IncomingInput[]): Promise<void>
  /** Hands one message over and waits until all that follows is done. */
  say(message: IncomingInput): Promise<void>
  setTime(at: Date): void
  now(): Date
  /** Stops the service and starts another over the same file. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface RigOptions {
  readonly modules?: readonly Module[]
  readonly db?: Database
  readonly limits?: Partial<ChannelLimits>
  readonly send?: Channel['send']
  readonly recogniser?: Recogniser
}

export const NO_LIMITS: ChannelLimits = {
  perConversationMs: 0,
  betweenConversationsMs: 0,
  perGroupPerMinute: 1e6,
  perMinute: 1e6,
  perDay: 1e9,
  textLength: 1e6,
  buttons: true,
}

export async function createRig(options: RigOptions = {}): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-rig-'))
  const file = join(folder, 'rig.db')
  if (!options.db) await copyDemo(file)
  let db = options.db ?? (await openDatabase(`file:${file}`))
  let now = new Date(START)
  let receive: Receive = async () => undefined
  const sent: Sent[] = []
  const errors: string[] = []
  const clock = { now: () => now }
  const ignore = () => undefined
  const logger: Logger = {
    info: ignore,
    warn: ignore,
    debug: ignore,
    error: (fields, words) => errors.push(`${words} ${'err' in fields ? String(fields.err) : ''}`),
  }
  const channel: Channel = {
    name: 'sandbox',
    limits: { ...NO_LIMITS, ...options.limits },
    start: async (into) => {
      receive = into
    },
    send: async (conversation, message) => {
      const done = (await options.send?.(conversation, message)) ?? { externalId: `s:${sent.length + 1}` }
      sent.push({ conversation, message })
      return done
    },
    stop: async () => undefined,
    status: () => ({ state: 'online', detail: '' }),
  }
  const build = () =>
    createService({
      db,
      channels: [channel],
      recogniser: options.recogniser ?? loadRecogniser(),
      clock,
      logger,
      metrics: createMetrics({ read: db.read, clock }),
      modules: options.modules ?? modules,
    })
  let service = build()
  await service.start()

  return {
    get db() {
      return db
    },
    get service() {
      return service
    },
    sent,
    errors,
    receive: (messages) => receive(messages),
    say: async (message) => {
      await receive([message])
      await service.idle()
    },
    setTime: (at) => {
      now = at
    },
    now: () => now,
    restart: async () => {
      await service.stop()
      if (!options.db) {
        await db.close()
        db = await openDatabase(`file:${file}`)
      }
      service = build()
      await service.start()
    },
    close: async () => {
      await service.stop()
      if (!options.db) await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let serial = 0

/** A message in private of somebody unknown, unless said otherwise. */
export function words(text: string, more: Partial<IncomingInput> = {}): IncomingInput {
  serial += 1
  const sender = more.sender ?? { id: 'resident-aili', name: '爱丽' }
  return {
    channel: 'sandbox',
    externalId: `f:${serial}`,
    conversation: `private:${sender.id}`,
    isPrivate: true,
    sender,
    sentAt: Date.parse(START),
    messageId: `m:${serial}`,
    event: { kind: 'text', text },
    ...more,
  }
}
