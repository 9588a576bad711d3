import { randomBytes } from 'node:crypto'
import type { Prisma } from '../db/generated/sqlite/client.js'
import type { Tx } from '../db/transaction.js'
import type { StoredMessage } from '../kernel/message.js'
import type { Draft, Turn } from '../kernel/module.js'
import { type Destination, destinationsOf } from './address-book.js'

const WEEK_MS = 7 * 24 * 3_600_000

/** Writes a draft's outbox rows and the offers of its choices, inside the turn's transaction. Answers how many. */
export async function post(tx: Tx, draft: Draft, turn: Turn | null, now: Date): Promise<number> {
  const destinations = await destinationsOf(tx, draft.to, turn, now)
  let written = 0
  for (const [index, destination] of destinations.entries()) {
    const key = destinations.length === 1 ? draft.key : `${draft.key}#${index + 1}`
    if (await tx.outboxMessage.findUnique({ where: { key }, select: { id: true } })) continue
    await writeRow(tx, key, draft, destination, turn, now)
    written += 1
  }
  return written
}

async function writeRow(
  tx: Tx,
  key: string,
  draft: Draft,
  to: Destination,
  turn: Turn | null,
  now: Date,
): Promise<void> {
  const choices = await offer(tx, key, draft, to, now)
  const message = render(draft, to, turn, choices) as Prisma.InputJsonObject
  const fallback = to.fallback && {
    channel: to.fallback.channel,
    conversation: to.fallback.conversation,
    message: render(draft, to.fallback, turn, choices) as Prisma.InputJsonObject,
  }
  await tx.outboxMessage.create({
    data: {
      key,
      channel: to.channel,
      conversation: to.conversation,
      payload: message,
      priority: draft.priority,
      notBefore: draft.notBefore ?? now,
      createdAt: now,
      subject: draft.subject ?? null,
      accountId: to.accountId ?? null,
      ...(fallback ? { fallback } : {}),
    },
  })
}

function render(draft: Draft, to: Destination, turn: Turn | null, choices: StoredMessage['choices']): StoredMessage {
  const speaker = draft.mention && to.isGroup && turn ? { id: turn.actor.externalId, name: turn.actor.name } : undefined
  const mention = to.mention ?? speaker
  return {
    text: (to.isGroup && draft.groupText) || draft.text,
    ...(mention ? { mention } : {}),
    ...(choices ? { choices } : {}),
    ...(draft.attach ? { attach: { ...draft.attach } } : {}),
  }
}

/** Choices carry an opaque token only: what it does stays here, and the right to do it is checked again at the tap. */
async function offer(tx: Tx, key: string, draft: Draft, to: Destination, now: Date): Promise<StoredMessage['choices']> {
  if (!draft.choices || draft.choices.length === 0) return undefined
  const token = randomBytes(9).toString('base64url')
  await tx.offer.create({
    data: {
      token,
      outboxKey: key,
      channel: to.channel,
      conversation: to.conversation,
      options: draft.choices.map(({ label, command, input }) => ({ label, command, input: input as object })),
      createdAt: now,
      expiresAt: new Date(now.getTime() + (draft.choicesForMs ?? WEEK_MS)),
    },
  })
  return draft.choices.map((choice, index) => ({ label: choice.label, data: `${token}:${index}` }))
}
