import type { IncomingInput } from '../../kernel/message.js'
import { attachmentsOf, type BotIdentity, saidIn } from './content.js'
import { asFields, asId, asText, type Fields } from './fields.js'

/** One update: what to hand on, or null for one that says nothing to us; and the button press to answer, if any. */
export interface ParsedUpdate {
  readonly updateId: number
  readonly message: IncomingInput | null
  readonly callbackId?: string
}

/** What every message of one update shares. */
type Envelope = Omit<IncomingInput, 'event' | 'messageId'>

/** The update kinds we ask Telegram for. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/**
 * Parses one update. Unknown kinds, service messages and other bots' messages give `message: null`: they are to be
 * confirmed, not handed on. Returns null for what is no update at all, or lacks the ids a message must have.
 */
export function parseUpdate(value: unknown, bot: BotIdentity, now: Date): ParsedUpdate | null {
  const update = asFields(value)
  const updateId = update?.update_id
  if (!update || !Number.isSafeInteger(updateId)) return null
  const id = updateId as number
  const known = ALLOWED_UPDATES.find((kind) => update[kind] !== undefined)
  if (!known) return { updateId: id, message: null }
  const body = asFields(update[known])
  if (!body) return null
  if (known === 'callback_query') return buttonPress(id, body, now)
  const from = envelope(id, body, body, now)
  if (!from) return null
  if (known === 'my_chat_member') return { updateId: id, message: membership(from, body) }
  return { updateId: id, message: known === 'message' ? talk(from, body, bot) : edit(from, body, bot) }
}

/** `source` holds chat and date, `actor` holds from. Null if an id is missing. */
function envelope(updateId: number, source: Fields, actor: Fields, now: Date): Envelope | null {
  const chat = asFields(source.chat)
  const conversation = asId(chat?.id)
  const from = asFields(actor.from) ?? asFields(source.sender_chat)
  const sender = asId(from?.id)
  if (!chat || !conversation || !from || !sender) return null
  const seconds = source.edit_date ?? source.date
  return {
    channel: 'telegram',
    externalId: `update:${updateId}`,
    conversation,
    isPrivate: chat.type === 'private',
    conversationName: asText(chat.title)?.slice(0, 200),
    sender: { id: sender, name: displayName(from) },
    sentAt: Number.isSafeInteger(seconds) ? (seconds as number) * 1000 : now.getTime(),
  }
}

function displayName(user: Fields): string {
  const first = asText(user.first_name)
  const last = asText(user.last_name)
  const whole = first && last ? `${first} ${last}` : (first ?? last)
  return (whole ?? asText(user.title) ?? asText(user.username) ?? asId(user.id) ?? '').slice(0, 200)
}

function talk(from: Envelope, message: Fields, bot: BotIdentity): IncomingInput | null {
  const to = asId(message.migrate_to_chat_id)
  if (to) return { ...from, event: { kind: 'migrated', to } }
  const old = asId(message.migrate_from_chat_id)
  if (old) return { ...from, conversation: old, event: { kind: 'migrated', to: from.conversation } }
  // A linked channel's posts and anonymous administrators come without a person who could be answered.
  if (asFields(message.from)?.is_bot !== false || message.is_automatic_forward === true) return null
  const messageId = asId(message.message_id)
  const said = saidIn(message, bot)
  const attachments = attachmentsOf(message)
  if (!messageId || said.forAnotherBot || (said.text === '' && attachments.length === 0 && !said.mentioned)) return null
  const quoted = quotedIn(message)
  const answersBot = asId(asFields(asFields(message.reply_to_message)?.from)?.id) === bot.id && quoted !== undefined
  return {
    ...from,
    messageId,
    event: {
      kind: 'text',
      text: said.text,
      attachments,
      quoted,
      addressed: from.isPrivate || said.mentioned || answersBot,
    },
  }
}

function quotedIn(message: Fields): { externalId: string; text?: string } | undefined {
  const original = asFields(message.reply_to_message)
  const externalId = asId(original?.message_id)
  // In a group with topics every message "answers" the service message that opened its topic.
  if (!original || !externalId || original.forum_topic_created !== undefined) return undefined
  const text = asText(asFields(message.quote)?.text) ?? asText(original.text) ?? asText(original.caption)
  return { externalId, text }
}

function edit(from: Envelope, message: Fields, bot: BotIdentity): IncomingInput | null {
  const messageId = asId(message.message_id)
  const { text } = saidIn(message, bot)
  if (!messageId || text === '' || asFields(message.from)?.is_bot !== false) return null
  return { ...from, messageId, event: { kind: 'edited', text } }
}

function buttonPress(updateId: number, query: Fields, now: Date): ParsedUpdate | null {
  const callbackId = asText(query.id)
  const message = asFields(query.message)
  const data = asText(query.data)?.slice(0, 200)
  if (!callbackId) return null
  if (!message || !data) return { updateId, message: null, callbackId }
  const from = envelope(updateId, message, query, now)
  if (!from) return null
  const event = { kind: 'button', data, messageId: asId(message.message_id) } as const
  // The press has no time of its own: the message's date says when the button was shown.
  return { updateId, callbackId, message: { ...from, sentAt: now.getTime(), event } }
}

function membership(from: Envelope, change: Fields): IncomingInput | null {
  const before = isMember(asFields(change.old_chat_member))
  const after = isMember(asFields(change.new_chat_member))
  if (before === after) return null
  if (from.isPrivate) return { ...from, event: { kind: 'reachable', reachable: after } }
  return { ...from, event: { kind: after ? 'joined' : 'left' } }
}

function isMember(member: Fields | undefined): boolean {
  if (member?.status === 'restricted') return member.is_member === true
  return member?.status === 'member' || member?.status === 'administrator' || member?.status === 'creator'
}
