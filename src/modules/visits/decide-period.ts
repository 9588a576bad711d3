import { addDays, type LocalDate } from '../../kernel/local-time.js'
import type { Period } from './types.js'

const pad = (n: number): string => String(n).padStart(2, '0')

/** Moves a month `YYYY-MM` by some months. */
export function shiftMonth(month: string, by: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(index / 12)}-${pad((index % 12) + 1)}`
}

/** The month `YYYY-MM` as the community counts it: with a start day of 26, 2026-11 runs from 10-26 to 11-25. */
export function periodOf(month: string, startDay: number): Period {
  if (startDay === 1) return { month, from: `${month}-01`, to: addDays(`${shiftMonth(month, 1)}-01`, -1) }
  return { month, from: `${shiftMonth(month, -1)}-${pad(startDay)}`, to: `${month}-${pad(startDay - 1)}` }
}

/** The period a day lies in. */
export function periodAt(day: LocalDate, startDay: number): Period {
  const month = day.slice(0, 7)
  const later = startDay > 1 && Number(day.slice(8, 10)) >= startDay
  return periodOf(later ? shiftMonth(month, 1) : month, startDay)
}
