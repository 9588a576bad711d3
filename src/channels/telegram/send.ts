import { setTimeout as sleep } from 'node:timers/promises'
import { SendFailure } from '../../kernel/errors.js'
import type { OutgoingMessage } from '../../kernel/message.js'
import type { TelegramApi } from './api.js'
import { toSendFailure } from './failures.js'
import { type Part, render } from './render.js'

/** How often a later part of a message is tried: the parts before it are already delivered. */
const PART_ATTEMPTS = 4

/**
 * Sends a message in as many parts as it takes; answers with the last one's id.
 * @throws SendFailure; `unknown` once a first part is out, because sending all again would repeat it.
 */
export async function sendParts(
  api: TelegramApi,
  conversation: string,
  message: OutgoingMessage,
  retryDelayMs: number,
) {
  const parts = render(conversation, message)
  let externalId = ''
  for (const [index, part] of parts.entries()) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        externalId = await sendPart(api, part)
        break
      } catch (error) {
        const failure = toSendFailure(error)
        if (index === 0) throw failure
        const passing = failure.kind === 'throttled' || failure.kind === 'unreachable'
        if (!passing || attempt + 1 >= PART_ATTEMPTS) {
          const words = `part ${index + 1} of ${parts.length} failed after the ones before it were sent: ${failure.message}`
          throw new SendFailure('unknown', words, { cause: failure })
        }
        await sleep(failure.details.retryAfterMs ?? retryDelayMs * 2 ** attempt)
      }
    }
  }
  return externalId
}

async function sendPart(api: TelegramApi, part: Part): Promise<string> {
  const sent =
    part.method === 'sendMessage'
      ? await api.call(part.method, part.payload)
      : part.method === 'sendPhoto'
        ? await api.call(part.method, part.payload)
        : await api.call(part.method, part.payload)
  return String(sent.message_id)
}
