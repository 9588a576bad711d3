import type { InlineKeyboardButton, InputFile, MessageEntity, Opts } from 'telegraf/types'
import { SendFailure } from '../../kernel/errors.js'
import type { Choice, OutgoingMessage } from '../../kernel/message.js'
import { columns, splitText } from '../text.js'

export const TEXT_LENGTH = 4096
const CAPTION_LENGTH = 1024
const CALLBACK_BYTES = 64
/** Half-width columns a row of buttons holds on a small phone, and what each button's frame takes of them. */
const ROW_COLUMNS = 32
const BUTTON_FRAME = 4

/** One call that sends a part of a message. */
export type Part =
  | { readonly method: 'sendMessage'; readonly payload: Opts<'sendMessage'> }
  | { readonly method: 'sendPhoto'; readonly payload: Opts<'sendPhoto'> }
  | { readonly method: 'sendDocument'; readonly payload: Opts<'sendDocument'> }

/**
 * Renders a message as the calls that send it, in order. Text goes as it is, with no parse mode. The quote stands on
 * the first part and the buttons on the last.
 * @throws SendFailure `rejected` when a choice's data is longer than Telegram takes.
 */
export function render(conversation: string, message: OutgoingMessage): readonly Part[] {
  const { text, entities } = withMention(conversation, message)
  const media = [photo(message), document(message)].filter((part) => part !== null)
  const captioned = media.length === 1 && text.length <= CAPTION_LENGTH
  const chunks = text === '' || captioned ? [] : splitText(text, TEXT_LENGTH)
  const count = media.length + chunks.length
  const shared = (index: number) => ({
    chat_id: conversation,
    ...(index === 0 && message.replyTo ? { reply_parameters: quote(message.replyTo) } : {}),
    ...(index === count - 1 ? markup(message.choices) : {}),
  })
  return [
    ...media.map((part, index): Part => {
      const caption = captioned && text !== '' ? { caption: text, caption_entities: entities } : {}
      const common = multipart({ ...shared(index), ...caption })
      return part.kind === 'photo'
        ? { method: 'sendPhoto', payload: { ...common, photo: part.input } }
        : { method: 'sendDocument', payload: { ...common, document: part.input } }
    }),
    ...chunks.map(
      (chunk, index): Part => ({
        method: 'sendMessage',
        payload: {
          ...shared(media.length + index),
          text: chunk,
          link_preview_options: { is_disabled: true },
          ...(index === 0 && entities.length > 0 ? { entities } : {}),
        },
      }),
    ),
  ]
}

function withMention(
  conversation: string,
  { text, mention }: OutgoingMessage,
): { text: string; entities: MessageEntity[] } {
  // Groups have negative ids; a person alone with the bot needs no calling.
  if (!mention || !conversation.startsWith('-')) return { text, entities: [] }
  const name = `@${mention.name}`
  const user = { id: Number(mention.id), is_bot: false, first_name: mention.name }
  return { text: `${name} ${text}`, entities: [{ type: 'text_mention', offset: 0, length: name.length, user }] }
}

function photo({ image }: OutgoingMessage): { kind: 'photo'; input: InputFile } | null {
  if (!image) return null
  const type = image.mime.split('/')[1] ?? 'jpeg'
  return { kind: 'photo', input: { source: Buffer.from(image.bytes), filename: `picture.${type}` } }
}

function document({ file }: OutgoingMessage): { kind: 'document'; input: InputFile } | null {
  if (!file) return null
  // The client writes the name into a header as it stands.
  const filename = [...file.name].filter((sign) => sign >= ' ' && sign !== '"' && sign !== '\\').join('')
  return { kind: 'document', input: { source: Buffer.from(file.bytes), filename } }
}

function quote(replyTo: string) {
  return { message_id: Number(replyTo), allow_sending_without_reply: true }
}

/** The client drops objects from a multipart body, except the few fields it knows; text gets through. */
function multipart<T extends { reply_parameters?: object }>(payload: T): T {
  if (!payload.reply_parameters) return payload
  return { ...payload, reply_parameters: JSON.stringify(payload.reply_parameters) as never }
}

function markup(choices: readonly Choice[] | undefined) {
  if (!choices || choices.length === 0) return {}
  return { reply_markup: { inline_keyboard: keyboard(choices) } }
}

/** Rows of buttons, filled from the left so that labels stay readable on a phone. */
export function keyboard(choices: readonly Choice[]): InlineKeyboardButton.CallbackButton[][] {
  const rows: InlineKeyboardButton.CallbackButton[][] = []
  let free = 0
  for (const { label, data } of choices) {
    if (Buffer.byteLength(data) > CALLBACK_BYTES) {
      throw new SendFailure('rejected', `choice data over ${CALLBACK_BYTES} bytes: ${label}`)
    }
    const width = columns(label) + BUTTON_FRAME
    if (width > free) {
      rows.push([])
      free = ROW_COLUMNS
    }
    rows.at(-1)?.push({ text: label, callback_data: data })
    free -= width
  }
  return rows
}
