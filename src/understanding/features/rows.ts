/** Slots to look features up in, with room to spare so that a look ends after one or two. */
const SLOTS = 1 << 18
const MASK = SLOTS - 1
/** Most n-grams of a message are among the commonest few thousand: a small table for them stays near the processor. */
const NEAR_SLOTS = 1 << 14
const NEAR_MASK = NEAR_SLOTS - 1
/** A slot holds a row, plus one, in its low bits and the rest of the hash above; 0 is a free one. */
const ROW_BITS = 17
const ROW_MASK = (1 << ROW_BITS) - 1

/** The most features the tables of weights may have. */
export const MOST_ROWS = 130_000

/**
 * Which feature has which row in the tables of weights. Most n-grams of a new message were never learnt: here they are
 * told apart from the others, by all 32 bits of their hash.
 */
export class FeatureRows {
  private readonly slots = new Int32Array(SLOTS)
  private readonly near = new Int32Array(NEAR_SLOTS)

  /** @param hashes of the features in the order of their rows, the commonest first */
  constructor(readonly hashes: Int32Array) {
    if (hashes.length > MOST_ROWS) throw new Error(`${hashes.length} features are more than ${MOST_ROWS}`)
    hashes.forEach((hash, row) => {
      let at = hash & MASK
      while (this.slots[at] !== 0) at = (at + 1) & MASK
      this.slots[at] = (hash & ~ROW_MASK) | (row + 1)
      if (this.near[hash & NEAR_MASK] === 0) this.near[hash & NEAR_MASK] = this.slots[at] as number
    })
  }

  /** The row of a feature, or -1 where it has none. */
  find(hash: number): number {
    const near = this.near[hash & NEAR_MASK] as number
    if (((near ^ hash) & ~ROW_MASK) === 0 && near !== 0) return (near & ROW_MASK) - 1
    const { slots } = this
    for (let at = hash & MASK; ; at = (at + 1) & MASK) {
      const slot = slots[at] as number
      if (slot === 0) return -1
      if (((slot ^ hash) & ~ROW_MASK) === 0) return (slot & ROW_MASK) - 1
    }
  }
}
