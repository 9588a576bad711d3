import { z } from 'zod'
import { migrateChat } from '../community/chats.js'
import type { Database } from '../db/client.js'
import { Prisma } from '../db/generated/sqlite/client.js'
import type { SendFailure } from '../kernel/errors.js'
import { type Attached, type OutgoingMessage, type StoredMessage, storedMessageSchema } from '../kernel/message.js'
import type { Verdict } from './policy.js'

const fallbackSchema = z.object({ channel: z.string(), conversation: z.string(), message: storedMessageSchema })

/** A message that went out with something made for it, as it went. */
export interface Completed {
  readonly message: OutgoingMessage
  readonly attached: readonly Attached[]
}

/** `completed` replaces the words and the recipe of a message that had one: the bytes themselves are not kept. */
export async function recordSent(
  db: Database,
  id: number,
  externalId: string,
  now: Date,
  completed: Completed | null,
): Promise<void> {
  const payload = completed && JSON.stringify(wordsAndNotes(completed))
  await db.turn((sql) =>
    sql.run(
      `UPDATE "OutboxMessage" SET status = 'sent', "externalId" = ?, "finishedAt" = ?, error = NULL
         ${payload ? `, payload = ${sql.json}` : ''} WHERE id = ?`,
      [externalId, now, ...(payload ? [payload] : []), id],
    ),
  )
}

function wordsAndNotes({ message, attached }: Completed): StoredMessage {
  const { image: _image, file: _file, ...words } = message
  return { ...words, attached: [...attached] }
}

/** Writes what became of a failed sending, with what follows from it: another try, another way, a moved group. */
export async function recordFailure(
  db: Database,
  channel: string,
  row: { id: number; conversation: string; fallback: unknown; accountId: number | null },
  failure: SendFailure,
  verdict: Verdict,
  now: Date,
): Promise<void> {
  const error = `${failure.kind}: ${failure.message}`.slice(0, 500)
  await db.write(async (tx) => {
    if (failure.kind === 'blocked' && row.accountId)
      await tx.account.update({ where: { id: row.accountId }, data: { reachable: false } })
    switch (verdict.kind) {
      case 'again':
        await tx.outboxMessage.update({
          where: { id: row.id },
          data: { status: 'pending', notBefore: new Date(now.getTime() + verdict.afterMs), error },
        })
        return
      case 'fallback': {
        const other = fallbackSchema.parse(row.fallback)
        // The same row goes the other way: its key stays, so the message still goes out once.
        const moved = await tx.outboxMessage.update({
          where: { id: row.id },
          data: {
            status: 'pending',
            channel: other.channel,
            conversation: other.conversation,
            payload: other.message as Prisma.InputJsonValue,
            accountId: null,
            fallback: Prisma.DbNull,
            attempts: 0,
            error,
          },
          select: { key: true },
        })
        // Its choices are shown there now, and are good only where they are shown.
        await tx.offer.updateMany({
          where: { outboxKey: moved.key },
          data: { channel: other.channel, conversation: other.conversation },
        })
        return
      }
      case 'moved': {
        const chat = await tx.chat.findUnique({
          where: { channel_externalId: { channel, externalId: row.conversation } },
        })
        if (chat) await migrateChat(tx, { chatId: chat.id, channel, conversation: row.conversation }, verdict.to)
        await tx.outboxMessage.update({
          where: { id: row.id },
          data: { conversation: verdict.to, status: 'pending', notBefore: now, error },
        })
        return
      }
      case 'failed':
      case 'unknown':
        await tx.outboxMessage.update({ where: { id: row.id }, data: { status: verdict.kind, finishedAt: now, error } })
    }
  })
}
