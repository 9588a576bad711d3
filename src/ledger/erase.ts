import type { Tx } from '../db/transaction.js'
import { noteErasure, reindexEntry } from './search/write.js'

/** Stands in an entry whose words were erased. */
export const ERASED_TEXT = '（内容已按本人要求删除）'

/**
 * Erases the words of entries for good: text, data and the salt without which nobody can guess them back from the seal.
 * The chain still holds, since it covers the seal of the words, not the words. An entry that names `seqs` must be appended
 * in the same transaction (ledger.erased or ledger.forgotten), else a verification reports them. Answers those that were
 * erased now.
 */
export async function eraseEntries(tx: Tx, communityId: number, seqs: readonly number[], now: Date): Promise<number[]> {
  const rows = await tx.ledgerEntry.findMany({
    where: { communityId, seq: { in: [...seqs] }, erasedAt: null },
    orderBy: { seq: 'asc' },
  })
  for (const row of rows) {
    const gone = { text: ERASED_TEXT, data: {}, salt: null, erasedAt: now }
    await tx.ledgerEntry.update({ where: { id: row.id }, data: gone })
    await reindexEntry(tx, { ...row, ...gone })
  }
  if (rows.length > 0) await noteErasure(tx)
  return rows.map((row) => row.seq)
}
