import { addAbortSignal } from 'node:stream'
import type { Wechaty } from 'wechaty'
import { FetchFailure } from '../../kernel/errors.js'
import { texts } from './texts.js'

/** Before the message's id in a reference. */
export const REFERENCE = 'wechat:'

/**
 * Opens the file of the message behind a reference of ours, for as long as the puppet still knows the message.
 * @throws FetchFailure
 */
export async function openFile(
  bot: Wechaty | null,
  reference: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  if (!bot?.isLoggedIn) throw new FetchFailure('unreachable', texts.notLoggedIn)
  try {
    return await Promise.race([fileOf(bot, reference.slice(REFERENCE.length), signal), ended(signal)])
  } catch (error) {
    throw error instanceof FetchFailure ? error : new FetchFailure('unreachable', String(error), { cause: error })
  }
}

async function fileOf(bot: Wechaty, id: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  const message = await bot.Message.find({ id })
  if (!message) throw new FetchFailure('gone', texts.unknownMessage)
  const box = await message.toFileBox()
  return addAbortSignal(signal, await box.toStream())
}

/** Puppets take no signal: what they still do after it goes nowhere. */
const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new FetchFailure('unreachable', String(signal.reason))), {
      once: true,
    })
  })
