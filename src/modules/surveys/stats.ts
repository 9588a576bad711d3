/** An estimate with its 95 % interval, all of the same unit. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

const Z = 1.959964

/** Wilson's interval of a share; `n` may be an effective size that is no whole number. */
export function wilson(share: number, n: number): Estimate {
  if (n <= 0) return { value: share, low: 0, high: 1 }
  if (n === Infinity) return { value: share, low: share, high: share }
  const z2 = Z * Z
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  return { value: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/** Answers of one cell: of `size` eligible, `n` answered; `sum` and `squares` of what they gave. */
export interface CellSum {
  readonly size: number
  readonly n: number
  readonly sum: number
  readonly squares: number
}

const total = (cells: readonly CellSum[], pick: (cell: CellSum) => number): number =>
  cells.reduce((sum, cell) => sum + pick(cell), 0)

/**
 * Mean and its variance over cells. `weighted`: each cell counts by its size (a stratified draw); else all answers alike
 * (everybody was asked). Both with the finite-population correction: who has heard everybody needs no interval.
 */
function meanOf(cells: readonly CellSum[], weighted: boolean): { mean: number; variance: number } {
  const groups = weighted ? cells.filter((cell) => cell.n > 0) : [pooled(cells)]
  const sizes = total(groups, (cell) => cell.size)
  const all = pooled(groups)
  const spread = all.n > 1 ? Math.max(0, (all.squares - (all.sum * all.sum) / all.n) / (all.n - 1)) : 0
  let mean = 0
  let variance = 0
  for (const cell of groups) {
    if (cell.n === 0) continue
    const part = sizes > 0 ? cell.size / sizes : 1
    const own = cell.n > 1 ? Math.max(0, (cell.squares - (cell.sum * cell.sum) / cell.n) / (cell.n - 1)) : spread
    const unheard = cell.size > 0 ? Math.max(0, 1 - cell.n / cell.size) : 1
    mean += (part * cell.sum) / cell.n
    variance += (part * part * unheard * own) / cell.n
  }
  return { mean, variance }
}

const pooled = (cells: readonly CellSum[]): CellSum => ({
  size: total(cells, (cell) => cell.size),
  n: total(cells, (cell) => cell.n),
  sum: total(cells, (cell) => cell.sum),
  squares: total(cells, (cell) => cell.squares),
})

/** A share with Wilson's interval at the design's effective size. Null without answers. */
export function shareOf(cells: readonly CellSum[], weighted: boolean): Estimate | null {
  const { n, size } = pooled(cells)
  if (n === 0) return null
  const { mean, variance } = meanOf(cells, weighted)
  // Of a place of unknown size the answers are a small part; of a known one, those who are left matter.
  const corrected = size === 0 ? n : size > n ? (n * (size - 1)) / (size - n) : Number.POSITIVE_INFINITY
  // Where all say the same the variance is nought and tells nothing: then the number of answers must do.
  const effective = weighted && variance > 0 ? (mean * (1 - mean)) / variance : corrected
  return wilson(mean, effective)
}

/** A mean with a normal interval, kept within [low, high]. Null without answers. */
export function averageOf(cells: readonly CellSum[], weighted: boolean, low: number, high: number): Estimate | null {
  if (pooled(cells).n === 0) return null
  const { mean, variance } = meanOf(cells, weighted)
  const half = Z * Math.sqrt(variance)
  return { value: mean, low: Math.max(low, mean - half), high: Math.min(high, mean + half) }
}
