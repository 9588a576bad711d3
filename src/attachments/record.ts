import type { Database } from '../db/client.js'
import type { Tx } from '../db/transaction.js'
import { carryOut } from '../engine/decision.js'
import { type Examined, kindOfType } from '../files/index.js'
import type { Cause, DomainEvent, Module } from '../kernel/module.js'
import { ownerOf } from '../ledger/subjects.js'
import type { Wanted } from './claim.js'
import type { Refusal } from './policy.js'
import { keptText, refusedText } from './texts.js'

export interface RecordDependencies {
  readonly db: Database
  readonly modules: readonly Module[]
}

const ACTOR = 'job:attachments'
const causeAt = (now: Date): Cause => ({ now, inboxId: null, actor: ACTOR })

interface Row {
  readonly id: number
  readonly subject: string
  readonly createdAt: Date
}

/** Attachments of this reference that still wait for their bytes: those of other messages get them too. */
const waiting = (tx: Tx, { channel, reference }: Wanted): Promise<Row[]> =>
  tx.attachment.findMany({
    where: { channel, reference, status: { in: ['waiting', 'fetching'] } },
    orderBy: { id: 'asc' },
    select: { id: true, subject: true, createdAt: true },
  })

/** Writes that the bytes are kept, with an entry in the ledger for each attachment that they are of. */
export async function recordKept(
  { db, modules }: RecordDependencies,
  wanted: Wanted,
  file: Examined & { readonly kind: NonNullable<Examined['kind']> },
  now: Date,
): Promise<void> {
  const { sha256, bytes, kind } = file
  await db.write(async (tx) => {
    await tx.keptFile.upsert({
      where: { sha256 },
      create: { sha256, type: kind.type, bytes, keptAt: now },
      update: {},
    })
    const text = keptText(kind, bytes, sha256)
    const events = await eventsOf(tx, await waiting(tx, wanted), 'attachment.kept', text, {
      sha256,
      type: kind.type,
      bytes,
    })
    await carryOut(tx, modules, { events, drafts: [] }, causeAt(now), null)
  })
}

/** The same with bytes that are there already. */
export async function recordKnown(
  deps: RecordDependencies,
  wanted: Wanted,
  sha256: string,
  now: Date,
): Promise<boolean> {
  const known = await deps.db.read.keptFile.findUnique({ where: { sha256 } })
  const kind = known && kindOfType(known.type)
  if (!kind) return false
  await recordKept(deps, wanted, { sha256, bytes: known.bytes, kind }, now)
  return true
}

/** Puts an attachment back in line. */
export const recordAgain = (db: Database, id: number, reason: string, notBefore: Date): Promise<number> =>
  db.turn((sql) =>
    sql.run(
      `UPDATE "Attachment" SET status = 'waiting', reason = ?, "notBefore" = ? WHERE id = ? AND status = 'fetching'`,
      [reason, notBefore, id],
    ),
  )

/** Writes that the bytes will not be kept, and why. */
export async function recordRefused(
  { db, modules }: RecordDependencies,
  wanted: Wanted,
  reason: Refusal,
  now: Date,
): Promise<void> {
  await db.write(async (tx) => {
    const row = await tx.attachment.findFirst({ where: { id: wanted.id, status: 'fetching' } })
    if (!row) return
    const events = await eventsOf(tx, [row], 'attachment.refused', refusedText(reason), {
      reason,
      at: row.createdAt.toISOString(),
    })
    await carryOut(tx, modules, { events, drafts: [] }, causeAt(now), null)
  })
}

/** An event for each attachment; those whose request or visit is gone are taken out of line without one. */
async function eventsOf(
  tx: Tx,
  rows: readonly Row[],
  type: string,
  text: string,
  data: object,
): Promise<DomainEvent[]> {
  const events: DomainEvent[] = []
  for (const { id, subject } of rows) {
    const owner = await ownerOf(tx, subject)
    if (!owner) await tx.attachment.delete({ where: { id } })
    else {
      const { handlerId: _, ...about } = owner
      events.push({ ...about, type, subject, text, data: { id, ...data } })
    }
  }
  return events
}
