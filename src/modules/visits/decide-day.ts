import { addDays, type LocalDate } from '../../kernel/local-time.js'

const RELATIVE: Readonly<Record<string, number>> = { 今: 0, 昨: -1, 前: -2, 大前: -3 }
const WEEKDAYS = '一二三四五六日'
const NAMED =
  /^(大前|今|昨|前)(?:天|日|晚上?|早上?|儿)?(?=$|[\s,，:：]|[上下]午|走|入|电|微|\d|(?<=[天日晚上早])(?:[去到来看慰探拜打给刚我]|上门))(?:[上下]午)?/
const WEEKDAY = /^(上)?(?:周|星期|礼拜)([一二三四五六日天])/
const DATE =
  /^(?:(\d{4})\s*[-/.年]\s*)?(1[0-2]|0?[1-9])\s*(?:[-/.]\s*(3[01]|[12]\d|0?[1-9])(?![\d-]|\.\d)|月\s*(3[01]|[12]\d|0?[1-9])[日号]?)/
const DAY_OF_MONTH = /^(3[01]|[12]\d|0?[1-9])[号日](?!楼)/

/** A day at the start of a text, and where the text goes on. */
export interface FoundDay {
  readonly day: LocalDate
  readonly end: number
}

const pad = (n: number): string => String(n).padStart(2, '0')
const exists = (day: string): boolean => {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day
}

const AHEAD = /^(大后|明|后)(?:天|日|早|晚)(?:[上下]午)?/
const DAYS_AHEAD: Readonly<Record<string, number>> = { 明: 1, 后: 2, 大后: 3 }
const NEXT_WEEK = /^下(?:周|星期|礼拜)([一二三四五六日天])/
/** Half a year: a day without a year that lies further back is the coming one. */
const HALF_YEAR = 183

/** Whether a day that was read exists; else it is the words themselves, such as 2月30日. */
export const isDay = (day: string): boolean => /^\d{4}-\d\d-\d\d$/.test(day)

/**
 * Reads 昨天, 前天, 周三, 11-20, 11月20日 or 20号 at the start of a worker's words. A day without a year is the latest that is
 * not after `today`, so that 12-31 said in January is last year's, but said in November is to come. 明天 and 下周一 are read
 * too, so that they can be refused, and so is a day that does not exist (`isDay`). Null when no day stands there.
 */
export function readPastDay(text: string, today: LocalDate): FoundDay | null {
  const named = NAMED.exec(text)
  if (named?.[1]) return { day: addDays(today, RELATIVE[named[1]] ?? 0), end: named[0].length }
  const weekday = WEEKDAY.exec(text)
  if (weekday) return { day: lastWeekday(weekday, today), end: weekday[0].length }
  const ahead = AHEAD.exec(text)
  if (ahead) return { day: addDays(today, DAYS_AHEAD[ahead[1] ?? ''] ?? 1), end: ahead[0].length }
  const nextWeek = NEXT_WEEK.exec(text)
  if (nextWeek) return { day: addDays(lastWeekday(['', '上', nextWeek[1]], today), 14), end: nextWeek[0].length }
  const date = DATE.exec(text)
  if (date) {
    const monthDay = `${pad(Number(date[2]))}-${pad(Number(date[3] ?? date[4]))}`
    const day = date[1] ? `${date[1]}-${monthDay}` : withYear(monthDay, today)
    return { day: day && exists(day) ? day : date[0].trim(), end: date[0].length }
  }
  const dayOfMonth = DAY_OF_MONTH.exec(text)
  if (!dayOfMonth) return null
  const thisMonth = `${today.slice(0, 8)}${pad(Number(dayOfMonth[1]))}`
  if (exists(thisMonth) && thisMonth <= today) return { day: thisMonth, end: dayOfMonth[0].length }
  const before = `${addDays(`${today.slice(0, 8)}01`, -1).slice(0, 8)}${pad(Number(dayOfMonth[1]))}`
  return exists(before) ? { day: before, end: dayOfMonth[0].length } : null
}

function withYear(monthDay: string, today: LocalDate): LocalDate | undefined {
  const year = Number(today.slice(0, 4))
  const days = [year, year - 1, year - 2, year - 3, year - 4].map((one) => `${one}-${monthDay}`).filter(exists)
  const past = days.find((one) => one <= today)
  const coming = days.find((one) => one > today)
  return coming && (past === undefined || past < addDays(today, -HALF_YEAR)) ? coming : past
}

function lastWeekday(found: readonly (string | undefined)[], today: LocalDate): LocalDate {
  const wanted = WEEKDAYS.indexOf((found[2] ?? '').replace('天', '日')) + 1
  const current = new Date(`${today}T00:00:00Z`).getUTCDay() || 7
  if (found[1]) return addDays(today, wanted - current - 7)
  return addDays(today, wanted <= current ? wanted - current : wanted - current - 7)
}

const RANGE_JOIN = /^\s*(?:到|至|—+|~|–|－|-{1,2})\s*/

/**
 * Reads a span of days to come or going on: `11-24 到 11-26`, `明天`, `11-24 到 26`, `今天到周五`. A day without a year is the
 * nearest one not more than half a year past. Both ends included; null when no day stands there or the end is before it.
 */
export function readSpan(text: string, today: LocalDate): { from: LocalDate; to: LocalDate; end: number } | null {
  const first = readDay(text, today)
  if (!first) return null
  const rest = text.slice(first.end)
  const join = RANGE_JOIN.exec(rest)
  const second = join ? readDay(rest.slice(join[0].length), today, first.day) : null
  if (!join || !second) return { from: first.day, to: first.day, end: first.end }
  if (second.day < first.day) return null
  return { from: first.day, to: second.day, end: first.end + join[0].length + second.end }
}

const COMING = /^(今天|明天|后天|大后天)/
const COMING_OFFSET: Readonly<Record<string, number>> = { 今天: 0, 明天: 1, 后天: 2, 大后天: 3 }
const COMING_WEEKDAY = /^(这|本|下)?(?:周|星期)([一二三四五六日天])/
const BARE_DAY = /^(3[01]|[12]\d|0?[1-9])(?:[日号])?(?!\d|[幢栋区])/

function readDay(text: string, today: LocalDate, after?: LocalDate): FoundDay | null {
  const coming = COMING.exec(text)
  if (coming?.[1]) return { day: addDays(today, COMING_OFFSET[coming[1]] ?? 0), end: coming[0].length }
  const weekday = COMING_WEEKDAY.exec(text)
  if (weekday) {
    const wanted = WEEKDAYS.indexOf((weekday[2] ?? '').replace('天', '日')) + 1
    const base = after ?? today
    const current = new Date(`${base}T00:00:00Z`).getUTCDay() || 7
    const day = addDays(base, wanted - current + (weekday[1] === '下' ? 7 : wanted < current && !weekday[1] ? 7 : 0))
    return { day, end: weekday[0].length }
  }
  const date = DATE.exec(text)
  if (date) {
    const monthDay = `${pad(Number(date[2]))}-${pad(Number(date[3] ?? date[4]))}`
    if (date[1]) return exists(`${date[1]}-${monthDay}`) ? { day: `${date[1]}-${monthDay}`, end: date[0].length } : null
    const year = Number(today.slice(0, 4))
    const floor = after ?? addDays(today, -183)
    const day = [year - 1, year, year + 1].map((one) => `${one}-${monthDay}`).find((one) => exists(one) && one >= floor)
    return day ? { day, end: date[0].length } : null
  }
  const bare = after ? BARE_DAY.exec(text) : DAY_OF_MONTH.exec(text)
  if (!bare) return null
  const day = `${(after ?? today).slice(0, 8)}${pad(Number(bare[1]))}`
  return exists(day) ? { day, end: bare[0].length } : null
}
