import { addDays, instant, type LocalDate, local, localDate } from '../../kernel/local-time.js'

const WEEKDAYS = '一二三四五六日'

/**
 * Reads “到11-25”, “到11月25日”, “到下周三”, “到明天”, “3天后” at the end of a worker's words: the morning of that day, and the
 * words without it. Null when no day is named or it has passed.
 */
export function readUntil(words: string, now: Date, timezone: string, hour: number): { at: Date; rest: string } | null {
  const text = words.normalize('NFKC')
  const found =
    /(?:到|等到|至)?\s*(?:(\d{4})[-年./])?(\d{1,2})[-月./](\d{1,2})[日号]?(?:再说|为止)?$/.exec(text) ??
    /(?:到|等到|至)\s*(今天|明天|后天|大后天|(下?)周([一二三四五六日天]))$/.exec(text) ??
    /(\d{1,2})\s*天[后内]$/.exec(text)
  if (!found) return null
  const date = dayOf(found, now, timezone)
  if (!date) return null
  const at = instant(date, Math.floor(hour), Math.round((hour % 1) * 60), timezone)
  if (at <= now) return null
  return { at, rest: words.slice(0, text.length - found[0].length).replace(/[\s,，。]+$/, '') || words }
}

function dayOf(found: RegExpExecArray, now: Date, timezone: string): LocalDate | null {
  const today = localDate(now, timezone)
  const words = found[0]
  const relative: Readonly<Record<string, number>> = { 今天: 0, 明天: 1, 后天: 2, 大后天: 3 }
  const named = found[1]
  if (named !== undefined && named in relative) return addDays(today, relative[named] ?? 0)
  if (words.includes('周')) {
    const weekday = WEEKDAYS.indexOf((found[3] ?? '').replace('天', '日')) + 1
    const current = local(now, timezone).weekday
    return addDays(today, weekday - current + (found[2] ? 7 : weekday <= current ? 7 : 0))
  }
  if (/天[后内]$/.test(words)) return addDays(today, Number(named))
  const year = Number(found[1] ?? today.slice(0, 4))
  const date = `${year}-${String(found[2]).padStart(2, '0')}-${String(found[3]).padStart(2, '0')}`
  if (Number.isNaN(Date.parse(date))) return null
  return !found[1] && date < today ? `${year + 1}${date.slice(4)}` : date
}
