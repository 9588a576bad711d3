import { z } from 'zod'
import type { Reader } from '../../db/transaction.js'
import { ERASED_TEXT } from '../erase.js'
import { canonicalJson } from '../seal.js'
import { type Found, WORDS } from './faults.js'

const erasedData = z.object({ seqs: z.array(z.number()) })
const BATCH = 500

/** Words may only be gone where an entry says so, and nothing may stand in their place. */
export async function checkErasures(
  read: Reader,
  communityId: number,
  erased: readonly number[],
  found: Found,
): Promise<void> {
  if (erased.length === 0) return
  const named = new Set<number>()
  const records = await read.ledgerEntry.findMany({
    where: { communityId, page: 'ledger', type: { in: ['ledger.erased', 'ledger.forgotten'] } },
    select: { data: true },
  })
  for (const record of records) for (const seq of erasedData.safeParse(record.data).data?.seqs ?? []) named.add(seq)
  for (let start = 0; start < erased.length; start += BATCH) {
    const rows = await read.ledgerEntry.findMany({
      where: { communityId, seq: { in: erased.slice(start, start + BATCH) } },
      orderBy: { seq: 'asc' },
      select: { seq: true, text: true, data: true, salt: true },
    })
    for (const row of rows) {
      if (!named.has(row.seq)) found('erased', row.seq, WORDS.erasedUnnamed(row.seq))
      else if (row.text !== ERASED_TEXT || canonicalJson(row.data) !== '{}' || row.salt !== null)
        found('erased', row.seq, WORDS.erasedRefilled(row.seq))
    }
  }
}
