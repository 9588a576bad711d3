/** How many rows of weights the features are hashed into. */
export const BUCKETS = 1 << 17
const MASK = BUCKETS - 1
const MOST_CHARACTERS = 320
const MOST_FEATURES = 2048

function mix(hash: number, code: number): number {
  const next = Math.imul(hash ^ code, 0x01000193)
  return Math.imul(next ^ (next >>> 13), 0x5bd1e995)
}

function rowOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return (mixed ^ (mixed >>> 15)) & MASK
}

const names: string[] = []
const rows: number[] = []

/** Registers a named feature once, at start; answers with its code for FeatureBag.add. */
export function named(name: string): number {
  let hash = 0x9e3779b9
  for (let i = 0; i < name.length; i++) hash = mix(hash, name.charCodeAt(i))
  rows.push(rowOf(hash))
  return names.push(name) - 1
}

/**
 * The features of one message: rows of the weight table, and where in the text each came from.
 * One bag is used again and again so that reading a message allocates next to nothing.
 */
export class FeatureBag {
  readonly rows = new Int32Array(MOST_FEATURES)
  /** Where the n-gram starts in ^text$, or -1 - the code of the named feature. */
  readonly origins = new Int32Array(MOST_FEATURES)
  readonly lengths = new Uint8Array(MOST_FEATURES)
  /** Features in all; of these the first `grams` are n-grams. */
  size = 0
  grams = 0

  reset(): void {
    this.size = 0
    this.grams = 0
  }

  private put(row: number, origin: number, length: number): void {
    if (this.size >= MOST_FEATURES) return
    this.rows[this.size] = row
    this.origins[this.size] = origin
    this.lengths[this.size] = length
    this.size++
  }

  /** Adds all n-grams of one to four characters; ^ and $ mark the ends. */
  addGrams(shaped: string): void {
    const text = `^${shaped.length > MOST_CHARACTERS ? shaped.slice(0, MOST_CHARACTERS) : shaped}$`
    for (let i = 0; i < text.length; i++) {
      let hash = 0x811c9dc5
      const most = Math.min(3, text.length - i)
      for (let n = 1; n <= most; n++) {
        hash = mix(hash, text.charCodeAt(i + n - 1))
        this.put(rowOf(hash ^ n), i, n)
      }
    }
    this.grams = this.size
  }

  /** Adds a feature registered with `named`. */
  add(code: number): void {
    this.put(rows[code] as number, -1 - code, 0)
  }

  /** The words of one feature, for people. */
  nameOf(feature: number, shaped: string): { readonly text: string; readonly isGram: boolean } {
    const origin = this.origins[feature] as number
    if (origin < 0) return { text: names[-1 - origin] ?? '', isGram: false }
    return { text: `^${shaped}$`.slice(origin, origin + (this.lengths[feature] as number)), isGram: true }
  }
}
