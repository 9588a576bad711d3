import { simplified } from './traditional.js'

const ZERO_WIDTH = /[\u200b-\u200f\u2028-\u202e\u2060\ufeff]|\ufe0e|\ufe0f/g
/** Full-width forms, ligatures, circled numbers and the like: only then is NFKC worth its time. */
const COMPATIBLE = /[\u00a0\u2000-\u200a\u2100-\u214f\u2460-\u24ff\u3000\u3200-\u33ff\uf900-\ufaff\uff00-\uffef]/

/**
 * The text as the recogniser reads it: compatibility forms unified, zero-width characters dropped, traditional
 * characters as simplified ones. Letter case is kept.
 */
export function normalise(text: string): string {
  const compatible = COMPATIBLE.test(text) ? text.normalize('NFKC') : text
  const clean = compatible.replace(ZERO_WIDTH, '')
  let out = ''
  let from = 0
  for (let i = 0; i < clean.length; i++) {
    const unit = clean.charCodeAt(i)
    if (unit < 0x4e00 || unit > 0x9fff) continue
    const simple = simplified(unit)
    if (simple === unit) continue
    out += clean.slice(from, i) + String.fromCharCode(simple)
    from = i + 1
  }
  return from === 0 ? clean : out + clean.slice(from)
}
