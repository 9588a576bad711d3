import { local } from '../../kernel/local-time.js'
import type { Move } from './schemas.js'

/** When an office day is under way and reminders of that day may be seen to come. */
const MORNING = { hour: 9, minute: 0, second: 0, millisecond: 0 }

/** Where a move leads from `now`, always forward. Days and months are those of the time zone. */
export function destination(now: Date, move: Move, timezone: string): Date {
  const here = local(now, timezone)
  if ('hours' in move) return here.plus({ hours: move.hours }).toJSDate()
  if ('days' in move) return here.plus({ days: move.days }).toJSDate()
  const later = (days: (months: number) => typeof here) => {
    const soon = days(0)
    return (soon > here ? soon : days(1)).toJSDate()
  }
  switch (move.to) {
    case 'next_morning':
      return later((more) => here.plus({ days: more }).set(MORNING))
    case 'month_end':
      return later((more) => here.startOf('month').plus({ months: more }).endOf('month').set(MORNING))
    case 'next_month':
      return here.startOf('month').plus({ months: 1 }).set(MORNING).toJSDate()
  }
}
