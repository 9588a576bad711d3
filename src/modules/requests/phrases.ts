/** What a worker or reporter typed: which request, and the words after it. */
export interface Phrase {
  /** Full number, or its last digits; null when none was given. */
  readonly ref: string | null
  readonly rest: string
}

const REF = '(?:[#＃№]?\\s*((?:[A-Za-z0-9]+-)?\\d{6}-\\d{4}|\\d{3,4}(?![\\d幢栋号单元室-])))?'

/**
 * Reads `<verb> [number] [words]`, as in `办结 0012 已更换钢丝绳` or `办结0012：已更换`. Null when the text does not start
 * with one of the verbs.
 */
export function readPhrase(text: string, verbs: readonly string[]): Phrase | null {
  const pattern = new RegExp(
    `^(?:@\\S+\\s+)?[/／]?(?:${verbs.join('|')})(?:$|[\\s:：,，#＃]*${REF}(?:号|单)?[\\s:：,，。]*)(.*)$`,
    's',
  )
  const found = pattern.exec(halfWidthDigits(text).trim())
  if (!found) return null
  return { ref: found[1]?.toUpperCase() ?? null, rest: (found[2] ?? '').trim() }
}

/** Only digits are folded: the rest is somebody's words, passed on as they were written. */
const halfWidthDigits = (text: string): string =>
  text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))

/** A request number anywhere in a text, such as a quoted card. */
export function numberIn(text: string | null | undefined): string | null {
  return /[A-Z0-9]+-\d{6}-\d{4}/.exec(text ?? '')?.[0] ?? null
}
