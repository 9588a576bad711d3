import type { AttachmentRef } from '../../kernel/message.js'
import { REFERENCE } from './download.js'
import { asFields, asId, asList, asText, type Fields } from './fields.js'

/** Who the bot is, from getMe: needed to see that a message speaks to it. */
export interface BotIdentity {
  readonly id: string
  readonly username: string
}

const LONGEST_TEXT = 20_000

/** Kinds of media with their usual type, for those that name none. */
const MEDIA: readonly (readonly [string, string])[] = [
  ['voice', 'audio/ogg'],
  ['audio', 'audio/mpeg'],
  ['video', 'video/mp4'],
  ['video_note', 'video/mp4'],
  ['document', 'application/octet-stream'],
]

function reference(file: Fields | undefined, mime: string): AttachmentRef[] {
  const id = asText(file?.file_id)
  // Telegram's ids have about 90 signs; one that the inbox cannot keep is no id.
  if (!id || id.length > 400) return []
  const own = asText(file?.mime_type)?.slice(0, 100)
  return [{ reference: `${REFERENCE}${id}`, mime: own ?? mime, name: asText(file?.file_name)?.slice(0, 200) }]
}

/** Pictures and files of a message as references; of a photo the largest size. */
export function attachmentsOf(message: Fields): AttachmentRef[] {
  if (asText(message.text) !== undefined) return []
  const sizes = asList(message.photo).map(asFields)
  const largest = sizes.reduce<Fields | undefined>(
    (best, size) => (Number(size?.width ?? 0) > Number(best?.width ?? -1) ? size : best),
    undefined,
  )
  return [
    ...reference(largest, 'image/jpeg'),
    ...MEDIA.flatMap(([kind, mime]) => (message[kind] ? reference(asFields(message[kind]), mime) : [])),
  ]
}

/** What a message says, with the bot's own mention taken out. */
export interface Said {
  readonly text: string
  /** The bot was mentioned, or a command carried its name. */
  readonly mentioned: boolean
  /** The message opens with a command for another bot. */
  readonly forAnotherBot: boolean
}

/** Reads text or caption; entity offsets are UTF-16 units, as JavaScript counts them. */
export function saidIn(message: Fields, bot: BotIdentity): Said {
  const caption = asText(message.text) === undefined
  const text = (asText(caption ? message.caption : message.text) ?? '').slice(0, LONGEST_TEXT)
  const entities = asList(caption ? message.caption_entities : message.entities)
  if (entities.length === 0) return { text, mentioned: false, forAnotherBot: false }
  const own = `@${bot.username}`.toLowerCase()
  const cuts: [number, number][] = []
  let forAnotherBot = false
  for (const value of entities) {
    const entity = asFields(value)
    const start = Number(entity?.offset)
    const end = start + Number(entity?.length)
    if (!entity || !(start >= 0) || !(end <= text.length)) continue
    const words = text.slice(start, end).toLowerCase()
    if (entity.type === 'mention' && words === own) cuts.push([start, end])
    if (entity.type === 'text_mention' && asId(asFields(entity.user)?.id) === bot.id) cuts.push([start, end])
    if (entity.type === 'bot_command' && words.includes('@')) {
      if (words.endsWith(own)) cuts.push([end - own.length, end])
      else if (start === 0) forAnotherBot = true
    }
  }
  return { text: withoutRanges(text, cuts), mentioned: cuts.length > 0, forAnotherBot }
}

function withoutRanges(text: string, ranges: readonly [number, number][]): string {
  if (ranges.length === 0) return text
  let rest = text
  for (const [start, end] of [...ranges].sort((a, b) => b[0] - a[0])) rest = rest.slice(0, start) + rest.slice(end)
  return rest.trim()
}
