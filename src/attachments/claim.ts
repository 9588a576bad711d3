import type { Database } from '../db/client.js'

/** An attachment whose bytes are wanted. */
export interface Wanted {
  readonly id: number
  readonly channel: string
  readonly reference: string
  readonly subject: string
  readonly createdAt: unknown
  readonly attempts: number
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

/** Attachments that may be fetched now from one of these channels, the oldest first; ids in `without` are left out. */
export async function dueAttachments(
  db: Database,
  channels: readonly string[],
  now: Date,
  without: readonly number[],
  most: number,
): Promise<Wanted[]> {
  if (channels.length === 0) return []
  const others = without.length > 0 ? ` AND id NOT IN (${marks(without)})` : ''
  return db.sql.rows<Wanted>(
    `SELECT id, channel, reference, subject, "createdAt", attempts FROM "Attachment"
     WHERE status = 'waiting' AND ("notBefore" IS NULL OR "notBefore" <= ?) AND channel IN (${marks(channels)})${others}
     ORDER BY id LIMIT ?`,
    [now, ...channels, ...without, most],
  )
}

/** Marks one as being fetched; null when it is not waiting any more. */
export const claim = (db: Database, id: number): Promise<Wanted | null> =>
  db.turn((sql) =>
    sql.row<Wanted>(
      `UPDATE "Attachment" SET status = 'fetching', attempts = attempts + 1 WHERE id = ? AND status = 'waiting'
       RETURNING id, channel, reference, subject, "createdAt", attempts`,
      [id],
    ),
  )

/** Puts back in line what was being fetched when the process died; `underWay` is what this one is fetching. */
export async function settleInterrupted(db: Database, underWay: readonly number[]): Promise<void> {
  const kept = underWay.length > 0 ? ` AND id NOT IN (${marks(underWay)})` : ''
  const where = `status = 'fetching'${kept}`
  if (!(await db.sql.row(`SELECT 1 AS one FROM "Attachment" WHERE ${where} LIMIT 1`, underWay))) return
  await db.turn((sql) => sql.run(`UPDATE "Attachment" SET status = 'waiting' WHERE ${where}`, underWay))
}

/** The content that the same reference brought before, if it is kept: nothing is fetched twice. */
export async function keptBefore(db: Database, { channel, reference }: Wanted): Promise<string | null> {
  const row = await db.sql.row<{ sha256: string }>(
    `SELECT sha256 FROM "Attachment" WHERE channel = ? AND reference = ? AND status = 'kept' AND sha256 IS NOT NULL LIMIT 1`,
    [channel, reference],
  )
  return row?.sha256 ?? null
}

/** How many attachments of the same message stand before this one. */
export async function countBefore(db: Database, { id, subject, createdAt }: Wanted): Promise<number> {
  const row = await db.sql.row<{ count: unknown }>(
    `SELECT COUNT(*) AS count FROM "Attachment" WHERE subject = ? AND "createdAt" = ? AND id < ?`,
    [subject, createdAt as number | Date, id],
  )
  return Number(row?.count ?? 0)
}

/** Bytes of all that is kept. */
export async function bytesKept(db: Database): Promise<number> {
  const row = await db.sql.row<{ bytes: unknown }>('SELECT SUM(bytes) AS bytes FROM "KeptFile"')
  return Number(row?.bytes ?? 0)
}
