import type { Database } from '../db/client.js'
import { storableJson } from '../db/storable.js'
import { type IncomingInput, incomingSchema } from '../kernel/message.js'

/** Words longer than this are cut before they are stored: no request needs more, and no message may fill the disk. */
const MAX_TEXT = 4000

export interface Inbox {
  /** Stores messages; resolves when they are on the disk. @throws ZodError when a channel handed over something malformed. */
  receive(messages: readonly IncomingInput[]): Promise<void>
}

/** The durable inbox. `wake` is called after each commit, so that the engine looks for new rows. */
export function createInbox(db: Database, now: () => Date, wake: () => void): Inbox {
  return {
    receive: async (messages) => {
      const receivedAt = now().getTime()
      const rows = messages.map((raw) => {
        const message = incomingSchema.parse(cut(raw))
        return {
          channel: message.channel,
          externalId: message.externalId,
          conversation: message.conversation,
          messageId: message.messageId ?? null,
          payload: storableJson(message),
          receivedAt,
        }
      })
      await db.inbox.accept(rows)
      wake()
    },
  }
}

/** Cut before it is checked: one monstrous text must not keep a whole batch from being stored. */
function cut(message: IncomingInput): IncomingInput {
  const { event } = message
  if ((event.kind !== 'text' && event.kind !== 'edited') || event.text.length <= MAX_TEXT) return message
  return { ...message, event: { ...event, text: event.text.slice(0, MAX_TEXT) } }
}

/** Puts a message that was set aside back in line. Answers false when it is not one. The service finds it within a minute. */
export async function replay(db: Database, id: number): Promise<boolean> {
  const moved = await db.write((tx) =>
    tx.inboxMessage.updateMany({
      where: { id, status: 'set_aside' },
      data: { status: 'received', attempts: 0, error: null, handledAt: null },
    }),
  )
  return moved.count === 1
}
