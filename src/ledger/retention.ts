import type { Tx } from '../db/transaction.js'
import { dialectOf } from './dialect.js'

const DAY_MS = 86_400_000

export type RetentionKind = 'chatter' | 'outbox'

/**
 * Drops what people said without asking for anything, once it is older than the community wants it kept: the words, the
 * sender's name, pictures and quotes go; the row stays, so that a redelivery is still known. What is said in private is
 * dropped by the shortest term of all communities. Answers how many rows it emptied.
 */
export async function dropChatter(tx: Tx, communityId: number, days: number, now: Date): Promise<number> {
  const span = await nextSpan(tx, communityId, 'chatter', days, now)
  if (!span) return 0
  if ((await dialectOf(tx)) === 'sqlite')
    return tx.$executeRaw`
      UPDATE "InboxMessage" SET payload = json_remove(json_set(payload, '$.sender.name', '',
        '$.event.text', CASE WHEN json_extract(payload, '$.event.kind') IN ('text', 'edited') THEN '' END,
        '$.event.attachments', json('[]')), '$.event.quoted', '$.conversationName')
      WHERE status = 'left_alone' AND "handledAt" >= ${span.from} AND "handledAt" < ${span.to}
        AND EXISTS (SELECT 1 FROM "Chat" c WHERE c.channel = "InboxMessage".channel
          AND c."externalId" = "InboxMessage".conversation
          AND (c."communityId" = ${communityId} OR c."communityId" IS NULL))`
  return tx.$executeRaw`
    UPDATE "InboxMessage" SET payload = (payload || jsonb_build_object(
        'sender', payload->'sender' || '{"name": ""}'::jsonb,
        'event', ((payload->'event') - 'quoted') || CASE WHEN payload->'event'->>'kind' IN ('text', 'edited')
          THEN '{"text": "", "attachments": []}'::jsonb ELSE '{}'::jsonb END)) - 'conversationName'
    WHERE status = 'left_alone' AND "handledAt" >= ${span.from} AND "handledAt" < ${span.to}
      AND EXISTS (SELECT 1 FROM "Chat" c WHERE c.channel = "InboxMessage".channel
        AND c."externalId" = "InboxMessage".conversation
        AND (c."communityId" = ${communityId} OR c."communityId" IS NULL))`
}

/** Drops the words, choices and files of messages that were sent or given up long ago. Answers how many. */
export async function dropSentTexts(tx: Tx, communityId: number, days: number, now: Date): Promise<number> {
  const span = await nextSpan(tx, communityId, 'outbox', days, now)
  if (!span) return 0
  const where = { status: { in: ['sent', 'failed', 'unknown'] }, finishedAt: { gte: span.from, lt: span.to } }
  const chats = await tx.chat.findMany({
    where: { OR: [{ communityId }, { communityId: null }] },
    select: { channel: true, externalId: true },
  })
  let dropped = 0
  for (const { channel, externalId } of chats)
    dropped += (
      await tx.outboxMessage.updateMany({
        where: { ...where, channel, conversation: externalId },
        data: { payload: { text: '' } },
      })
    ).count
  return dropped
}

/** The span that became too old since the last time, and the mark moved behind it; null when there is none. */
async function nextSpan(
  tx: Tx,
  communityId: number,
  kind: RetentionKind,
  days: number,
  now: Date,
): Promise<{ from: Date; to: Date } | null> {
  const key = { communityId_kind: { communityId, kind } }
  const mark = await tx.retentionMark.findUnique({ where: key })
  const from = mark?.upTo ?? new Date(0)
  const to = new Date(now.getTime() - days * DAY_MS)
  if (to <= from) return null
  await tx.retentionMark.upsert({ where: key, create: { communityId, kind, upTo: to }, update: { upTo: to } })
  return { from, to }
}
