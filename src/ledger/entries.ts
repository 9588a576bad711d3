import { randomBytes } from 'node:crypto'
import type { Tx } from '../db/transaction.js'
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
  for (const event of events) {
    await indexSubject(tx, event.subject)
    if (event.page === null) continue
    const head = await tx.ledgerHead.findUnique({ where: { communityId: event.communityId } })
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
    const row = await tx.ledgerEntry.create({ data: { ...entry, text: event.text, data, salt, at: cause.now, hash } })
    await tx.ledgerHead.upsert({
      where: { communityId: event.communityId },
      create: { communityId: event.communityId, seq: entry.seq, hash },
      update: { seq: entry.seq, hash },
    })
    await indexEntry(tx, row)
    await countEntries(tx, [row])
  }
}
