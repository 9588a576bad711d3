import type { IncomingMessage } from '../kernel/message.js'

const DAY_MS = 86_400_000
/** Stands in the place of the conversation and the sender of a message that nobody may trace. */
const SCRUBBED = 'scrubbed'

/**
 * What stays of an inbox row whose words, sender and time are dropped: the platform's id of the update, so that a
 * redelivery still changes nothing, and the day.
 */
export function scrubbedRow(message: IncomingMessage, now: Date) {
  const day = Math.floor(now.getTime() / DAY_MS) * DAY_MS
  const payload: IncomingMessage = {
    channel: message.channel,
    externalId: message.externalId,
    conversation: SCRUBBED,
    isPrivate: true,
    sender: { id: SCRUBBED, name: '' },
    sentAt: day,
    event: { kind: 'text', text: '', attachments: [], addressed: true },
  }
  const at = new Date(day)
  return { conversation: SCRUBBED, messageId: null, payload, receivedAt: at, handledAt: at }
}
