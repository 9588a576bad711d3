import { type Alternative, alternativesOf, costOf, type Gate } from './pattern-signs.js'
import { WordTree } from './word-tree.js'

/** How many signs of one alternative are looked for. */
const LAYERS = 4

/** One alternative of a pattern. */
interface Branch extends Alternative {
  readonly pattern: RegExp
  /** Which pattern of the list it belongs to. */
  readonly index: number
}

/** A backreference counts over the whole pattern: only a first alternative may hold one. */
function branchesOf(pattern: RegExp, index: number): Branch[] {
  const alternatives = alternativesOf(pattern.source)
  if (alternatives.slice(1).some(({ source }) => /\\\d/.test(source))) {
    throw new Error(`only a first alternative may refer back: ${pattern.source}`)
  }
  return alternatives.map((alternative) => ({
    ...alternative,
    pattern: new RegExp(alternative.source, pattern.flags),
    index,
  }))
}

/** The rarest gates, in the order in which a match holds them. */
function telling({ gates }: Branch): readonly ReadonlySet<string>[] {
  const rarest = new Set([...gates].sort((a, b) => costOf(a) - costOf(b)).slice(0, LAYERS))
  return gates.filter((gate) => rarest.has(gate))
}

/**
 * A list of patterns that tries only those a text could match. Alternatives that are but lists of words are read by a
 * tree of all their words. Each other alternative asks for up to four signs, one from each of its rarest sets and one
 * after another; one pass over the text finds who has them all, bit by bit for all alternatives at once.
 */
export class GatedPatterns {
  private readonly branches: readonly Branch[]
  private readonly words: number
  /** Row of a sign in `masks`, times their width; row 0 asks for nothing. */
  private readonly rowOf = new Uint16Array(0x10000)
  private readonly masks: Int32Array
  private readonly always: Int32Array
  private readonly open: Int32Array
  private readonly starts: EdgeMasks
  private readonly ends: EdgeMasks
  private readonly hits: Uint8Array
  private readonly tree: WordTree

  constructor(patterns: readonly RegExp[]) {
    const all = patterns.flatMap(branchesOf)
    this.tree = new WordTree(all.flatMap(({ words, index }) => (words ?? []).map((word) => ({ word, value: index }))))
    this.branches = all.filter(({ words }) => words === null)
    this.words = Math.ceil(this.branches.length / 32)
    this.hits = new Uint8Array(patterns.length)
    this.open = new Int32Array(this.words * LAYERS)
    this.always = new Int32Array(this.words * LAYERS)
    const rows = [new Int32Array(this.words * LAYERS)]
    this.branches.forEach((branch, index) => {
      const word = index >> 5
      const bit = 1 << (index & 31)
      const set = (row: Int32Array | undefined, at: number) => {
        if (row !== undefined) row[at] = (row[at] as number) | bit
      }
      const asked = telling(branch)
      for (let layer = 0; layer < LAYERS - asked.length; layer++) set(this.always, layer * this.words + word)
      asked.forEach((gate, i) => {
        for (const sign of gate) {
          const code = sign.charCodeAt(0)
          if (this.rowOf[code] === 0) this.rowOf[code] = rows.push(new Int32Array(this.words * LAYERS)) - 1
          set(rows[this.rowOf[code] as number], (LAYERS - asked.length + i) * this.words + word)
        }
      })
    })
    this.masks = joined(rows)
    this.starts = new EdgeMasks(
      this.branches.map((branch) => branch.starts),
      this.words,
    )
    this.ends = new EdgeMasks(
      this.branches.map((branch) => branch.ends),
      this.words,
    )
  }

  private readWords(codes: Uint16Array, start: number, to: number): void {
    const { tree, hits } = this
    let at = tree.first(codes[start] as number)
    for (let i = start + 1; at !== 0; i++) {
      const found = tree.valuesAt(at)
      if (found !== undefined) for (const index of found) hits[index] = 1
      at = i < to ? tree.next(at, codes[i] as number) : 0
    }
  }

  /** Opens each layer of an alternative when a sign of it comes after one of the layer before. */
  private readSigns(codes: Uint16Array, from: number, to: number): void {
    const { open, words, masks, rowOf, tree } = this
    const second = words
    const third = 2 * words
    const fourth = 3 * words
    for (let i = from; i < to; i++) {
      const code = codes[i] as number
      if (tree.first(code) !== 0) this.readWords(codes, i, to)
      const row = rowOf[code] as number
      if (row === 0) continue
      const at = row * LAYERS * words
      for (let w = 0; w < words; w++) {
        const a = open[w] as number
        const b = open[w + second] as number
        const c = open[w + third] as number
        open[w + fourth] = (open[w + fourth] as number) | (c & (masks[at + w + fourth] as number))
        open[w + third] = c | (b & (masks[at + w + third] as number))
        open[w + second] = b | (a & (masks[at + w + second] as number))
        open[w] = a | (masks[at + w] as number)
      }
    }
  }

  /**
   * @param codes the text's UTF-16 units from `from` up to, not including, `to`
   * @returns 1 at the index of every pattern that matches; the array is used again at the next call
   */
  match(text: string, codes: Uint16Array, from: number, to: number): Uint8Array {
    const { open, words, hits, branches, starts, ends } = this
    open.set(this.always)
    hits.fill(0)
    this.readSigns(codes, from, to)
    const start = starts.at(from < to ? (codes[from] as number) : 0)
    const end = ends.at(from < to ? (codes[to - 1] as number) : 0)
    for (let w = 0; w < words; w++) {
      let bits = (open[w + 3 * words] as number) & (starts.masks[start + w] as number) & (ends.masks[end + w] as number)
      while (bits !== 0) {
        const lowest = bits & -bits
        bits ^= lowest
        const { pattern, index } = branches[(w << 5) + (31 - Math.clz32(lowest))] as Branch
        if (hits[index] === 0 && pattern.test(text)) hits[index] = 1
      }
    }
    return hits
  }
}

/** Bit by bit, which alternatives a text may match that begins (or ends) with a sign. */
class EdgeMasks {
  readonly masks: Int32Array
  /** Row of a sign in `masks`; row 0 is for signs that no alternative asks for by name. */
  private readonly rowOf = new Uint16Array(0x10000)

  /** @param asked by each alternative; null where it takes any sign */
  constructor(
    asked: readonly Gate[],
    private readonly words: number,
  ) {
    const rows = [new Int32Array(words)]
    const set = (row: Int32Array | undefined, index: number) => {
      if (row !== undefined) row[index >> 5] = (row[index >> 5] as number) | (1 << (index & 31))
    }
    asked.forEach((gate, index) => {
      for (const sign of gate ?? []) {
        const code = sign.charCodeAt(0)
        if (this.rowOf[code] === 0) this.rowOf[code] = rows.push(new Int32Array(words)) - 1
        set(rows[this.rowOf[code] as number], index)
      }
    })
    asked.forEach((gate, index) => {
      if (gate === null) for (const row of rows) set(row, index)
    })
    this.masks = joined(rows)
  }

  /** Where in `masks` the words of a sign begin. */
  at(code: number): number {
    return (this.rowOf[code] as number) * this.words
  }
}

function joined(rows: readonly Int32Array[]): Int32Array {
  const width = rows[0]?.length ?? 0
  const all = new Int32Array(rows.length * width)
  rows.forEach((row, at) => {
    all.set(row, at * width)
  })
  return all
}
