import { randomBytes } from 'node:crypto'
import { sqlOf } from '../db/sql.js'
import type { Sql, Tx } from '../db/transaction.js'
import type { Cause, DomainEvent } from '../kernel/module.js'
import { countEntries } from './rollups.js'
import { canonicalJson, contentSeal, GENESIS, type SealedEntry, sealOf } from './seal.js'
import { indexEntry, indexSubject } from './search/write.js'

/**
 * Appends the events that have a page to their communities' chains, in order, inside the turn's transaction. Each entry
 * carries the hash of the one before it, so that a changed, missing or reordered row shows. Search and counts move with
 * it: they are never behind the ledger.
 */
export async function appendEntries(tx: Tx, events: readonly DomainEvent[], cause: Cause): Promise<void> {
  const sql = sqlOf(tx)
  for (const event of events) {
    await indexSubject(tx, event.subject)
    if (event.page === null) continue
    const head = await sql.row<{ seq: number; hash: string }>(
      'SELECT seq, hash FROM "LedgerHead" WHERE "communityId" = ?',
      [event.communityId],
    )
    const salt = randomBytes(16).toString('hex')
    // Stored in canonical order, so that a verification can hash the stored text as it is.
    const data = JSON.parse(canonicalJson(event.data)) as object
    const entry: SealedEntry = {
      communityId: event.communityId,
      seq: (head?.seq ?? 0) + 1,
      page: event.page,
      type: event.type,
      subject: event.subject,
      gridId: event.gridId ?? null,
      householdId: event.householdId ?? null,
      workerId: event.workerId ?? null,
      actor: cause.actor,
      contentHash: contentSeal(salt, event.text, data),
      inboxId: cause.inboxId,
      correctsSeq: event.correctsSeq ?? null,
      at: cause.now.toISOString(),
      prevHash: head?.hash ?? GENESIS,
    }
    const hash = sealOf(entry)
    const row = { ...entry, text: event.text, data, salt, at: cause.now, hash }
    const id = await insertEntry(sql, row)
    await sql.run(
      `INSERT INTO "LedgerHead" ("communityId", seq, hash) VALUES (?, ?, ?)
       ON CONFLICT ("communityId") DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
      [event.communityId, entry.seq, hash],
    )
    await indexEntry(tx, { ...row, id })
    await countEntries(tx, [row])
  }
}

type Row = Omit<SealedEntry, 'at'> & {
  readonly text: string
  readonly data: object
  readonly salt: string
  readonly at: Date
  readonly hash: string
}

async function insertEntry(sql: Sql, row: Row): Promise<number> {
  const made = await sql.row<{ id: number }>(
    `INSERT INTO "LedgerEntry" ("communityId", seq, page, type, subject, "gridId", "householdId", "workerId", actor, text,
       data, "inboxId", "correctsSeq", at, "contentHash", salt, "prevHash", hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${sql.json}, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    [
      ...[row.communityId, row.seq, row.page, row.type, row.subject, row.gridId, row.householdId, row.workerId],
      ...[row.actor, row.text, JSON.stringify(row.data), row.inboxId, row.correctsSeq, row.at],
      ...[row.contentHash, row.salt, row.prevHash, row.hash],
    ],
  )
  if (!made) throw new Error('the entry was not stored')
  return made.id
}
