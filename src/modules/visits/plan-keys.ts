import type { Reader } from '../../db/transaction.js'
import { addDays, type LocalDate } from '../../kernel/local-time.js'
import type { MonthView } from './types.js'

/** The Monday of a day's week. */
export function weekStart(day: LocalDate): LocalDate {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
  return addDays(day, 1 - weekday)
}

/** The key of a worker's plan of the week that begins on a Monday. */
export const planKey = (workerId: number, monday: LocalDate): string => `visit-plan:W${workerId}:${monday}`

/** Whether a week's plan of the month came by a day: the month's first one tells why the goal is what it is. */
export async function hasHadPlan(
  read: Reader,
  { workerId, fromDay }: Pick<MonthView, 'workerId' | 'fromDay'>,
  until: LocalDate,
): Promise<boolean> {
  const keys: string[] = []
  for (let monday = weekStart(until); monday >= weekStart(fromDay); monday = addDays(monday, -7))
    keys.push(planKey(workerId, monday))
  return (await read.outboxMessage.count({ where: { key: { in: keys } } })) > 0
}
