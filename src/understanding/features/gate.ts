import { WordTree } from './word-tree.js'

/** Signs of which every match of a pattern must contain at least one; null where none can be told. */
export type Gate = ReadonlySet<string> | null

const OPTIONAL = /^(?:[?*]|\{0,)/
const QUANTIFIER = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/
/** Larger sets would let nearly every text through. */
const MOST_SIGNS = 120

/** Signs that many lines hold: a gate that asks for one of these lets much through. */
const COMMON = new Set('的了不我是有一人在这家好没来就上要都也们到说个大么能天还去可下里会出看吗给谁得那什时怎')
const COMMON_COST = 12
const cost = (gate: ReadonlySet<string>) => {
  let sum = 0
  for (const sign of gate) sum += COMMON.has(sign) ? COMMON_COST : 1
  return sum
}
const smaller = (a: Gate, b: Gate): Gate => (a === null ? b : b === null ? a : cost(a) <= cost(b) ? a : b)
const useful = (gate: Gate): gate is ReadonlySet<string> => gate !== null && gate.size <= MOST_SIGNS && !gate.has(' ')
const union = (a: Gate, b: Gate): Gate => (a === null || b === null ? null : new Set([...a, ...b]))

class Reader {
  private at = 0
  constructor(private readonly source: string) {}

  alternatives(): Gate {
    let gate = this.sequence()
    while (this.source[this.at] === '|') {
      this.at++
      gate = union(gate, this.sequence())
    }
    return gate
  }

  /** The alternatives of the outermost level, each with the gates of its elements. */
  branches(): { source: string; gates: ReadonlySet<string>[] }[] {
    const found: { source: string; gates: ReadonlySet<string>[] }[] = []
    for (;;) {
      const start = this.at
      const gates = this.elements().filter(useful)
      found.push({ source: this.source.slice(start, this.at), gates })
      if (this.source[this.at] !== '|') return found
      this.at++
    }
  }

  private elements(): Gate[] {
    const gates: Gate[] = []
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at] ?? '')) {
      const element = this.element()
      const rest = this.source.slice(this.at)
      const optional = OPTIONAL.test(rest)
      this.at += QUANTIFIER.exec(rest)?.[0].length ?? 0
      if (!optional) gates.push(element)
    }
    return gates
  }

  private sequence(): Gate {
    return this.elements().reduce(smaller, null)
  }

  private element(): Gate {
    const sign = this.source[this.at++] ?? ''
    if (sign === '(') return this.group()
    if (sign === '[') return this.charClass()
    if (sign === '\\') return this.escape()
    return '.^$'.includes(sign) ? null : new Set([sign])
  }

  private group(): Gate {
    const opening = /^\?(?::|=|!|<=|<!)/.exec(this.source.slice(this.at))?.[0] ?? ''
    this.at += opening.length
    const inner = this.alternatives()
    this.at++
    return opening === '?!' || opening.startsWith('?<') ? null : inner
  }

  private charClass(): Gate {
    const end = this.source.indexOf(']', this.at)
    const body = this.source.slice(this.at, end)
    this.at = end + 1
    if (body.startsWith('^') || /\\[dswDSW]|.-./.test(body)) return null
    const signs = body.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    return new Set(signs.replaceAll('\\', ''))
  }

  private escape(): Gate {
    const sign = this.source[this.at++] ?? ''
    if (sign === 'u') {
      const code = this.source.slice(this.at, this.at + 4)
      this.at += 4
      return new Set([String.fromCharCode(Number.parseInt(code, 16))])
    }
    if (sign === 'd') return new Set('0123456789')
    return /[a-zA-Z0-9]/.test(sign) ? null : new Set([sign])
  }
}

/** Reads a pattern's source; knows the parts of the syntax that our patterns use. */
export function gateOf(pattern: RegExp): Gate {
  const gate = new Reader(pattern.source).alternatives()
  return useful(gate) ? gate : null
}

/** More words than this are better left to the pattern. */
const MOST_WORDS = 600

/** Every text that a pattern's source matches, or null where it is no plain list of words. */
export function wordsOf(source: string): readonly string[] | null {
  let at = 0
  let plain = true

  function sequence(): string[] {
    let texts = ['']
    while (plain && at < source.length && source[at] !== '|' && source[at] !== ')') {
      let choices = element()
      if (source[at] === '?') {
        at++
        choices = [...choices, '']
      }
      if (texts.length * choices.length > MOST_WORDS || '*+{?'.includes(source[at] ?? ' ')) plain = false
      else texts = texts.flatMap((text) => choices.map((choice) => text + choice))
    }
    return texts
  }

  function alternatives(): string[] {
    const texts = sequence()
    while (plain && source[at] === '|') {
      at++
      texts.push(...sequence())
    }
    return texts
  }

  function element(): string[] {
    const sign = source[at++] ?? ''
    if (sign === '(' && source.startsWith('?:', at)) {
      at += 2
      const texts = alternatives()
      at++
      return texts
    }
    const end = source.indexOf(']', at)
    const body = source.slice(at, end)
    if (sign === '[' && !/[\\^]|.-./.test(body)) {
      at = end + 1
      return [...body]
    }
    if ('([\\.^$'.includes(sign)) plain = false
    return [sign]
  }

  const texts = alternatives()
  return plain && !texts.includes('') ? texts : null
}

/** How many signs of one alternative are looked for. */
const LAYERS = 4

/** One alternative of a pattern. */
interface Branch {
  readonly pattern: RegExp
  /** Which pattern of the list it belongs to. */
  readonly index: number
  readonly gates: readonly ReadonlySet<string>[]
}

/** Backreferences count over the whole pattern, so such a one stays in one piece. */
function branchesOf(pattern: RegExp, index: number): Branch[] {
  const parts = new Reader(pattern.source).branches()
  if (parts.length === 1 || /\\\d/.test(pattern.source)) {
    const gate = gateOf(pattern)
    const gates = parts.length === 1 ? (parts[0]?.gates ?? []) : gate === null ? [] : [gate]
    return [{ pattern, index, gates }]
  }
  return parts.map(({ source, gates }) => ({ pattern: new RegExp(source, pattern.flags), index, gates }))
}

/**
 * A list of patterns that tries only those a text could match. Alternatives that are but lists of words are read by a
 * tree of all their words. Each other
 * alternative asks for up to four signs, one from each of its rarest sets; one pass over the text finds who has all.
 */
export class GatedPatterns {
  private readonly branches: readonly Branch[]
  private readonly words: number
  /** Row of a sign in `masks`, times their width; row 0 asks for nothing. */
  private readonly rowOf = new Uint16Array(0x10000)
  private readonly masks: Int32Array
  private readonly always: Int32Array
  private readonly open: Int32Array
  private readonly hits: Uint8Array
  private readonly tree: WordTree

  constructor(patterns: readonly RegExp[]) {
    const branches = patterns
      .flatMap(branchesOf)
      .map((branch) => ({ ...branch, words: wordsOf(branch.pattern.source) }))
    this.tree = new WordTree(
      branches.flatMap(({ words, index }) => (words ?? []).map((word) => ({ word, value: index }))),
    )
    this.branches = branches.filter(({ words }) => words === null)
    this.words = Math.ceil(this.branches.length / 32)
    const width = this.words * LAYERS
    this.always = new Int32Array(width).fill(-1)
    this.open = new Int32Array(width)
    this.hits = new Uint8Array(patterns.length)
    const rows: Int32Array[] = [new Int32Array(width)]
    // Bits past the last alternative stay shut.
    const spare = this.branches.length & 31
    if (spare !== 0) this.always[this.words - 1] = (1 << spare) - 1
    this.branches.forEach(({ gates }, index) => {
      const rarest = [...gates].sort((a, b) => cost(a) - cost(b)).slice(0, LAYERS)
      rarest.forEach((gate, layer) => {
        const word = layer * this.words + (index >> 5)
        const bit = 1 << (index & 31)
        this.always[word] = (this.always[word] as number) & ~bit
        for (const sign of gate) {
          const code = sign.charCodeAt(0)
          if (this.rowOf[code] === 0) this.rowOf[code] = rows.push(new Int32Array(width)) - 1
          const row = rows[this.rowOf[code] as number] as Int32Array
          row[word] = (row[word] as number) | bit
        }
      })
    })
    this.masks = new Int32Array(rows.length * width)
    rows.forEach((row, at) => {
      this.masks.set(row, at * width)
    })
  }

  private readWords(text: string, start: number): void {
    const { tree, hits } = this
    let at = tree.first(text.charCodeAt(start))
    for (let i = start + 1; at !== 0; i++) {
      const found = tree.valuesAt(at)
      if (found !== undefined) for (const index of found) hits[index] = 1
      at = i < text.length ? tree.next(at, text.charCodeAt(i)) : 0
    }
  }

  /** Answers with 1 at the index of every pattern that matches; the array is used again at the next call. */
  match(text: string): Uint8Array {
    const { open, words, masks, rowOf, hits, branches, tree } = this
    const width = words * LAYERS
    open.set(this.always)
    hits.fill(0)
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (tree.first(code) !== 0) this.readWords(text, i)
      const row = rowOf[code] as number
      if (row === 0) continue
      const at = row * width
      for (let w = 0; w < width; w++) open[w] = (open[w] as number) | (masks[at + w] as number)
    }
    for (let w = 0; w < words; w++) {
      let bits =
        (open[w] as number) &
        (open[w + words] as number) &
        (open[w + 2 * words] as number) &
        (open[w + 3 * words] as number)
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
