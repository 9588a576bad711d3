import { readDate, readJson } from '../db/sql.js'
import type { Sql } from '../db/transaction.js'
import type { DraftChoice, Place } from '../kernel/module.js'

/** Choices shown with one message. */
export interface Offered {
  readonly id: number
  readonly outboxKey: string
  readonly channel: string
  readonly conversation: string
  readonly options: readonly DraftChoice[]
  readonly createdAt: Date
  readonly expiresAt: Date
  /** Options that were taken, by index. */
  readonly taken: ReadonlySet<number>
}

interface OfferRow {
  readonly id: number
  readonly outboxKey: string
  readonly channel: string
  readonly conversation: string
  readonly options: unknown
  readonly createdAt: unknown
  readonly expiresAt: unknown
  readonly taken: string
}

const SELECT = 'SELECT id, "outboxKey", channel, conversation, options, "createdAt", "expiresAt", taken FROM "Offer"'

const offered = (row: OfferRow | null): Offered | null =>
  row && {
    ...row,
    options: readJson(row.options) as DraftChoice[],
    createdAt: readDate(row.createdAt),
    expiresAt: readDate(row.expiresAt),
    taken: new Set(row.taken.split(' ').filter(Boolean).map(Number)),
  }

export const offerByToken = async (sql: Sql, token: string): Promise<Offered | null> =>
  offered(await sql.row(`${SELECT} WHERE token = ?`, [token]))

/** The choices under a message of ours. */
export const offerOfMessage = async (sql: Sql, outboxKey: string): Promise<Offered | null> =>
  offered(await sql.row(`${SELECT} WHERE "outboxKey" = ? ORDER BY id DESC LIMIT 1`, [outboxKey]))

export const latestOffer = async (sql: Sql, { channel, conversation }: Place): Promise<Offered | null> =>
  offered(
    await sql.row(`${SELECT} WHERE channel = ? AND conversation = ? ORDER BY id DESC LIMIT 1`, [channel, conversation]),
  )

/** Notes that an option was taken. */
export async function take(sql: Sql, offer: Offered, index: number): Promise<void> {
  if (offer.taken.has(index)) return
  await sql.run('UPDATE "Offer" SET taken = ? WHERE id = ?', [[...offer.taken, index].join(' '), offer.id])
}

/** Whether anybody said anything in the conversation after the choices were shown, besides the message at hand. */
export async function talkedSince(sql: Sql, offer: Offered, inboxId: number): Promise<boolean> {
  const here = [offer.channel, offer.conversation, offer.createdAt] as const
  const said = await sql.row(
    'SELECT 1 AS one FROM "InboxMessage" WHERE channel = ? AND conversation = ? AND "receivedAt" > ? AND id < ? LIMIT 1',
    [...here, inboxId],
  )
  if (said) return true
  const answered = await sql.row(
    'SELECT 1 AS one FROM "OutboxMessage" WHERE channel = ? AND conversation = ? AND "createdAt" > ? LIMIT 1',
    here,
  )
  return answered !== null
}
