import { simplified } from './traditional.js'

const ZERO_WIDTH = /[\u200b-\u200f\u2028-\u202e\u2060\ufeff]|\ufe0e|\ufe0f/g
/** Full-width forms, ligatures, circled numbers and the like: only then is NFKC worth its time. */
const COMPATIBLE = /[\u00a0\u2000-\u200a\u2100-\u214f\u2460-\u24ff\u3000\u3200-\u33ff\uf900-\ufaff\uff00-\uffef]/

const COMPATIBILITY_FORM = 1
const INVISIBLE = 2
const HAS_SIMPLE_FORM = 4

function kinds(): Uint8Array {
  const table = new Uint8Array(0x10000)
  const invisible = new RegExp(ZERO_WIDTH.source)
  for (let unit = 0x80; unit < 0x10000; unit++) {
    // Nothing between the kana and the compatibility ideographs changes but what has a simplified form.
    const inTables = unit < 0x3400 || unit >= 0xf900
    if (inTables && COMPATIBLE.test(String.fromCharCode(unit))) table[unit] = COMPATIBILITY_FORM
    else if (inTables && invisible.test(String.fromCharCode(unit))) table[unit] = INVISIBLE
    else if (unit >= 0x4e00 && unit <= 0x9fff && simplified(unit) !== unit) table[unit] = HAS_SIMPLE_FORM
  }
  return table
}

const KINDS = kinds()

function simplify(text: string): string {
  let out = ''
  let from = 0
  for (let i = 0, end = text.length; i < end; i++) {
    const unit = text.charCodeAt(i)
    if (KINDS[unit] !== HAS_SIMPLE_FORM) continue
    out += text.slice(from, i) + String.fromCharCode(simplified(unit))
    from = i + 1
  }
  return from === 0 ? text : out + text.slice(from)
}

/**
 * The text as the recogniser reads it: compatibility forms unified, zero-width characters dropped, traditional
 * characters as simplified ones. Letter case is kept.
 */
export function normalise(text: string): string {
  let seen = 0
  for (let i = 0, end = text.length; i < end; i++) seen |= KINDS[text.charCodeAt(i)] as number
  if (seen === 0) return text
  const compatible = seen & COMPATIBILITY_FORM ? text.normalize('NFKC') : text
  // NFKC may bring forth characters of the other kinds.
  const clean = seen & (COMPATIBILITY_FORM | INVISIBLE) ? compatible.replace(ZERO_WIDTH, '') : compatible
  return simplify(clean)
}
