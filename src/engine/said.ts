import type { Tx } from '../db/transaction.js'
import type { IncomingMessage } from '../kernel/message.js'
import type { Place, Said } from '../kernel/module.js'
import { readChoice } from '../kernel/number-words.js'
import { findQuoted, type QuotedRow } from './quoted.js'

interface StoredOption {
  readonly label: string
  readonly command: string
  readonly input: unknown
}

/** How a message reads after buttons, numbers, labels and quotes were resolved. */
export type Resolved =
  | { readonly kind: 'said'; readonly said: Said }
  /** A button that is no longer good, or never was ours. */
  | { readonly kind: 'expired' }

export async function resolveSaid(tx: Tx, message: IncomingMessage, place: Place, now: Date): Promise<Resolved> {
  const { event } = message
  switch (event.kind) {
    case 'button': {
      const [, token, index] = /^([\w-]+):(\d{1,2})$/.exec(event.data) ?? []
      const row = token ? await tx.offer.findUnique({ where: { token } }) : null
      const option = (row?.options as StoredOption[] | undefined)?.[Number(index)]
      const good =
        row && option && row.expiresAt > now && row.channel === place.channel && row.conversation === place.conversation
      return good ? choice(option) : { kind: 'expired' }
    }
    case 'text': {
      const addressed = event.addressed || message.isPrivate
      const original = event.quoted ? await findQuoted(tx, place, event.quoted) : null
      const quoted = event.quoted ? { subject: original?.subject ?? null, text: event.quoted.text ?? null } : null
      const picked = await numberedChoice(tx, place, event.text, event.quoted ? { original } : null, now)
      if (picked) return choice(picked)
      return {
        kind: 'said',
        said: { kind: 'text', text: event.text.trim(), attachments: event.attachments, quoted, addressed },
      }
    }
    case 'edited': {
      const original = message.messageId
        ? await tx.inboxMessage.findFirst({
            where: {
              channel: place.channel,
              conversation: place.conversation,
              messageId: message.messageId,
              // The edit itself names the same message.
              externalId: { not: message.externalId },
            },
            orderBy: { id: 'asc' },
            select: { id: true },
          })
        : null
      return { kind: 'said', said: { kind: 'edited', text: event.text.trim(), originalInboxId: original?.id ?? null } }
    }
    default:
      return { kind: 'said', said: { kind: 'event', event: event.kind } }
  }
}

const choice = (option: StoredOption): Resolved => ({
  kind: 'said',
  said: { kind: 'choice', command: option.command, input: option.input },
})

/**
 * A number or label that picks from what the bot offered: in private the latest offer, in a group only the quoted
 * one, since a bare number among many people means nothing.
 */
async function numberedChoice(
  tx: Tx,
  place: Place,
  text: string,
  quote: { readonly original: QuotedRow | null } | null,
  now: Date,
): Promise<StoredOption | null> {
  if (text.length > 20 || (place.kind !== 'private' && !quote)) return null
  const offer = quote ? quote.original && (await offerOf(tx, quote.original)) : await latestOffer(tx, place)
  if (!offer || offer.expiresAt <= now) return null
  if (!quote && (await laterQuestion(tx, place, offer.createdAt, now))) return null
  const options = offer.options as unknown as StoredOption[]
  const index = readChoice(
    text,
    options.map((option) => option.label),
  )
  return index === null ? null : (options[index] ?? null)
}

const offerOf = (tx: Tx, { key }: QuotedRow) =>
  tx.offer.findFirst({ where: { outboxKey: key }, orderBy: { id: 'desc' } })

/** A question asked after the choices were offered: a bare number answers the question. */
const laterQuestion = (tx: Tx, place: Place, since: Date, now: Date) =>
  tx.pendingQuestion.findFirst({
    where: {
      channel: place.channel,
      conversation: place.conversation,
      createdAt: { gt: since },
      expiresAt: { gt: now },
    },
    select: { id: true },
  })

const latestOffer = (tx: Tx, place: Place) =>
  tx.offer.findFirst({
    where: { channel: place.channel, conversation: place.conversation },
    orderBy: { id: 'desc' },
  })
