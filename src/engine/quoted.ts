import { readJson } from '../db/sql.js'
import type { Sql } from '../db/transaction.js'
import { storedMessageSchema } from '../kernel/message.js'
import type { Place } from '../kernel/module.js'

/** How far back a quote without an id is looked for, in messages of the conversation. */
const LOOK_BACK = 100
/** A shorter beginning fits too many messages. */
const LEAST_BEGINNING = 12

/** A message of ours that somebody quoted. */
export interface QuotedRow {
  readonly key: string
  readonly subject: string | null
}

/** The message of ours that is quoted: by its id, or by its words where a platform tells only those (WeChat). */
export async function findQuoted(
  sql: Sql,
  place: Place,
  quoted: { readonly externalId?: string | undefined; readonly text?: string | undefined },
): Promise<QuotedRow | null> {
  const { channel, conversation } = place
  if (quoted.externalId)
    return sql.row(
      'SELECT key, subject FROM "OutboxMessage" WHERE channel = ? AND conversation = ? AND "externalId" = ? LIMIT 1',
      [channel, conversation, quoted.externalId],
    )
  if (!quoted.text) return null
  const words = quoted.text
  const rows = await sql.rows<QuotedRow & { readonly payload: unknown }>(
    `SELECT key, subject, payload FROM "OutboxMessage" WHERE channel = ? AND conversation = ? AND status = ?
     ORDER BY id DESC LIMIT ?`,
    [channel, conversation, 'sent', LOOK_BACK],
  )
  return rows.find((row) => saysTheSame(storedMessageSchema.parse(readJson(row.payload)).text, words)) ?? null
}

/** A quote holds the mention before our words and the choices after them, or only their beginning. */
function saysTheSame(ours: string, quote: string): boolean {
  const own = bare(ours)
  const quoted = bare(quote)
  if (own === '' || quoted === '') return false
  if (quoted.includes(own)) return own.length >= LEAST_BEGINNING || quoted === own
  const beginning = bare(quote.replace(/^@\S+\s/, '').replace(/(?:…|\.{3})$/, ''))
  return beginning.length >= LEAST_BEGINNING && own.startsWith(beginning)
}

const bare = (text: string): string => text.replace(/\s/g, '')
