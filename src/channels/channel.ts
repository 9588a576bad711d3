import type { IncomingMessage as HttpRequest, ServerResponse } from 'node:http'
import type { IncomingInput, OutgoingMessage } from '../kernel/message.js'

/**
 * Hands messages to the durable inbox. Resolves once they are committed: only then may the channel tell its platform
 * that they were received. A rejected promise means nothing was stored: the channel must let the platform redeliver.
 */
export type Receive = (messages: readonly IncomingInput[]) => Promise<void>

/** What a platform allows; the outbox sender keeps these. Times in ms. */
export interface ChannelLimits {
  /** Least time between two messages to one private conversation. */
  readonly perConversationMs: number
  /** Least time between two messages to different conversations. */
  readonly betweenConversationsMs: number
  /** Most messages a minute to one group. */
  readonly perGroupPerMinute: number
  /** Most messages a minute, and a day, over all conversations. */
  readonly perMinute: number
  readonly perDay: number
  /** Longest text of one message, in UTF-16 units. */
  readonly textLength: number
  /** Whether choices are buttons; else they are numbered lines that a person answers by number. */
  readonly buttons: boolean
}

export interface ChannelStatus {
  readonly state: 'starting' | 'online' | 'waiting_for_login' | 'offline'
  /** What an operator should read: plain words, such as a login link or a warning about privacy mode. */
  readonly detail: string
}

/** A platform. It transports: it parses to IncomingMessage, renders OutgoingMessage, and knows nothing else. */
export interface Channel {
  readonly name: string
  readonly limits: ChannelLimits
  start(receive: Receive): Promise<void>
  /**
   * Sends one message to a conversation, answers with the platform's id of it.
   * @throws SendFailure of a closed set of kinds.
   */
  send(conversation: string, message: OutgoingMessage): Promise<{ externalId: string }>
  /**
   * The bytes behind the reference of an attachment, as they come: whoever reads bounds them, and ends it by `signal`.
   * Missing where the platform gives nothing out.
   * @throws FetchFailure of a closed set of kinds; the stream may throw anything.
   */
  open?(reference: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
  stop(): Promise<void>
  status(): ChannelStatus
  /** A webhook this channel wants mounted on the service's HTTP server; exact path. */
  readonly webhook?: { readonly path: string; handle(request: HttpRequest, response: ServerResponse): void }
}
