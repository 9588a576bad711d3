import type { Tx } from '../../db/transaction.js'
import { addDays } from '../../kernel/local-time.js'
import type { CommunityView, DomainEvent } from '../../kernel/module.js'
import { periodAt } from './decide-period.js'
import { retarget } from './retarget.js'
import type { LeaveDays, MonthView } from './types.js'

/** The periods a span of days touches. */
export function monthsOf(span: LeaveDays, community: CommunityView): string[] {
  const months = new Set<string>()
  for (let day = span.from; day <= span.to; day = addDays(day, 1))
    months.add(periodAt(day, community.settings.visits.monthStartDay).month)
  return [...months]
}

/** The goals of open months as they stand with the leave taken. */
export async function targetsWith(
  tx: Tx,
  community: CommunityView,
  person: { id: number; name: string },
  span: LeaveDays,
): Promise<DomainEvent<MonthView>[]> {
  const events: DomainEvent<MonthView>[] = []
  for (const month of monthsOf(span, community)) {
    const event = await retarget(tx, community, person, month, (input) => ({ ...input, leave: [...input.leave, span] }))
    if (event) events.push(event)
  }
  return events
}
