import type { Logger } from 'pino'
import type { Clock } from '../../kernel/clock.js'
import type { Backoff } from '../backoff.js'
import type { ChannelStatus, Receive } from '../channel.js'
import type { TelegramApi } from './api.js'
import type { BotIdentity } from './content.js'
import { type ParsedUpdate, parseUpdate } from './parse.js'

/** What both ways of taking updates work with. */
export interface Edge {
  readonly api: TelegramApi
  readonly bot: BotIdentity
  readonly receive: Receive
  readonly clock: Clock
  readonly logger: Logger
  readonly backoff: Backoff
  /** Aborted when the channel stops. */
  readonly signal: AbortSignal
  /** Tells the operator how it stands; without an argument: all is well. */
  report(state?: ChannelStatus['state'], detail?: string): void
}

/**
 * Hands updates to the inbox, then stops the spinners of pressed buttons without waiting for it. Rejects when nothing
 * was stored: the updates must not be confirmed.
 */
export async function handOn(edge: Edge, updates: readonly ParsedUpdate[]): Promise<void> {
  const messages = updates.flatMap(({ message }) => message ?? [])
  if (messages.length > 0) await edge.receive(messages)
  for (const { callbackId } of updates) {
    if (!callbackId) continue
    edge.api.call('answerCallbackQuery', { callback_query_id: callbackId }).catch((error: unknown) => {
      edge.logger.debug({ err: error }, 'a button press was not acknowledged')
    })
  }
}

/** Parses an update by the edge's bot and clock; null for what is no update. */
export function parse(edge: Edge, update: unknown): ParsedUpdate | null {
  return parseUpdate(update, edge.bot, edge.clock.now())
}
