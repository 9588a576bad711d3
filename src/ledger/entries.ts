import { createHash, randomBytes } from 'node:crypto'
import type { Tx } from '../db/transaction.js'
import type { Cause, DomainEvent } from '../kernel/module.js'

/** Hash of the empty chain. */
export const GENESIS = '0'.repeat(64)

/** The parts of an entry that the chain seals. `at` is ISO 8601 in UTC. */
export interface SealedEntry {
  readonly communityId: number
  readonly seq: number
  readonly page: string
  readonly type: string
  readonly subject: string
  readonly gridId: number | null
  readonly householdId: number | null
  readonly workerId: number | null
  readonly actor: string
  readonly contentHash: string
  readonly inboxId: number | null
  readonly correctsSeq: number | null
  readonly at: string
  readonly prevHash: string
}

/** JSON with sorted keys: the same content always gives the same bytes, whatever a database did to the order. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** SHA-256 over the canonical form, in hexadecimal. */
export const sealOf = (entry: SealedEntry): string => sha256(canonicalJson(entry))

/** Seal of an entry's words, salted: whoever erases the salt with the words leaves nothing to guess from. */
export const contentSeal = (salt: string, text: string, data: unknown): string =>
  sha256(canonicalJson({ salt, text, data }))

/**
 * Appends the events that have a page to their communities' chains, in order, inside the turn's transaction. Each entry
 * carries the hash of the one before it, so that a changed, missing or reordered row shows.
 */
export async function appendEntries(tx: Tx, events: readonly DomainEvent[], cause: Cause): Promise<void> {
  for (const event of events) {
    if (event.page === null) continue
    const head = await tx.ledgerHead.findUnique({ where: { communityId: event.communityId } })
    const salt = randomBytes(16).toString('hex')
    const data = JSON.parse(JSON.stringify(event.data)) as object
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
    await tx.ledgerEntry.create({ data: { ...entry, text: event.text, data, salt, at: cause.now, hash } })
    await tx.ledgerHead.upsert({
      where: { communityId: event.communityId },
      create: { communityId: event.communityId, seq: entry.seq, hash },
      update: { seq: entry.seq, hash },
    })
  }
}
