import type { Database } from '../db/client.js'
import { readJson } from '../db/sql.js'

/** Most rows of a priority looked at at once. */
export const LOOK_AHEAD = 200

/** What decides whether a message may go now: read for many, so without its words. */
export interface DueRow {
  readonly id: number
  readonly conversation: string
  readonly accountId: number | null
}

export interface ClaimedRow extends DueRow {
  readonly payload: unknown
  readonly priority: string
  readonly attempts: number
  readonly fallback: unknown
}

/** Due rows: warnings, then answers, then pushes; within each by age. Conversations in `without` are left out. */
export async function dueRows(db: Database, channel: string, now: Date, without: readonly string[]): Promise<DueRow[]> {
  const others = without.length > 0 ? ` AND conversation NOT IN (${without.map(() => '?').join(', ')})` : ''
  const rows: DueRow[] = []
  for (const priority of ['urgent', 'reply', 'push']) {
    if (rows.length >= LOOK_AHEAD) break
    rows.push(
      ...(await db.sql.rows<DueRow>(
        `SELECT id, conversation, "accountId" FROM "OutboxMessage"
         WHERE channel = ? AND status = 'pending' AND priority = ? AND "notBefore" <= ?${others} ORDER BY id LIMIT ?`,
        [channel, priority, now, ...without, LOOK_AHEAD],
      )),
    )
  }
  return rows
}

/** Marks rows as being sent, in one transaction; answers those that were still waiting. */
export async function claim(db: Database, rows: readonly DueRow[], now: Date): Promise<ClaimedRow[]> {
  if (rows.length === 0) return []
  return db.turn(async (sql) => {
    const claimed: ClaimedRow[] = []
    for (const { id } of rows) {
      const row = await sql.row<ClaimedRow>(
        `UPDATE "OutboxMessage" SET status = 'sending', "claimedAt" = ?, attempts = attempts + 1
         WHERE id = ? AND status = 'pending'
         RETURNING id, conversation, "accountId", payload, priority, attempts, fallback`,
        [now, id],
      )
      if (row) claimed.push({ ...row, payload: readJson(row.payload), fallback: readJson(row.fallback) })
    }
    return claimed
  })
}

/**
 * A row that was claimed when the process died, or whose outcome could not be written for long, may or may not have been
 * sent. Answers and warnings are sent again: twice is better than never. Pushes are marked unknown, for an operator to
 * see. Rows in `underWay` are left alone, and with them all that were claimed at `before` or later. Answers how many.
 */
export async function settleInterrupted(
  db: Database,
  before: Date | null = null,
  underWay: readonly number[] = [],
): Promise<number> {
  const kept = underWay.length > 0 ? ` AND id NOT IN (${underWay.map(() => '?').join(', ')})` : ''
  const late = before ? ' AND "claimedAt" < ?' : ''
  const where = `status = 'sending'${kept}${late}`
  const values = [...underWay, ...(before ? [before] : [])]
  if (!(await db.sql.row(`SELECT 1 AS one FROM "OutboxMessage" WHERE ${where} LIMIT 1`, values))) return 0
  return db.turn(async (sql) => {
    const pushes = await sql.run(
      `UPDATE "OutboxMessage" SET status = 'unknown' WHERE ${where} AND priority = 'push'`,
      values,
    )
    return pushes + (await sql.run(`UPDATE "OutboxMessage" SET status = 'pending' WHERE ${where}`, values))
  })
}
