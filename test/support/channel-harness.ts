import type { Channel, Receive } from '../../src/channels/channel.js'
import type { SendFailureKind } from '../../src/kernel/errors.js'

export interface Person {
  readonly id: string
  readonly name: string
}

export interface Group {
  readonly id: string
  readonly name: string
}

/** A group, or a person's private conversation with the bot. */
export type Place = { readonly group: Group } | { readonly person: Person }

export interface Seen {
  /** The platform's id of the message, as `send` answered it. */
  readonly id: string
  /** What a person reads, numbered choices included where a platform has no buttons. */
  readonly text: string
  /** Name of the person mentioned. */
  readonly mention: string | null
  /** Labels a person can press or answer by number, in order. */
  readonly choices: readonly string[]
  readonly replyTo: string | null
  readonly media: { readonly kind: 'image' | 'file'; readonly name: string; readonly bytes: Buffer } | null
}

export interface SayOptions {
  /** Calls the bot by name. */
  readonly mentionBot?: boolean
  /** Quotes a message of the bot. */
  readonly quotes?: Seen
}

/** Ways for the far side to fail the next send. */
export type FarFault = 'throttled' | 'blocked' | 'rejected' | 'migrated' | 'down' | 'gateway' | 'cut'

/** The kind of failure each fault must be told as; a fault the platform does not have is absent. */
export type FaultKinds = Readonly<Partial<Record<FarFault, SendFailureKind>>>

/** One channel with its far side played by a test: everything below it is the real thing. */
export interface ChannelHarness {
  readonly channel: Channel
  /** Whether the platform names messages, so that one can be quoted by id. */
  readonly tellsMessageIds: boolean
  /** Starts the channel; resolves when it is online. */
  start(receive: Receive): Promise<void>
  /** Stops channel and far side. */
  stop(): Promise<void>
  person(name: string): Person
  group(name: string, ...members: readonly Person[]): Group
  /** The id the channel gives this place as `conversation`. */
  conversation(place: Place): string
  say(person: Person, group: Group | null, text: string, options?: SayOptions): Promise<void>
  sendPhoto(person: Person, group: Group | null, caption?: string): Promise<void>
  /** Presses a button, or answers with its number where there are none. */
  press(person: Person, place: Place, message: Seen, label: string): Promise<void>
  /** The bot is put into a group, or out of it. */
  setMembership(group: Group, member: boolean): Promise<void>
  /** What the far side took from the bot in this place, oldest first. */
  sent(place: Place): readonly Seen[]
  /** Resolves once `check` is true. */
  until(check: () => boolean): Promise<void>
  failNext(fault: FarFault): void
  /** Resolves once the far side holds nothing more that it would deliver again. */
  allConfirmed(): Promise<void>
}

/** Makes a fresh harness; called once for each test. */
export type HarnessMaker = () => Promise<ChannelHarness>
