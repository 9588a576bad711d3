interface Entry {
  readonly word: string
  readonly value: number
}

/**
 * A prefix tree in flat arrays: the first character by a table, each further one by a hash of node and character.
 * Node 0 is none.
 */
export class WordTree {
  private readonly firsts = new Uint16Array(0x10000)
  private readonly keys: Int32Array
  private readonly nodes: Uint16Array
  private readonly mask: number
  private readonly values: (number[] | undefined)[] = [undefined]

  constructor(entries: readonly Entry[]) {
    const characters = entries.reduce((sum, { word }) => sum + word.length, 0)
    const size = 1 << (34 - Math.clz32(characters | 1))
    this.mask = size - 1
    this.keys = new Int32Array(size)
    this.nodes = new Uint16Array(size)
    for (const { word, value } of entries) this.insert(word, value)
  }

  private insert(word: string, value: number): void {
    const head = word.charCodeAt(0)
    let at = this.firsts[head] as number
    if (at === 0) {
      at = this.values.push(undefined) - 1
      this.firsts[head] = at
    }
    for (let i = 1; i < word.length; i++) {
      const code = word.charCodeAt(i)
      let below = this.next(at, code)
      if (below === 0) {
        below = this.values.push(undefined) - 1
        const slot = this.slotOf(at, code)
        this.keys[slot] = (at << 16) | code
        this.nodes[slot] = below
      }
      at = below
    }
    const known = this.values[at]
    if (known === undefined) this.values[at] = [value]
    else if (!known.includes(value)) known.push(value)
  }

  /** The slot of a key, or the empty one where it would go. */
  private slotOf(node: number, code: number): number {
    const key = (node << 16) | code
    let slot = (Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) >>> 12) & this.mask
    while (this.keys[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & this.mask
    return slot
  }

  first(code: number): number {
    return this.firsts[code] as number
  }

  next(node: number, code: number): number {
    return this.nodes[this.slotOf(node, code)] as number
  }

  /** Values of the words that end at a node. */
  valuesAt(node: number): readonly number[] | undefined {
    return this.values[node]
  }
}
