import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createService, modules, type Service } from '../../src/app.js'
import type { Channel, Receive } from '../../src/channels/channel.js'
import { type Database, openDatabase } from '../../src/db/client.js'
import { demoPeople } from '../../src/demo/index.js'
import type { SendFailure } from '../../src/kernel/errors.js'
import type { AttachmentRef, OutgoingMessage } from '../../src/kernel/message.js'
import type { Metrics } from '../../src/kernel/metrics.js'
import type { Module } from '../../src/kernel/module.js'
import { loadRecogniser } from '../../src/understanding/index.js'
import { copyDemo, loud, PLACES, START, silent } from './demo.js'
import { createMovingClock } from './moving-clock.js'

/** A message the bot sent, as people see it. */
export interface Heard {
  readonly id: string
  readonly conversation: string
  readonly text: string
  readonly mention: string | null
  readonly choices: readonly string[]
  readonly message: OutgoingMessage
}

export interface SayOptions {
  readonly quotes?: Heard
  readonly attachments?: readonly AttachmentRef[]
  readonly addressed?: boolean
}

export interface Speaker {
  /** Says something in 居民群, 二区群, 工作群, 街道群 or 私聊 and waits until all that follows is done. */
  says(place: string, text: string, options?: SayOptions): Promise<Heard[]>
  /** Taps a button under the newest message of the place that has it. */
  taps(label: string, place?: string): Promise<Heard[]>
  /** Changes what was said last in the place. */
  edits(place: string, text: string): Promise<Heard[]>
}

export interface World {
  readonly db: Database
  readonly service: Service
  /** Somebody of the demo community, by name. */
  as(name: string): Speaker
  /** All that the bot sent to a place; a person's name and 私聊 as `私聊:王芳`. */
  heard(place: string): Heard[]
  /** The newest message of a place. */
  last(place: string): Heard
  now(): Date
  /** Moves the clock hour by hour, running what falls due on the way. */
  advance(span: { minutes?: number; hours?: number; days?: number }): Promise<void>
  /** Moves the clock at once, as if the service had been down in between. */
  jump(span: { days: number }): Promise<void>
  /** Moves the clock to a local time, such as `2026-11-23 08:40`. */
  advanceTo(localTime: string): Promise<void>
  /** Makes the next sends to a conversation fail. */
  failNext(failure: SendFailure, times?: number): void
  close(): Promise<void>
}

/** A world whose clock can also be set at once. */
export interface JumpingWorld extends World {
  /** Sets the clock to a local time, as after an outage, and runs what is due then. */
  jumpTo(localTime: string): Promise<void>
}

const noop = (): void => undefined
const counter = { inc: noop }
const histogram = { observe: noop }
const NO_METRICS: Metrics = {
  received: counter,
  turns: counter,
  turnSeconds: histogram,
  sends: counter,
  sendSeconds: histogram,
  jobs: counter,
  httpSeconds: histogram,
}

export interface WorldOptions {
  readonly start?: string
  readonly modules?: readonly Module[]
  /** The service begins at the start; else the workers have had their grids for a year. */
  readonly isNew?: boolean
  /** A seeded demo by default, in SQLite; closed with the world. */
  readonly db?: Database
  /** Shows errors of the service on the console, for finding a fault. */
  readonly loud?: boolean
}

/** The demo community over a real database, with a fake clock and a channel that only remembers. */
export async function createWorld(options: WorldOptions = {}): Promise<JumpingWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-world-'))
  const start = options.start ?? START
  if (!options.db) await copyDemo(join(folder, 'world.db'), start, options.isNew)
  const db = options.db ?? (await openDatabase(`file:${join(folder, 'world.db')}`))
  const clock = createMovingClock(start, () => service.runDue())

  const heard: Heard[] = []
  const failures: SendFailure[] = []
  let receive: Receive = async () => undefined
  let serial = 0
  const channel: Channel = {
    name: 'sandbox',
    limits: {
      perConversationMs: 0,
      betweenConversationsMs: 0,
      perGroupPerMinute: 1e6,
      perMinute: 1e6,
      perDay: 1e9,
      textLength: 1e6,
      buttons: true,
    },
    start: async (into) => {
      receive = into
    },
    send: async (conversation, message) => {
      const failure = failures.shift()
      if (failure) throw failure
      serial += 1
      const id = `b:${serial}`
      heard.push({
        id,
        conversation,
        text: message.text,
        mention: message.mention?.name ?? null,
        choices: message.choices?.map((choice) => choice.label) ?? [],
        message,
      })
      return { externalId: id }
    },
    stop: async () => undefined,
    status: () => ({ state: 'online', detail: '' }),
  }
  const logger = options.loud ? loud : silent
  const service = createService({
    db,
    channels: [channel],
    recogniser: loadRecogniser(),
    clock,
    logger,
    metrics: NO_METRICS,
    modules: options.modules ?? modules,
  })
  await service.start()

  const personOf = (name: string) => {
    const person = demoPeople.find((one) => one.name === name || one.id === name)
    if (!person) throw new Error(`nobody called ${name} in the demo`)
    return person
  }
  const conversationOf = (place: string, speaker?: string): string => {
    if (place === '私聊' && speaker) return `private:${personOf(speaker).id}`
    if (place.startsWith('私聊:')) return `private:${personOf(place.slice(3)).id}`
    const conversation = PLACES[place]
    if (!conversation) throw new Error(`no place called ${place}`)
    return conversation
  }

  async function deliver(name: string, place: string, event: object, messageId?: string): Promise<Heard[]> {
    const before = heard.length
    const person = personOf(name)
    const conversation = conversationOf(place, name)
    serial += 1
    await receive([
      {
        channel: 'sandbox',
        externalId: `t:${serial}`,
        conversation,
        isPrivate: conversation.startsWith('private:'),
        sender: { id: person.id, name: person.name },
        sentAt: clock.now().getTime(),
        messageId: messageId ?? `m:${serial}`,
        event: event as never,
      },
    ])
    await service.idle()
    clock.tick()
    return heard.slice(before)
  }

  const lastSaid = new Map<string, string>()

  const world: JumpingWorld = {
    db,
    service,
    as: (name) => ({
      says: async (place, text, { quotes, attachments = [], addressed } = {}) => {
        const key = `${name} ${place}`
        lastSaid.set(key, `m:${serial + 1}`)
        const called = /^@邻里\s*/.test(text)
        return deliver(name, place, {
          kind: 'text',
          text: text.replace(/^@邻里\s*/, ''),
          attachments,
          addressed: addressed ?? called,
          ...(quotes ? { quoted: { externalId: quotes.id, text: quotes.text } } : {}),
        })
      },
      taps: async (label, place = '私聊') => {
        const conversation = conversationOf(place, name)
        const message = heard.findLast((one) => one.conversation === conversation && one.choices.includes(label))
        const choice = message?.message.choices?.find((one) => one.label === label)
        if (!message || !choice) throw new Error(`no button ${label} for ${name} in ${place}`)
        return deliver(name, place, { kind: 'button', data: choice.data, messageId: message.id })
      },
      edits: (place, text) => deliver(name, place, { kind: 'edited', text }, lastSaid.get(`${name} ${place}`)),
    }),
    heard: (place) => heard.filter((one) => one.conversation === conversationOf(place)),
    last: (place) => {
      const found = world.heard(place).at(-1)
      if (!found) throw new Error(`nothing was said in ${place}`)
      return found
    },
    now: clock.now,
    advance: clock.advance,
    jump: clock.jump,
    advanceTo: clock.advanceTo,
    jumpTo: clock.jumpTo,
    failNext: (failure, times = 1) => {
      for (let left = times; left > 0; left -= 1) failures.push(failure)
    },
    close: async () => {
      await service.stop()
      await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return world
}
