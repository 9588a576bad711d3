import { createFarWorld, type FarWorld, type FarWorldOptions } from '../dialogues/shared-far-world.js'
import { telegramHands, userOf } from '../dialogues/shared-telegram.js'
import { DOT } from '../support/bot-api-files.js'
import { createTelegramHarness, type TelegramHarness } from '../support/telegram-harness.js'

export const ELEVATOR = '3幢2单元电梯又坏了，我妈八十多岁下不来楼'
export const SUBJECT = 'request:BH-202611-0001'
export const MB = 1024 * 1024

/** A PNG of its own for each word, of as many bytes as asked for. */
export const picture = (word: string, bytes = 200): Buffer =>
  Buffer.concat([DOT, Buffer.from(word), Buffer.alloc(Math.max(0, bytes - DOT.length - Buffer.byteLength(word)))])

export interface TelegramWorld extends FarWorld {
  readonly telegram: TelegramHarness
  /** Somebody sends a picture, or a file where a name is given, and all that follows is done. */
  sends(
    name: string,
    place: string | null,
    file: { readonly id: string; readonly fileName?: string; readonly mime?: string; readonly caption?: string },
  ): Promise<void>
  /** What became of the attachments, oldest first. */
  states(): Promise<string[]>
}

/** The demo community over Telegram's client and a Bot API server of this machine, with attachments kept. */
export async function telegramWorld(options: Partial<FarWorldOptions> = {}): Promise<TelegramWorld> {
  const telegram = await createTelegramHarness()
  const world = await createFarWorld({
    harness: telegram,
    hands: telegramHands(telegram),
    attachments: { mostBytes: 100 * MB },
    ...options,
  })
  return {
    ...world,
    telegram,
    sends: async (name, place, { id, fileName, mime, caption }) => {
      const file = { file_id: id, file_unique_id: id }
      const content = fileName
        ? { document: { ...file, file_name: fileName, mime_type: mime } }
        : { photo: [{ ...file, width: 1280, height: 960 }] }
      const person = world.person(name)
      const group = place === null ? null : world.group(place)
      telegram.server.deliver({
        message: {
          message_id: telegram.server.nextMessageId(),
          date: 1,
          from: userOf(person),
          chat: group
            ? { id: Number(group.id), type: 'group', title: group.name }
            : { id: Number(person.id), type: 'private', first_name: name },
          ...content,
          ...(caption ? { caption } : {}),
        },
      })
      await world.settle()
    },
    states: async () =>
      (await world.db.read.attachment.findMany({ orderBy: { id: 'asc' } })).map(({ status, reason }) =>
        reason ? `${status}:${reason}` : status,
      ),
  }
}

/** Bytes as a channel would give them. */
export async function* stream(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}
