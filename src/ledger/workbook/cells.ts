import { DateTime } from 'luxon'

export type CellValue = string | number | boolean | Date | null | undefined

/** A spreadsheet holds no longer text in one cell. */
const MAX_TEXT = 32_767
const MS_A_DAY = 86_400_000
/** Days from 1899-12-30, where a spreadsheet counts from, to 1970. */
const EPOCH_DAYS = 25_569
const HOUR_MS = 3_600_000
const MAX_CACHED_HOURS = 20_000

/** What XML cannot hold: control signs, and half of a pair without the other half. */
const FORBIDDEN = /(?![\t\n])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu
const SUSPECT = new RegExp(FORBIDDEN.source, 'u')

/** Text as a cell can hold it: line breaks as \n, nothing that XML forbids, cut at the longest a cell takes. */
export function cellText(text: string): string {
  let clean = text
  if (SUSPECT.test(clean)) clean = clean.replace(/\r\n?/g, '\n').replace(FORBIDDEN, '')
  if (clean.length > MAX_TEXT) clean = `${clean.slice(0, MAX_TEXT - 1).replace(/[\ud800-\udbff]$/, '')}…`
  return clean
}

/** Text that a spreadsheet would take for a formula when it is typed in, pasted or opened from CSV. */
export const looksLikeFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text within XML. `_x000D_` is how a spreadsheet writes signs it cannot hold: text that looks so keeps its underscore. */
export function escapeXml(text: string): string {
  let escaped = text
  if (/[&<>"]/.test(escaped)) escaped = escaped.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)
  if (escaped.includes('_x')) escaped = escaped.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
  return escaped
}

/** The number under which a spreadsheet holds what the clock shows in `timezone`, to the second. */
export function createDateSerial(timezone: string): (date: Date) => number {
  const offsets = new Map<number, number>()
  return (date) => {
    const ms = date.getTime()
    const hour = Math.floor(ms / HOUR_MS)
    let offset = offsets.get(hour)
    if (offset === undefined) {
      if (offsets.size > MAX_CACHED_HOURS) offsets.clear()
      offset = DateTime.fromMillis(ms, { zone: timezone }).offset * 60_000
      offsets.set(hour, offset)
    }
    const seconds = Math.floor((ms + offset) / 1000) * 1000
    return canonicalNumber(seconds / MS_A_DAY + EPOCH_DAYS)
  }
}

/** Eight decimals: less than a millisecond as a date, and the same after a spreadsheet has saved the file again. */
export const canonicalNumber = (value: number): number =>
  Number.isInteger(value) || Math.abs(value) > 1e7 ? value : Math.round(value * 1e8) / 1e8

/** Column letters: 0 → A, 26 → AA. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}
