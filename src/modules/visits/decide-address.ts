import type { Address } from '../../kernel/intent.js'

/** An address found in a worker's slip, with where it stands. */
export interface FoundAddress {
  readonly start: number
  readonly end: number
  readonly address: Address
}

const DIGITS: Readonly<Record<string, string>> = {
  ...{ 零: '0', 〇: '0', 洞: '0', 一: '1', 幺: '1', 二: '2', 两: '2', 三: '3', 四: '4' },
  ...{ 五: '5', 六: '6', 七: '7', 拐: '7', 八: '8', 九: '9' },
}
const SIGNS = '零〇一幺二两三四五六七八九'
const SMALL = `(?:\\d{1,3}|[${SIGNS}十百]{1,4})`
const ROOM = `(?:[A-Z]?\\d{3,4}[A-Z]?|[${SIGNS}]{3,4})`
/** Between the parts: a dash, a dot, a slash, a blank, or the 杠 of voice input. */
const JOIN = '\\s*(?:[-—–－_/.~]|杠|之)\\s*'
const ROOM_END = '(?!\\d|[-/.]\\d|元|块)\\s?(?:室|号房|房)?'

const TRIPLE = `([A-Z]?${SMALL})(?:${JOIN}|\\s+)(${SMALL})(?:${JOIN}|\\s+)(${ROOM})${ROOM_END}`
const NAMED = `([A-Z]|[A-Z]?${SMALL})\\s?(?:号?[幢栋座撞壮床]|号?楼|#楼?)[\\s,，-]?(?:(${SMALL})\\s?(?:单元|门|梯)[\\s,，-]?)?(${ROOM})${ROOM_END}`
const PAIR = `([A-Z]?\\d{1,3})${JOIN}(\\d{3,4})${ROOM_END}`
const ANY = new RegExp(`(?<![\\dA-Z.-])(?:${TRIPLE}|${NAMED}|${PAIR})`, 'gi')
/** A room alone, where an earlier address of the same message says the building. */
const LONE = new RegExp(`^([1-9]\\d{2,3})${ROOM_END}(?=$|[\\s,，:：没无不未拒在见电微])`)

/** Reads 三 as 3, 二十一 as 21, 五零一 as 501. Null when it is no number. */
export function readNumeral(text: string): string | null {
  if (/^(?:[A-Z]|[A-Z]?\d+[A-Z]?)$/i.test(text)) return text.toUpperCase().replace(/^0+(?=\d)/, '')
  const hundred = /^(.)百(?:零?(.*))?$/.exec(text)
  if (hundred) {
    const rest = hundred[2] ? readNumeral(hundred[2]) : '0'
    return rest === null ? null : String(Number(DIGITS[hundred[1] ?? ''] ?? 1) * 100 + Number(rest))
  }
  const ten = /^(.?)十(.?)$/.exec(text)
  if (ten) return String(Number(DIGITS[ten[1] ?? ''] ?? 1) * 10 + Number(DIGITS[ten[2] ?? ''] ?? 0))
  const digits = [...text].map((sign) => DIGITS[sign] ?? '')
  return digits.includes('') || digits.length === 0 ? null : String(Number(digits.join('')))
}

/** All full addresses in a text, in order; text as NFKC gives it. */
export function findAddresses(text: string): FoundAddress[] {
  const found: FoundAddress[] = []
  for (const match of text.matchAll(ANY)) {
    const building = readNumeral(match[1] ?? match[4] ?? match[7] ?? '')
    const unit = readNumeral(match[2] ?? match[5] ?? '')
    const room = readNumeral(match[3] ?? match[6] ?? match[8] ?? '')
    if (building === null || room === null || room.length < 3) continue
    found.push({ start: match.index, end: match.index + match[0].length, address: { building, unit, room } })
  }
  return found
}

/** A room alone at the start of a text: `502 没人`. */
export function loneRoom(text: string): { readonly room: string; readonly end: number } | null {
  const found = LONE.exec(text)
  return found?.[1] ? { room: found[1], end: found[0].length } : null
}
