import type { SandboxMessage } from '../../channels/sandbox/types.js'
import { attachedMedia, viewIncoming, viewOutgoing } from '../../channels/sandbox/view.js'
import type { Reader } from '../../db/transaction.js'
import { type IncomingMessage, incomingSchema, storedMessageSchema } from '../../kernel/message.js'

const CHANNEL = 'sandbox'
/** Presses and edits looked at for one page of messages. */
const MOST_CHANGES = 1000

/**
 * Reads a conversation from what the service keeps anyway: the inbox holds what people said, pressed and changed, the
 * outbox what the bot answered. So a restart loses nothing, and nothing is kept twice.
 */
export function sandboxHistory(read: Reader) {
  return async (conversation: string, before: number | null, limit: number): Promise<SandboxMessage[]> => {
    const until = before === null ? {} : { lte: new Date(before) }
    const [said, sent] = await Promise.all([
      read.inboxMessage.findMany({
        where: { channel: CHANNEL, conversation, receivedAt: until, externalId: { startsWith: 'm:' } },
        orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
        take: limit,
      }),
      read.outboxMessage.findMany({
        // A send that a crash cut short may have been shown: here it was, since this is where it is shown.
        where: { channel: CHANNEL, conversation, finishedAt: until, status: { in: ['sent', 'unknown'] } },
        orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }],
        take: limit,
      }),
    ])
    const people = said.reverse().flatMap(({ payload, receivedAt }) => {
      const message = parse(payload)
      const view = message && viewIncoming(message)
      return view ? [{ ...view, at: receivedAt.getTime() }] : []
    })
    const bot = sent.reverse().flatMap((row) => {
      const parsed = storedMessageSchema.safeParse(row.payload)
      const at = (row.finishedAt ?? row.createdAt).getTime()
      if (!parsed.success) return []
      const id = row.externalId ?? `b:row-${row.id}`
      return [viewOutgoing(id, conversation, at, parsed.data, attachedMedia(parsed.data.attached ?? []))]
    })
    const page = [...people, ...bot].sort((a, b) => a.at - b.at).slice(-limit)
    const [first] = page
    if (!first) return []
    const changes = await changesSince(read, conversation, new Date(first.at))
    return page.map((message) => changed(message, changes))
  }
}

/** Presses and edits are later than what they change. */
async function changesSince(read: Reader, conversation: string, since: Date): Promise<IncomingMessage[]> {
  const rows = await read.inboxMessage.findMany({
    where: {
      channel: CHANNEL,
      conversation,
      receivedAt: { gte: since },
      OR: [{ externalId: { startsWith: 'p:' } }, { externalId: { startsWith: 'e:' } }],
    },
    orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
    take: MOST_CHANGES,
  })
  return rows.flatMap(({ payload }) => parse(payload) ?? [])
}

function changed(message: SandboxMessage, changes: readonly IncomingMessage[]): SandboxMessage {
  const presses = changes.flatMap(({ event, sender }) =>
    event.kind === 'button' && event.messageId === message.id ? [{ data: event.data, by: sender }] : [],
  )
  const edit = changes.findLast(({ event, messageId }) => event.kind === 'edited' && messageId === message.id)?.event
  return {
    ...message,
    ...(presses.length > 0 ? { pressed: presses } : {}),
    ...(edit?.kind === 'edited' ? { text: edit.text, mentions: [], edited: true } : {}),
  }
}

function parse(payload: unknown): IncomingMessage | null {
  const parsed = incomingSchema.safeParse(payload)
  return parsed.success ? parsed.data : null
}
