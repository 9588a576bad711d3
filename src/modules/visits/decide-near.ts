import type { Address } from '../../kernel/intent.js'
import type { HouseholdRow } from './types.js'

/** Slips of the finger that turn one word into another. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    row = next
  }
  return row[b.length] ?? 0
}

const cost = (wanted: Address, row: HouseholdRow): number =>
  (wanted.building === null ? 0 : 3 * distance(wanted.building, row.building)) +
  (wanted.unit === null ? 0 : 2 * distance(wanted.unit, row.unit)) +
  (wanted.room === null ? 0 : 2 * distance(wanted.room, row.room))

/** Households an address that does not exist may have meant, the likeliest first; the worker's own before others. */
export function nearest(
  wanted: Address,
  candidates: readonly HouseholdRow[],
  ownGrids: readonly number[],
  limit = 4,
): HouseholdRow[] {
  return candidates
    .map((row) => ({ row, cost: cost(wanted, row) + (ownGrids.includes(row.gridId) ? 0 : 1) }))
    .filter((one) => one.cost <= 6)
    .sort((a, b) => a.cost - b.cost || a.row.id - b.row.id)
    .slice(0, limit)
    .map((one) => one.row)
}
