import chineseDays from 'chinese-days'
import { addDays, instant, type LocalDate, localDate } from './local-time.js'

/**
 * Working days of mainland China with the State Council's make-up days (调休). Years the package does not know yet
 * fall back to Monday to Friday.
 */
export const isWorkingDay = (date: LocalDate): boolean => chineseDays.isWorkday(date)

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
