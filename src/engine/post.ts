import { randomBytes } from 'node:crypto'
import { sqlOf } from '../db/sql.js'
import type { Sql, Tx } from '../db/transaction.js'
import type { StoredMessage } from '../kernel/message.js'
import type { Draft, Turn } from '../kernel/module.js'
import { type Destination, destinationsOf } from './address-book.js'

const WEEK_MS = 7 * 24 * 3_600_000

/** Writes a draft's outbox rows and the offers of its choices, inside the turn's transaction. Answers how many. */
export async function post(tx: Tx, draft: Draft, turn: Turn | null, now: Date): Promise<number> {
  const sql = sqlOf(tx)
  const destinations = await destinationsOf(tx, draft.to, turn, now)
  let written = 0
  for (const [index, destination] of destinations.entries()) {
    const key = destinations.length === 1 ? draft.key : `${draft.key}#${index + 1}`
    if (await sql.row('SELECT 1 AS one FROM "OutboxMessage" WHERE key = ?', [key])) continue
    await writeRow(sql, key, draft, destination, turn, now)
    written += 1
  }
  return written
}

async function writeRow(
  sql: Sql,
  key: string,
  draft: Draft,
  to: Destination,
  turn: Turn | null,
  now: Date,
): Promise<void> {
  const choices = await offer(sql, key, draft, to, now)
  const message = render(draft, to, turn, choices)
  const fallback = to.fallback && {
    channel: to.fallback.channel,
    conversation: to.fallback.conversation,
    message: render(draft, to.fallback, turn, choices),
  }
  await sql.run(
    `INSERT INTO "OutboxMessage" (key, channel, conversation, payload, priority, "notBefore", "createdAt", status, attempts,
       subject, "accountId", fallback)
     VALUES (?, ?, ?, ${sql.json}, ?, ?, ?, 'pending', 0, ?, ?, ${sql.json})`,
    [
      key,
      to.channel,
      to.conversation,
      JSON.stringify(message),
      draft.priority,
      draft.notBefore ?? now,
      now,
      draft.subject ?? null,
      to.accountId ?? null,
      fallback ? JSON.stringify(fallback) : null,
    ],
  )
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
async function offer(
  sql: Sql,
  key: string,
  draft: Draft,
  to: Destination,
  now: Date,
): Promise<StoredMessage['choices']> {
  if (!draft.choices || draft.choices.length === 0) return undefined
  const token = randomBytes(9).toString('base64url')
  const options = draft.choices.map(({ label, command, input }) => ({ label, command, input }))
  await sql.run(
    `INSERT INTO "Offer" (token, "outboxKey", channel, conversation, options, "createdAt", "expiresAt", taken)
     VALUES (?, ?, ?, ?, ${sql.json}, ?, ?, '')`,
    [
      token,
      key,
      to.channel,
      to.conversation,
      JSON.stringify(options),
      now,
      new Date(now.getTime() + (draft.choicesForMs ?? WEEK_MS)),
    ],
  )
  return draft.choices.map((choice, index) => ({ label: choice.label, data: `${token}:${index}` }))
}
