import type { Reader } from '../../db/transaction.js'
import type { CommunityView, DomainEvent } from '../../kernel/module.js'
import { periodOf } from './decide-period.js'
import { type TargetInput, targetOf } from './decide-target.js'
import { storedMonth, targetInput } from './store.js'
import { ledgerTexts } from './texts.js'
import type { MonthView } from './types.js'

/** How a goal changes by something that is being decided: leave, a share, another quota. */
export type Change = (input: TargetInput) => TargetInput

/** A new goal for a month that stands open, as an event; null when it stays. */
export async function retarget(
  read: Reader,
  community: CommunityView,
  worker: { id: number; name: string },
  month: string,
  change: Change = (input) => input,
): Promise<DomainEvent<MonthView> | null> {
  const stored = await storedMonth(read, worker.id, month)
  if (!stored || stored.closed) return null
  const period = periodOf(month, community.settings.visits.monthStartDay)
  const before = await targetInput(read, community, worker.id, { ...period, from: stored.fromDay, to: stored.toDay })
  // The quota of an open month is its snapshot; only a change that names another replaces it.
  const next = targetOf(change({ ...before, quota: stored.quota }))
  const same =
    next.target === stored.target &&
    next.reason === stored.reason &&
    next.workDays === stored.workDays &&
    next.quota === stored.quota
  if (same) return null
  return {
    type: 'visit.target_changed',
    communityId: community.id,
    subject: `visit-month:${worker.id}:${month}`,
    page: 'visits',
    workerId: worker.id,
    text: ledgerTexts.changed(worker.name, month, next.target, next.reason),
    data: { ...stored, ...next },
  }
}
