import type { Reader } from '../../db/transaction.js'
import { sealOf } from '../seal.js'
import { sealedOf } from './chain.js'

/** Every broken row is tried at every broken place; beyond this many it is enough to call them changed. */
const MAX_TRIED = 300

type Finding =
  | { readonly kind: 'changed'; readonly seq: number }
  | { readonly kind: 'reordered'; readonly seq: number; readonly was: number }

/** Tells rows that were moved from rows that were changed: a moved row's seal holds at the place it came from. */
export async function findReordered(read: Reader, communityId: number, places: readonly number[]): Promise<Finding[]> {
  const tried = new Set(places.slice(0, MAX_TRIED))
  const rows = await read.ledgerEntry.findMany({
    where: { communityId, seq: { in: [...tried] } },
    orderBy: { seq: 'asc' },
  })
  const findings: Finding[] = rows.map((row) => {
    const was = [...tried].find((seq) => seq !== row.seq && sealOf(sealedOf(row, seq)) === row.hash)
    return was === undefined ? { kind: 'changed', seq: row.seq } : { kind: 'reordered', seq: row.seq, was }
  })
  return [...findings, ...places.slice(MAX_TRIED).map((seq) => ({ kind: 'changed' as const, seq }))]
}
