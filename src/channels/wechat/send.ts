import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Contact, Room, Wechaty } from 'wechaty'
import { SendFailure } from '../../kernel/errors.js'
import type { OutgoingMessage } from '../../kernel/message.js'
import { type Part, render } from './render.js'
import { texts } from './texts.js'

const TIMEOUT_MS = 30_000
/** How the platforms behind the puppets mark a room's id. */
const ROOM_ID = /@chatroom$|@im\.chatroom$|^@@|^R:/

/**
 * Says a message, in as many parts as it takes.
 * @returns the last part's id; one of our own making where the puppet tells none.
 * @throws SendFailure: `unreachable` when not logged in, `rejected` for a conversation WeChat does not know, else
 * `unknown`, for a puppet does not tell whether what it failed at was done.
 */
export async function sendMessage(bot: Wechaty, conversation: string, message: OutgoingMessage, pauseMs: number) {
  if (!bot.isLoggedIn) throw new SendFailure('unreachable', texts.notLoggedIn)
  const target = await findConversation(bot, conversation)
  if (!target) throw new SendFailure('rejected', texts.unknownConversation(conversation))
  const mention = 'room' in target ? message.mention : undefined
  const mentioned = mention && (await bot.Contact.find({ id: mention.id }))
  const words = mention && !mentioned ? { ...message, text: `@${mention.name} ${message.text}` } : message
  let toMention = mentioned
  let externalId = ''
  for (const [index, part] of render(words, 'room' in target).entries()) {
    if (index > 0) await sleep(pauseMs)
    externalId = await say(target, part, part.kind === 'text' ? toMention : undefined)
    if (part.kind === 'text') toMention = undefined
  }
  return externalId
}

type Target = { readonly room: Room } | { readonly contact: Contact }

async function findConversation(bot: Wechaty, id: string): Promise<Target | null> {
  const asRoom = async (): Promise<Target | null> => {
    const room = await bot.Room.find({ id })
    return room ? { room } : null
  }
  const asContact = async (): Promise<Target | null> => {
    const contact = await bot.Contact.find({ id })
    return contact ? { contact } : null
  }
  return ROOM_ID.test(id) ? ((await asRoom()) ?? asContact()) : ((await asContact()) ?? asRoom())
}

async function say(target: Target, part: Part, mention: Contact | undefined): Promise<string> {
  const deadline = new AbortController()
  try {
    const said = await Promise.race([
      sayPart(target, part, mention),
      sleep(TIMEOUT_MS, undefined, { signal: deadline.signal }).then(() => {
        throw new Error(`no answer in ${TIMEOUT_MS / 1000} s`)
      }),
    ])
    return said?.id ?? `sent:${randomUUID()}`
  } catch (error) {
    throw new SendFailure('unknown', String(error), { cause: error })
  } finally {
    deadline.abort()
  }
}

async function sayPart(target: Target, part: Part, mention: Contact | undefined) {
  if (part.kind === 'text') {
    if ('contact' in target) return target.contact.say(part.text)
    return mention ? target.room.say(part.text, mention) : target.room.say(part.text)
  }
  const { FileBox } = await import('file-box')
  // In this form a box can be handed to a puppet in another process.
  const file = FileBox.fromBase64(Buffer.from(part.bytes).toString('base64'), part.name)
  return 'contact' in target ? target.contact.say(file) : target.room.say(file)
}
