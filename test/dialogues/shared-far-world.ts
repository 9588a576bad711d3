import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createService, type Service } from '../../src/app.js'
import type { Channel, ChannelLimits } from '../../src/channels/channel.js'
import { type Database, openDatabase } from '../../src/db/client.js'
import { demoPeople } from '../../src/demo/index.js'
import { createFileFolder, type FileFolder, filesBeside } from '../../src/files/index.js'
import { loadRecogniser } from '../../src/understanding/index.js'
import { createMetrics } from '../../src/web/metrics.js'
import type { ChannelHarness, Group, Person, Seen } from '../support/channel-harness.js'
import { copyDemo, loud, PLACES, START, silent } from '../support/demo.js'
import { createMovingClock } from '../support/moving-clock.js'
import type { Heard, Speaker, World } from '../support/world.js'
import { rebindDemo } from './shared-rebind.js'

/** What differs between platforms in the hands of a test. */
export interface Hands {
  /** Picks a choice below a message: taps it, or quotes it and answers with the number. */
  pick(person: Person, group: Group | null, message: Seen, label: string): Promise<void>
  /** Changes the message the person said last there; absent where a platform has no edits. */
  edit?(person: Person, group: Group | null, text: string): Promise<void>
}

/** The demo community on a real platform's client: what a person says goes the whole way through the channel. */
export interface FarWorld extends World {
  readonly harness: ChannelHarness
  person(name: string): Person
  group(place: string): Group
  /** Waits until `messages` more came in since the last wait, and all that follows is done. */
  settle(messages?: number): Promise<void>
  /** Where the bytes of attachments are kept, if they are. */
  readonly files: FileFolder
  readonly filesFolder: string
}

export interface FarWorldOptions {
  readonly harness: ChannelHarness
  readonly hands: Hands
  /** The platform's own limits by default would make dialogues take minutes. */
  readonly limits?: Partial<ChannelLimits>
  /** A seeded demo by default, in SQLite. */
  readonly db?: Database
  /** Keeps the bytes of attachments, so many in all. */
  readonly attachments?: { readonly mostBytes: number; readonly deadlineMs?: number }
  /** Shows errors of the service on the console, for finding a fault. */
  readonly loud?: boolean
}

const HURRIED: Partial<ChannelLimits> = {
  perConversationMs: 0,
  betweenConversationsMs: 0,
  perGroupPerMinute: 1e6,
  perMinute: 1e6,
  perDay: 1e9,
}

export async function createFarWorld({
  harness,
  hands,
  limits = HURRIED,
  ...options
}: FarWorldOptions): Promise<FarWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-far-'))
  const file = join(folder, 'world.db')
  if (!options.db) await copyDemo(file)
  const db = options.db ?? (await openDatabase(`file:${file}`))
  const people = new Map(demoPeople.map((one) => [one.id, harness.person(one.name)]))
  const members = (groupId: string) =>
    demoPeople.flatMap((one) => (one.groups.includes(groupId) ? [people.get(one.id)].filter((it) => !!it) : []))
  const groups = new Map(
    Object.entries(PLACES).map(([place, id]) => [id, harness.group(`百合${place}`, ...members(id))]),
  )
  await rebindDemo(db, harness.channel.name, (id) => {
    const found = people.get(id) ?? groups.get(id)
    if (!found) throw new Error(`the demo's ${id} is not on this platform`)
    return found.id
  })

  const files = createFileFolder(filesBeside(file))
  const clock = createMovingClock(START, () => service.runDue())
  let arrived = 0
  let awaited = 0
  const channel: Channel = {
    ...harness.channel,
    limits: { ...harness.channel.limits, ...limits },
    start: (receive) =>
      harness.start(async (messages) => {
        await receive(messages)
        arrived += messages.length
      }),
  }
  const logger = options.loud ? loud : silent
  const metrics = createMetrics({ read: db.read, clock })
  const service: Service = createService({
    db,
    channels: [channel],
    recogniser: loadRecogniser(),
    clock,
    logger,
    metrics,
    ...(options.attachments ? { attachments: { files, ...options.attachments } } : {}),
  })
  await service.start()

  const person = (name: string): Person => {
    const id = demoPeople.find((one) => one.name === name)?.id
    const found = id && people.get(id)
    if (!found) throw new Error(`nobody called ${name} in the demo`)
    return found
  }
  const group = (place: string): Group => {
    const found = groups.get(PLACES[place] ?? '')
    if (!found) throw new Error(`no place called ${place}`)
    return found
  }
  const groupOf = (place: string): Group | null => (place.startsWith('私聊') ? null : group(place))
  const seenIn = (place: string): readonly Seen[] =>
    harness.sent(place.startsWith('私聊:') ? { person: person(place.slice(3)) } : { group: group(place) })
  const placeOf = (name: string, place: string): string => (place === '私聊' ? `私聊:${name}` : place)
  const everything = (): Heard[] => [
    ...[...people.values()].flatMap((one) => harness.sent({ person: one }).map((seen) => heardOf(seen, one.id))),
    ...[...groups.values()].flatMap((one) => harness.sent({ group: one }).map((seen) => heardOf(seen, one.id))),
  ]

  async function settle(messages = 1): Promise<void> {
    awaited += messages
    await harness.until(() => arrived >= awaited)
    await harness.allConfirmed()
    await service.idle()
    clock.tick()
  }

  /** What the bot sent while something was done. */
  async function during(work: () => Promise<void>, messages = 1): Promise<Heard[]> {
    const before = new Set(everything().map((one) => one.id))
    await work()
    await settle(messages)
    return everything().filter((one) => !before.has(one.id))
  }

  const as = (name: string): Speaker => ({
    says: (place, text, { quotes, attachments = [], addressed } = {}) =>
      during(async () => {
        if (attachments.length > 0) return harness.sendPhoto(person(name), groupOf(place), text || undefined)
        const called = /^@邻里\s*/.test(text)
        const original = quotes && seenIn(placeOf(name, place)).find((one) => one.id === quotes.id)
        await harness.say(person(name), groupOf(place), text.replace(/^@邻里\s*/, ''), {
          mentionBot: (addressed ?? called) && groupOf(place) !== null,
          ...(original ? { quotes: original } : {}),
        })
      }),
    taps: (label, place = '私聊') =>
      during(async () => {
        const message = seenIn(placeOf(name, place)).findLast((one) => one.choices.includes(label))
        if (!message) throw new Error(`no choice ${label} for ${name} in ${place}`)
        await hands.pick(person(name), groupOf(place), message, label)
      }),
    edits: (place, text) =>
      during(async () => {
        if (!hands.edit) throw new Error('this platform has no edits')
        await hands.edit(person(name), groupOf(place), text)
      }),
  })

  const world: FarWorld = {
    files,
    filesFolder: filesBeside(file),
    db,
    service,
    harness,
    person,
    group,
    settle,
    as,
    heard: (place) => {
      const id = place.startsWith('私聊:') ? person(place.slice(3)).id : group(place).id
      return seenIn(place).map((seen) => heardOf(seen, id))
    },
    last: (place) => {
      const found = world.heard(place).at(-1)
      if (!found) throw new Error(`nothing was said in ${place}`)
      return found
    },
    now: clock.now,
    advance: clock.advance,
    jump: clock.jump,
    advanceTo: clock.advanceTo,
    failNext: () => {
      throw new Error('let the far side of the harness fail')
    },
    close: async () => {
      await service.stop()
      await harness.stop()
      await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return world
}

/** A message without what the platform adds: the mention before it, the numbered lines below it. */
function heardOf(seen: Seen, conversation: string): Heard {
  const words = seen.mention === null ? seen.text : seen.text.replace(/^@\S+\s/, '')
  const text = seen.choices.length > 0 ? (words.split(/\n1 /)[0] ?? words) : words
  return {
    id: seen.id,
    conversation,
    text,
    mention: seen.mention,
    choices: seen.choices,
    message: { text },
  }
}
