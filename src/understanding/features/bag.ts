import type { FeatureRows } from './rows.js'

const LONGEST_GRAM = 2
const MOST_FEATURES = 2048

function mix(hash: number, code: number): number {
  const next = Math.imul(hash ^ code, 0x01000193)
  return Math.imul(next ^ (next >>> 13), 0x5bd1e995)
}

/** The name of a feature as a number of 32 bits. */
function finish(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return mixed ^ (mixed >>> 15)
}

const names: string[] = []
const hashes: number[] = []

/** Registers a named feature once, at start; answers with its code for FeatureBag.add. */
export function named(name: string): number {
  let hash = 0x9e3779b9
  for (let i = 0; i < name.length; i++) hash = mix(hash, name.charCodeAt(i))
  hashes.push(finish(hash))
  return names.push(name) - 1
}

/**
 * The features of one message: their rows in the table of weights (or, for learning, their hashes), and where in the
 * text each came from.
 * One bag is used again and again so that reading a message allocates next to nothing.
 */
export class FeatureBag {
  readonly rows = new Int32Array(MOST_FEATURES)
  /** Four times where the n-gram starts in ^text$ and its length on top, or -1 - the code of the named feature. */
  readonly origins = new Int32Array(MOST_FEATURES)
  /** Features in all; of these the first `grams` are n-grams. */
  size = 0
  grams = 0
  /** How many n-grams the text has, known or not. */
  gramsInText = 0
  private readonly namedRows: Int32Array

  /** @param learnt the features worth keeping; without it all are kept, by their hashes */
  constructor(private readonly learnt: FeatureRows | null = null) {
    this.namedRows = Int32Array.from(hashes, (hash) => (learnt === null ? hash : learnt.find(hash)))
  }

  reset(): void {
    this.size = 0
    this.grams = 0
    this.gramsInText = 0
  }

  /** Adds the n-grams of one and two characters of the first `length` codes. */
  addGrams(codes: Uint16Array, length: number): void {
    const { learnt, rows, origins } = this
    const end = Math.min(length, Math.floor(MOST_FEATURES / LONGEST_GRAM) - 64)
    let size = 0
    for (let i = 0; i < end; i++) {
      let hash = 0x811c9dc5
      const most = Math.min(LONGEST_GRAM, end - i)
      for (let n = 1; n <= most; n++) {
        hash = mix(hash, codes[i + n - 1] as number)
        const whole = finish(hash ^ n)
        const row = learnt === null ? whole : learnt.find(whole)
        if (row === -1 && learnt !== null) continue
        rows[size] = row
        origins[size++] = i * 4 + n
      }
    }
    this.size = size
    this.grams = size
    this.gramsInText = end < LONGEST_GRAM ? (end * (end + 1)) / 2 : end * LONGEST_GRAM - 1
  }

  /** Adds a feature registered with `named`. */
  add(code: number): void {
    const row = this.namedRows[code] as number
    if ((row === -1 && this.learnt !== null) || this.size >= MOST_FEATURES) return
    this.rows[this.size] = row
    this.origins[this.size++] = -1 - code
  }

  /** The words of one feature, for people. */
  nameOf(feature: number, shaped: string): { readonly text: string; readonly isGram: boolean } {
    const origin = this.origins[feature] as number
    if (origin < 0) return { text: names[-1 - origin] ?? '', isGram: false }
    const start = origin >> 2
    const end = start + (origin & 3)
    const text = shaped.slice(Math.max(0, start - 1), end - 1)
    return { text: `${start === 0 ? '^' : ''}${text}${end - 1 > shaped.length ? '$' : ''}`, isGram: true }
  }
}
