import type { Attached, IncomingMessage, OutgoingMessage } from '../../kernel/message.js'
import { mediaIdOf } from './media.js'
import { BOT_NAME } from './texts.js'
import type { SandboxMedia, SandboxMessage } from './types.js'

/** Before a media id in an attachment's reference. */
export const REFERENCE = 'sandbox:'
/** Before the ids of what the bot sends. */
export const BOT_MESSAGE = 'b:'
/** Before the person's id in the id of their conversation with the bot. */
export const PRIVATE = 'private:'

/** A message a person sent, as the page shows it; null for presses, edits and the like, which change other messages. */
export function viewIncoming(message: IncomingMessage): SandboxMessage | null {
  const { event, sender } = message
  if (event.kind !== 'text') return null
  const quotesBot = event.quoted?.externalId?.startsWith(BOT_MESSAGE) ?? false
  // The stored words lack the mention that made them addressed; the page shows it again.
  const mentioned = event.addressed && !message.isPrivate && !quotesBot
  return {
    id: message.messageId ?? message.externalId,
    conversation: message.conversation,
    author: { id: sender.id, name: sender.name },
    at: message.sentAt,
    text: mentioned ? `@${BOT_NAME} ${event.text}` : event.text,
    mentions: mentioned ? [{ id: null, name: BOT_NAME }] : [],
    quote: event.quoted ? { id: event.quoted.externalId ?? null, text: event.quoted.text ?? null } : null,
    choices: [],
    pressed: [],
    media: event.attachments
      .filter(({ reference }) => reference.startsWith(REFERENCE))
      .map(({ reference, name }) => ({ kind: 'image', id: reference.slice(REFERENCE.length), name: name ?? '' })),
    edited: false,
  }
}

/** A message of the bot, as the page shows it. */
export function viewOutgoing(
  id: string,
  conversation: string,
  at: number,
  message: Pick<OutgoingMessage, 'text' | 'mention' | 'choices' | 'replyTo'>,
  media: readonly SandboxMedia[],
): SandboxMessage {
  // In private there is nobody else one could mean.
  const mention = conversation.startsWith(PRIVATE) ? undefined : message.mention
  return {
    id,
    conversation,
    author: null,
    at,
    text: mention ? `@${mention.name} ${message.text}` : message.text,
    mentions: mention ? [{ id: mention.id, name: mention.name }] : [],
    quote: message.replyTo ? { id: message.replyTo, text: null } : null,
    choices: message.choices ?? [],
    pressed: [],
    media,
    edited: false,
  }
}

/** What went with a sent message, under the ids the media folder gave it. */
export const attachedMedia = (attached: readonly Attached[]): SandboxMedia[] =>
  attached.map(({ kind, name, mime, sha256 }) => ({ kind, id: mediaIdOf(sha256, mime), name }))
