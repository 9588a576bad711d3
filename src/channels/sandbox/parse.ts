import type { IncomingInput } from '../../kernel/message.js'
import { isMediaId, mediaMime } from './media.js'
import { BOT_NAME } from './texts.js'
import { type SandboxConversation, type SandboxDirectory, SandboxFault, type SandboxPerson } from './types.js'
import { BOT_MESSAGE, REFERENCE } from './view.js'

/** What a person says. `id` makes a repeated attempt the same message. */
export interface SandboxPost {
  readonly id?: string
  readonly as: string
  readonly conversation: string
  readonly text: string
  readonly quote?: { readonly id: string; readonly text?: string }
  /** Media ids of uploaded pictures. */
  readonly images?: readonly string[]
}

/** Who speaks where: both known, and the person is in the conversation. */
export interface Speaker {
  readonly person: SandboxPerson
  readonly conversation: SandboxConversation
}

/** @throws SandboxFault when one of them is unknown or the person is not in the conversation. */
export function findSpeaker(directory: SandboxDirectory, as: string, conversationId: string): Speaker {
  const person = directory.people.find(({ externalId }) => externalId === as)
  if (!person) throw new SandboxFault('unknown_person')
  const conversation = directory.conversations.find(({ id }) => id === conversationId)
  if (!conversation) throw new SandboxFault('unknown_conversation')
  const { members } = conversation
  if (members !== 'everyone' && !members.includes(as)) throw new SandboxFault('not_a_member')
  return { person, conversation }
}

const MENTION = new RegExp(`[@＠]${BOT_NAME}(?:[\\s\\u2005:：,，]+|$)`, 'u')

/** @throws SandboxFault `bad_media` when an image is not one of the folder's pictures. */
export function textEvent(post: SandboxPost, isPrivate: boolean): IncomingInput['event'] {
  const mentioned = MENTION.test(post.text)
  return {
    kind: 'text',
    text: post.text.replace(MENTION, '').trim(),
    attachments: (post.images ?? []).map((id) => {
      const mime = mediaMime(id)
      if (!isMediaId(id) || !mime.startsWith('image/')) throw new SandboxFault('bad_media')
      return { reference: `${REFERENCE}${id}`, mime }
    }),
    ...(post.quote ? { quoted: { externalId: post.quote.id, text: post.quote.text } } : {}),
    addressed: isPrivate || mentioned || (post.quote?.id.startsWith(BOT_MESSAGE) ?? false),
  }
}

/** What all messages of a speaker share. */
export function envelope(
  channel: string,
  { person, conversation }: Speaker,
  now: Date,
): Omit<IncomingInput, 'externalId' | 'event'> {
  const isPrivate = conversation.kind === 'private'
  return {
    channel,
    conversation: conversation.id,
    isPrivate,
    ...(isPrivate ? {} : { conversationName: conversation.name }),
    sender: { id: person.externalId, name: person.name },
    sentAt: now.getTime(),
  }
}
