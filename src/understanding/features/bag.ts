/** How many rows of weights the features are hashed into. */
export const BUCKETS = 1 << 17
const MASK = BUCKETS - 1
const MOST_CHARACTERS = 320
const MOST_FEATURES = 2048

/**
 * The features of one message: rows of the weight table, each once, and where in the text each came from.
 * One bag is used again and again so that reading a message allocates next to nothing.
 */
export class FeatureBag {
  readonly rows = new Int32Array(MOST_FEATURES)
  /** Start of the n-gram in the shaped text, or -1 - the index of the named feature. */
  readonly origins = new Int32Array(MOST_FEATURES)
  readonly lengths = new Uint8Array(MOST_FEATURES)
  /** Features in all; of these the first `grams` are n-grams. */
  size = 0
  grams = 0
  names: string[] = []
  private readonly seen = new Int32Array(BUCKETS)
  private turn = 0

  reset(): void {
    this.size = 0
    this.grams = 0
    this.names = []
    this.turn++
  }

  private put(hash: number, origin: number, length: number): void {
    let mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
    mixed ^= mixed >>> 15
    const row = mixed & MASK
    if (this.seen[row] === this.turn || this.size >= MOST_FEATURES) return
    this.seen[row] = this.turn
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
      const most = Math.min(4, text.length - i)
      for (let n = 1; n <= most; n++) {
        hash = Math.imul(hash ^ text.charCodeAt(i + n - 1), 0x01000193)
        hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995)
        this.put(hash ^ n, i - 1, n)
      }
    }
    this.grams = this.size
  }

  /** Adds a feature by its name. */
  addNamed(name: string): void {
    let hash = 0x9e3779b9
    for (let i = 0; i < name.length; i++) {
      hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
      hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995)
    }
    const before = this.size
    this.put(hash, -1 - this.names.length, 0)
    if (this.size > before) this.names.push(name)
  }
}
