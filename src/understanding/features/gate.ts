/** Signs of which every match of a pattern must contain at least one; null where none can be told. */
export type Gate = ReadonlySet<string> | null

const OPTIONAL = /^(?:[?*]|\{0,)/
const QUANTIFIER = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/
/** Larger sets would let nearly every text through. */
const MOST_SIGNS = 120

const smaller = (a: Gate, b: Gate): Gate => (a === null ? b : b === null ? a : a.size <= b.size ? a : b)
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

  private sequence(): Gate {
    let gate: Gate = null
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at] ?? '')) {
      const element = this.element()
      const rest = this.source.slice(this.at)
      const optional = OPTIONAL.test(rest)
      this.at += QUANTIFIER.exec(rest)?.[0].length ?? 0
      if (!optional) gate = smaller(gate, element)
    }
    return gate
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
    return /[a-zA-Z0-9]/.test(sign) ? null : new Set([sign])
  }
}

/** Reads a pattern's source; knows the parts of the syntax that our patterns use. */
export function gateOf(pattern: RegExp): Gate {
  const gate = new Reader(pattern.source).alternatives()
  return gate === null || gate.size > MOST_SIGNS || gate.has(' ') ? null : gate
}

/** A list of patterns that looks only at those a text could match, by the signs it contains. */
export class GatedPatterns {
  private readonly words: number
  private readonly always: Int32Array
  private readonly masks = new Map<number, Int32Array>()
  private readonly open: Int32Array

  constructor(private readonly patterns: readonly RegExp[]) {
    this.words = Math.ceil(patterns.length / 32)
    this.always = new Int32Array(this.words)
    this.open = new Int32Array(this.words)
    patterns.forEach((pattern, index) => {
      const gate = gateOf(pattern)
      if (gate === null) this.mark(this.always, index)
      else for (const sign of gate) this.mark(this.maskOf(sign.charCodeAt(0)), index)
    })
  }

  private mark(mask: Int32Array, index: number): void {
    mask[index >> 5] = (mask[index >> 5] ?? 0) | (1 << (index & 31))
  }

  private maskOf(code: number): Int32Array {
    const known = this.masks.get(code)
    if (known !== undefined) return known
    const made = new Int32Array(this.words)
    this.masks.set(code, made)
    return made
  }

  /** Calls `hit` with the index of every pattern that matches. */
  match(text: string, hit: (index: number) => void): void {
    const { open, words } = this
    open.set(this.always)
    for (let i = 0; i < text.length; i++) {
      const mask = this.masks.get(text.charCodeAt(i))
      if (mask === undefined) continue
      for (let w = 0; w < words; w++) open[w] = (open[w] as number) | (mask[w] as number)
    }
    for (let w = 0; w < words; w++) {
      let bits = open[w] as number
      while (bits !== 0) {
        const lowest = bits & -bits
        const index = (w << 5) + (31 - Math.clz32(lowest))
        if (this.patterns[index]?.test(text)) hit(index)
        bits ^= lowest
      }
    }
  }
}
