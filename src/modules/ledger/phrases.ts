import { localDate, monthRange } from '../../kernel/local-time.js'

/** A span a person named: whole months or a year. */
export interface Period {
  /** As it is shown: 2026-11, or 2026. */
  readonly label: string
  readonly from: Date
  readonly to: Date
}

const pad = (month: number): string => String(month).padStart(2, '0')

/** `2026-11`, `2026年11月`, `11月`, `本月`, `上月` as YYYY-MM; null when it is none. A bare month is the latest that has begun. */
export function readMonth(words: string, now: Date, timezone: string): string | null {
  const today = localDate(now, timezone)
  const [year = 0, month = 0] = today.split('-').map(Number)
  const text = words.normalize('NFKC').replace(/\s/g, '')
  if (/^(本月|这个?月)$/.test(text)) return today.slice(0, 7)
  if (/^上个?月$/.test(text)) return month === 1 ? `${year - 1}-12` : `${year}-${pad(month - 1)}`
  const full = /^(\d{4})(?:[-/.]|年)(\d{1,2})月?(?:份)?$/.exec(text)
  const bare = /^(\d{1,2})月(?:份)?$/.exec(text)
  const number = Number(full?.[2] ?? bare?.[1] ?? 0)
  if (number < 1 || number > 12) return null
  if (full) return `${full[1]}-${pad(number)}`
  return `${number > month ? year - 1 : year}-${pad(number)}`
}

/** A month as `readMonth` reads it, or a year: `2026`, `2026年`, `今年`, `去年`; null when it is none. */
export function readPeriod(words: string, now: Date, timezone: string): Period | null {
  const month = readMonth(words, now, timezone)
  if (month) return { label: month, ...monthRange(month, timezone) }
  const text = words.normalize('NFKC').replace(/\s/g, '')
  const current = Number(localDate(now, timezone).slice(0, 4))
  const year = text === '今年' ? current : text === '去年' ? current - 1 : Number(/^(\d{4})年?$/.exec(text)?.[1] ?? 0)
  if (year < 2000 || year > 2999) return null
  return {
    label: String(year),
    from: monthRange(`${year}-01`, timezone).from,
    to: monthRange(`${year}-12`, timezone).to,
  }
}

/** The rest of words that begin with one of the phrases; null when none does. */
export function afterPhrase(text: string, phrases: readonly string[]): string | null {
  const trimmed = text.trim()
  for (const phrase of phrases)
    if (trimmed.startsWith(phrase))
      return trimmed
        .slice(phrase.length)
        .replace(/^[\s:：,，]+/, '')
        .trim()
  return null
}
