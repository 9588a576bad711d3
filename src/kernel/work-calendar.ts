import chineseDays from 'chinese-days'
import { addDays, instant, type LocalDate, localDate } from './local-time.js'

/**
 * Days off by law whatever the yearly arrangement is: New Year, Labour Day and National Day by date, Spring Festival
 * (from its eve), Dragon Boat and Mid-Autumn by the moon, Qingming by the sun (全国年节及纪念日放假办法, 2025).
 */
const FIXED_DAYS: ReadonlySet<string> = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'])
const LUNAR_DAYS: ReadonlySet<string> = new Set(['1-1', '1-2', '1-3', '5-5', '8-15'])

const lunarDay = (date: LocalDate): string => {
  const { lunarMon, lunarDay: day, isLeap } = chineseDays.getLunarDate(date)
  return isLeap ? '' : `${lunarMon}-${day}`
}

function isStatutoryHoliday(date: LocalDate): boolean {
  if (FIXED_DAYS.has(date.slice(5)) || LUNAR_DAYS.has(lunarDay(date))) return true
  if (lunarDay(addDays(date, 1)) === '1-1') return true
  return chineseDays
    .getSolarTermsInRange(date, date)
    .some(({ term, index }) => term === 'pure_brightness' && index === 1)
}

/** Whether the year's arrangement is known: the first of January is a holiday in every one of them. */
const isArranged = (year: string): boolean => chineseDays.getDayDetail(`${year}-01-01`).name.includes('元旦')

/**
 * Working days of mainland China with the State Council's make-up days (调休). A year whose arrangement is not known
 * yet (it comes in November) has the days off by law and otherwise Monday to Friday.
 */
export function isWorkingDay(date: LocalDate): boolean {
  if (isArranged(date.slice(0, 4))) return chineseDays.isWorkday(date)
  return chineseDays.isWorkday(date) && !isStatutoryHoliday(date)
}

/** The `days`-th working day after `date`; the date itself is not counted. 0 gives the date. */
export function addWorkingDays(date: LocalDate, days: number): LocalDate {
  let day = date
  for (let left = days; left > 0; left -= 1) {
    do day = addDays(day, 1)
    while (!isWorkingDay(day))
  }
  return day
}

/** Working days from `from` to `to`, both included. */
export function workingDaysBetween(from: LocalDate, to: LocalDate): number {
  let count = 0
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1
  return count
}

/**
 * When a term of `days` working days that starts at `from` ends: at `closingHour` (17.5 is 17:30) of the last day. The
 * day on which it starts is not counted.
 */
export function termEnd(from: Date, days: number, closingHour: number, timezone: string): Date {
  const last = addWorkingDays(localDate(from, timezone), days)
  return instant(last, Math.floor(closingHour), Math.round((closingHour % 1) * 60), timezone)
}
