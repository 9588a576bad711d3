import type { Contact, Message, Wechaty } from 'wechaty'
import type { AttachmentRef, IncomingInput } from '../../kernel/message.js'
import { REFERENCE } from './download.js'
import { parseQuote } from './quote.js'

const LONGEST_TEXT = 20_000
const LONGEST_NAME = 200
/** What follows a mention: WeChat's own narrow space, a plain one, or the end. */
const AFTER_MENTION = '(?:\\u2005|\\s|$)'

/**
 * Reads one message by its id. Null for what is not for us: our own messages, official accounts, kinds that carry no
 * words and no file.
 * @throws when the puppet does not give the message out: worth another try.
 */
export async function readMessage(bot: Wechaty, id: string): Promise<IncomingInput | null> {
  const message = await bot.Message.find({ id })
  if (!message) throw new Error(`message ${id} cannot be read`)
  const talker = message.talker()
  if (message.self() || talker.type() === bot.Contact.Type.Official) return null
  const attachments = attachmentsOf(bot, message)
  const text = message.type() === bot.Message.Type.Text ? message.text() : ''
  if (text === '' && attachments.length === 0) return null
  const room = message.room()
  const ownNames = [bot.currentUser.name(), (await room?.alias(bot.currentUser)) ?? ''].filter((name) => name !== '')
  const quote = parseQuote(text)
  const said = withoutMention(quote?.said ?? text, ownNames)
  const mentioned = room !== undefined && (said.mentioned || (await message.mentionSelf()))
  return {
    channel: 'wechat',
    externalId: `message:${id}`,
    messageId: id,
    conversation: room?.id ?? talker.id,
    isPrivate: room === undefined,
    ...(room ? { conversationName: (await room.topic()).slice(0, LONGEST_NAME) } : {}),
    sender: { id: talker.id, name: nameOf(talker, await room?.alias(talker)) },
    sentAt: message.date().getTime(),
    event: {
      kind: 'text',
      text: said.text.slice(0, LONGEST_TEXT),
      attachments,
      ...(quote ? { quoted: { text: quote.quoted } } : {}),
      addressed: room === undefined || mentioned || (quote !== null && ownNames.includes(quote.name)),
    },
  }
}

/** The bot was put into a room or out of it; null when it was somebody else. */
export async function readMembership(
  bot: Wechaty,
  change: { kind: 'joined' | 'left'; roomId: string; members: readonly string[]; actor: string; timestamp: number },
): Promise<IncomingInput | null> {
  if (!bot.isLoggedIn || !change.members.includes(bot.currentUser.id)) return null
  const room = await bot.Room.find({ id: change.roomId })
  const actor = await bot.Contact.find({ id: change.actor })
  const topic = (await room?.topic())?.slice(0, LONGEST_NAME)
  return {
    channel: 'wechat',
    externalId: `${change.kind}:${change.roomId}:${change.timestamp}`,
    conversation: change.roomId,
    isPrivate: false,
    ...(topic ? { conversationName: topic } : {}),
    sender: { id: change.actor, name: actor ? nameOf(actor) : '' },
    // Puppets give seconds or milliseconds.
    sentAt: change.timestamp < 1e11 ? change.timestamp * 1000 : change.timestamp,
    event: { kind: change.kind },
  }
}

function attachmentsOf(bot: Wechaty, message: Message): AttachmentRef[] {
  const { Image, Audio, Video, Attachment } = bot.Message.Type
  const mimes = new Map<number, string>([
    [Image, 'image/jpeg'],
    [Audio, 'audio/silk'],
    [Video, 'video/mp4'],
    [Attachment, 'application/octet-stream'],
  ])
  const mime = mimes.get(message.type())
  return mime ? [{ reference: `${REFERENCE}${message.id}`, mime }] : []
}

function withoutMention(text: string, names: readonly string[]): { text: string; mentioned: boolean } {
  let rest = text
  for (const name of names) {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    rest = rest.replace(new RegExp(`@${escaped}${AFTER_MENTION}`, 'g'), '')
  }
  return rest === text ? { text, mentioned: false } : { text: rest.trim(), mentioned: true }
}

function nameOf(contact: Contact, alias?: string): string {
  return (alias || contact.name() || contact.id).slice(0, LONGEST_NAME)
}
