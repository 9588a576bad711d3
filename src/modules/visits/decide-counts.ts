import type { LocalDate } from '../../kernel/local-time.js'
import type { DomainEvent } from '../../kernel/module.js'
import { ledgerTexts, logTexts, monthName } from './texts.js'
import type { Counts, MonthView, Outcome } from './types.js'

/** Follows the counts while a turn logs one visit after another, as the stored figures will after it. */
export function counter(counts: Counts) {
  const met = new Map([...counts.months].map(([month, { met }]) => [month, met.map((one) => ({ ...one }))] as const))
  const monthAt = (day: LocalDate) => counts.monthOfDay.get(day) ?? day.slice(0, 7)
  const distinct = (rows: readonly { householdId: number }[]) => new Set(rows.map((row) => row.householdId)).size
  return {
    /** Whether the household was met already, on the day or in its month. */
    before(householdId: number, day: LocalDate): 'day' | 'month' | null {
      const rows = (met.get(monthAt(day)) ?? []).filter((row) => row.householdId === householdId)
      if (rows.some((row) => row.day === day)) return 'day'
      return rows.length > 0 ? 'month' : null
    },
    add(householdId: number, day: LocalDate, outcome: Outcome): void {
      if (outcome === 'met') met.get(monthAt(day))?.push({ householdId, day })
    },
    remove(householdId: number, day: LocalDate): void {
      const rows = met.get(monthAt(day))
      const index = rows?.findIndex((row) => row.householdId === householdId && row.day === day) ?? -1
      if (index >= 0) rows?.splice(index, 1)
    },
    view: (day: LocalDate): MonthView | null => counts.months.get(monthAt(day))?.view ?? null,
    met: (day: LocalDate): number => distinct(met.get(monthAt(day)) ?? []),
    onDay: (day: LocalDate): number => distinct((met.get(monthAt(day)) ?? []).filter((row) => row.day === day)),
    /** `今天第 4 户，本月 19/30。`; a day of another month names it. */
    text(day: LocalDate, withDay: boolean): string {
      const month = monthAt(day)
      const name = month === monthAt(counts.today) ? '本月' : monthName(month)
      const target = counts.months.get(month)?.view.target ?? 0
      return logTexts.count(withDay && day === counts.today ? this.onDay(day) : null, name, this.met(day), target)
    },
  }
}

/** The snapshot of a month, as an event: the goal as it stands now, kept from here on. */
export function monthOpened(communityId: number, workerName: string, view: MonthView): DomainEvent<MonthView> {
  return {
    type: 'visit.month_opened',
    communityId,
    subject: `visit-month:${view.workerId}:${view.month}`,
    page: 'visits',
    workerId: view.workerId,
    text: ledgerTexts.opened(workerName, view.month, view.target, view.reason),
    data: view,
  }
}

/** Snapshots that the days of a turn still need. */
export const openings = (
  counts: Counts,
  days: readonly LocalDate[],
  communityId: number,
  workerName: string,
): DomainEvent[] => {
  const months = new Set(days.map((day) => counts.monthOfDay.get(day)))
  return [...counts.months]
    .filter(([month, open]) => open.isNew && months.has(month))
    .map(([, open]) => monthOpened(communityId, workerName, open.view))
}
