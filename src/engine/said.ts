import type { Sql } from '../db/transaction.js'
import type { IncomingMessage } from '../kernel/message.js'
import type { DraftChoice, Place, Said } from '../kernel/module.js'
import { readChoice, readSmallNumber } from '../kernel/number-words.js'
import { latestOffer, type Offered, offerByToken, offerOfMessage, take, talkedSince } from './offers.js'
import { findQuoted, type QuotedRow } from './quoted.js'

/** Choices older than this are asked about, not taken, when other things were said since. */
const FRESH_MS = 30 * 60_000

/** How a message reads after buttons, numbers, labels and quotes were resolved. */
export type Resolved =
  | { readonly kind: 'said'; readonly said: Said }
  /** A button that is no longer good, or never was ours. */
  | { readonly kind: 'expired' }
  /** A bare number that would do once more what was done already. */
  | { readonly kind: 'repeated'; readonly label: string }
  /** A bare number long after the choices were shown: which did they mean? */
  | { readonly kind: 'late'; readonly offer: Offered }

/** What is being read: a message, where it was said, and the row that holds it. */
export interface Heard {
  readonly message: IncomingMessage
  readonly place: Place
  readonly inboxId: number
  readonly now: Date
}

export async function resolveSaid(sql: Sql, heard: Heard): Promise<Resolved> {
  const { message, place, now } = heard
  const { event } = message
  switch (event.kind) {
    case 'button': {
      const [, token, index] = /^([\w-]+):(\d{1,2})$/.exec(event.data) ?? []
      const offer = token ? await offerByToken(sql, token) : null
      const good = offer && offer.expiresAt > now && offer.channel === place.channel
      if (!good || offer.conversation !== place.conversation) return { kind: 'expired' }
      return chosen(sql, offer, Number(index))
    }
    case 'text': {
      const addressed = event.addressed || message.isPrivate
      const original = event.quoted ? await findQuoted(sql, place, event.quoted) : null
      const quoted = event.quoted ? { subject: original?.subject ?? null, text: event.quoted.text ?? null } : null
      const picked = await numberedChoice(sql, heard, event.text, event.quoted ? { original } : null)
      if (picked) return picked
      return {
        kind: 'said',
        said: { kind: 'text', text: event.text.trim(), attachments: event.attachments, quoted, addressed },
      }
    }
    case 'edited': {
      const originalInboxId = message.messageId ? await originalOf(sql, message, message.messageId) : null
      return { kind: 'said', said: { kind: 'edited', text: event.text.trim(), originalInboxId } }
    }
    default:
      return { kind: 'said', said: { kind: 'event', event: event.kind } }
  }
}

async function chosen(sql: Sql, offer: Offered, index: number): Promise<Resolved> {
  const option: DraftChoice | undefined = offer.options[index]
  if (!option) return { kind: 'expired' }
  await take(sql, offer, index)
  return { kind: 'said', said: { kind: 'choice', command: option.command, input: option.input } }
}

/** The row of the message that was changed; the edit itself names the same message. */
async function originalOf(sql: Sql, message: IncomingMessage, messageId: string): Promise<number | null> {
  const row = await sql.row<{ id: number }>(
    `SELECT id FROM "InboxMessage"
     WHERE channel = ? AND conversation = ? AND "messageId" = ? AND "externalId" <> ? ORDER BY id LIMIT 1`,
    [message.channel, message.conversation, messageId, message.externalId],
  )
  return row?.id ?? null
}

/**
 * A number or label that picks from what the bot offered: in private the latest offer, in a group only the quoted
 * one, since a bare number among many people means nothing.
 */
async function numberedChoice(
  sql: Sql,
  { place, inboxId, now }: Heard,
  text: string,
  quote: { readonly original: QuotedRow | null } | null,
): Promise<Resolved | null> {
  if (text.length > 20 || (place.kind !== 'private' && !quote)) return null
  const offer = quote
    ? quote.original && (await offerOfMessage(sql, quote.original.key))
    : await latestOffer(sql, place)
  if (!offer || offer.expiresAt <= now) return null
  const index = readChoice(
    text,
    offer.options.map((option) => option.label),
  )
  const option = index === null ? undefined : offer.options[index]
  if (index === null || !option) return null
  if (quote) return chosen(sql, offer, index)
  if (await asked(sql, place, offer.createdAt, now)) return null
  const old = now.getTime() - offer.createdAt.getTime() > FRESH_MS && (await talkedSince(sql, offer, inboxId))
  if (!old && !offer.taken.has(index)) return chosen(sql, offer, index)
  // A label may be plain words by now, and a question still open wants the number: both are read as they stand.
  if (readSmallNumber(text) === null || (await asked(sql, place, new Date(0), now))) return null
  return offer.taken.has(index) ? { kind: 'repeated', label: option.label } : { kind: 'late', offer }
}

/** Whether a question asked after `since` still waits: then a bare number answers the question. */
async function asked(sql: Sql, { channel, conversation }: Place, since: Date, now: Date): Promise<boolean> {
  const row = await sql.row(
    'SELECT 1 AS one FROM "PendingQuestion" WHERE channel = ? AND conversation = ? AND "createdAt" > ? AND "expiresAt" > ? LIMIT 1',
    [channel, conversation, since, now],
  )
  return row !== null
}
