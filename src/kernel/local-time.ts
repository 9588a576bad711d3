import { DateTime } from 'luxon'

/** A calendar day without a time, `YYYY-MM-DD`. */
export type LocalDate = string

export const local = (at: Date, timezone: string): DateTime => DateTime.fromJSDate(at, { zone: timezone })

export const localDate = (at: Date, timezone: string): LocalDate => local(at, timezone).toFormat('yyyy-MM-dd')

/** `YYYYMM`, as numbers and pages use it. */
export const localMonth = (at: Date, timezone: string): string => local(at, timezone).toFormat('yyyyMM')

/** `11-22 09:14`, as cards show it. */
export const shortTime = (at: Date, timezone: string): string => local(at, timezone).toFormat('MM-dd HH:mm')

/** ISO 8601 with the offset of the zone, as the API shows it. */
export const isoTime = (at: Date, timezone: string): string =>
  local(at, timezone).toISO({ suppressMilliseconds: true }) ?? at.toISOString()

/** The instant of a local day and hour. A local time that does not exist is moved forward by the zone's gap. */
export const instant = (date: LocalDate, hour: number, minute: number, timezone: string): Date =>
  DateTime.fromISO(date, { zone: timezone }).set({ hour, minute, second: 0, millisecond: 0 }).toJSDate()

/** First instants of month `YYYY-MM` and of the next. */
export function monthRange(month: string, timezone: string): { from: Date; to: Date } {
  const start = DateTime.fromFormat(month, 'yyyy-MM', { zone: timezone })
  return { from: start.toJSDate(), to: start.plus({ months: 1 }).toJSDate() }
}

export const addDays = (date: LocalDate, days: number): LocalDate =>
  DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd')
