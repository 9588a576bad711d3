import type Database from 'libsql'
import pg from 'pg'
import type { Lane } from './lane.js'

/** One row to accept. `payload` is JSON text; `receivedAt` ms since 1970. */
export interface InboxRow {
  readonly channel: string
  readonly externalId: string
  readonly conversation: string
  readonly messageId: string | null
  readonly payload: string
  readonly receivedAt: number
}

export interface InboxWriter {
  /**
   * Stores the rows; resolves when they are on the disk. Rows that arrive while a commit waits or runs share the next
   * one, so the cost of a commit is spread over all of them. A row whose (channel, externalId) is known changes nothing.
   */
  accept(rows: readonly InboxRow[]): Promise<void>
  /** Rows stored since the start, redeliveries not counted: the accounting check compares it with the table. */
  stored(): number
}

/** Inserts rows in one transaction; called inside the writer lane. Answers how many were new. */
export interface InboxStore {
  insert(rows: readonly InboxRow[]): Promise<number> | number
  close(): Promise<void>
}

export function createInboxWriter(store: InboxStore, lane: Lane): InboxWriter {
  let waiting: InboxRow[] = []
  let commit: Promise<void> | undefined
  let stored = 0

  return {
    accept(rows) {
      for (const row of rows) waiting.push(row)
      // setImmediate lets all requests that this turn of the event loop reads join the commit.
      commit ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() =>
        lane.run(async () => {
          const batch = waiting
          waiting = []
          commit = undefined
          stored += await store.insert(batch)
        }, true),
      )
      return commit
    },
    stored: () => stored,
  }
}

export function sqliteInboxStore(db: Database.Database): InboxStore {
  let insert: Database.Statement | undefined
  return {
    insert(rows) {
      insert ??= db.prepare(
        `INSERT INTO "InboxMessage" (channel, externalId, conversation, messageId, payload, receivedAt, status, attempts)
         VALUES (?, ?, ?, ?, ?, ?, 'received', 0) ON CONFLICT (channel, externalId) DO NOTHING`,
      )
      db.exec('BEGIN IMMEDIATE')
      try {
        let added = 0
        for (const row of rows)
          added += insert.run([
            row.channel,
            row.externalId,
            row.conversation,
            row.messageId,
            row.payload,
            row.receivedAt,
          ]).changes
        db.exec('COMMIT')
        return added
      } catch (error) {
        db.exec('ROLLBACK')
        throw error
      }
    },
    close: async () => undefined,
  }
}

export function postgresInboxStore(url: string): InboxStore {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  return {
    insert: async (rows) => {
      const column = (pick: (row: InboxRow) => string | number | null) => rows.map(pick)
      const result = await pool.query(
        `INSERT INTO "InboxMessage" (channel, "externalId", conversation, "messageId", payload, "receivedAt", status, attempts)
         SELECT c, e, v, m, p::jsonb, to_timestamp(t / 1000.0) AT TIME ZONE 'UTC', 'received', 0
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[])
              WITH ORDINALITY AS r(c, e, v, m, p, t, n) ORDER BY n
         ON CONFLICT (channel, "externalId") DO NOTHING`,
        [
          column((r) => r.channel),
          column((r) => r.externalId),
          column((r) => r.conversation),
          column((r) => r.messageId),
          column((r) => r.payload),
          column((r) => r.receivedAt),
        ],
      )
      return result.rowCount ?? 0
    },
    close: () => pool.end(),
  }
}
