import type { Tx } from '../../db/transaction.js'
import { addDays, localDate } from '../../kernel/local-time.js'
import type { CommunityView, Decision, DomainEvent, Job } from '../../kernel/module.js'
import { monthOpened } from './decide-counts.js'
import { periodAt } from './decide-period.js'
import { targetOf } from './decide-target.js'
import { retarget } from './retarget.js'
import { freshMonth, storedMonth, targetInput } from './store.js'
import { workersOf } from './store-workers.js'
import { ledgerTexts } from './texts.js'

const HOUR_MS = 3_600_000
const NOTHING_TO_DO: Decision = { events: [], drafts: [] }

/**
 * Every night: takes the snapshot of a month that has begun, follows leave and hand-overs in the months that stand open,
 * recounts coverage, and closes the month before once nothing can be logged late for it any more.
 */
export const keepMonths: Job = {
  name: 'visits.keep-months',
  cron: '10 0 * * *',
  catchUp: 'latest',
  catchUpMs: 40 * 24 * HOUR_MS,
  plan: async (tx, community, _slot, now) => {
    const { monthStartDay, backdateDays } = community.settings.visits
    const today = localDate(now, community.timezone)
    const current = periodAt(today, monthStartDay)
    const before = periodAt(addDays(current.from, -1), monthStartDay)
    const events: DomainEvent[] = []
    for (const worker of await workersOf(tx, community, current)) {
      const stored = await storedMonth(tx, worker.id, current.month)
      const target = stored ? null : targetOf(await targetInput(tx, community, worker.id, current))
      if (target) events.push(monthOpened(community.id, worker.name, freshMonth(worker.id, current, target)))
      for (const month of stored ? [current.month, before.month] : [before.month]) {
        const changed = await retarget(tx, community, worker, month)
        if (changed) events.push(changed)
      }
    }
    events.push(coverageRecounted(community, Number(today.slice(0, 4))))
    if (today > addDays(before.to, backdateDays)) events.push(...(await closing(tx, community, before.month)))
    return { ...NOTHING_TO_DO, events }
  },
}

const coverageRecounted = (community: CommunityView, year: number): DomainEvent => ({
  type: 'visit.coverage_recounted',
  communityId: community.id,
  subject: `community:${community.id}`,
  page: null,
  text: '',
  data: { year },
})

/** Closes all months up to `month` that stand open still: also those that an outage left behind. */
async function closing(tx: Tx, community: CommunityView, month: string): Promise<DomainEvent[]> {
  const open = await tx.visitMonth.groupBy({
    by: ['month'],
    where: { communityId: community.id, month: { lte: month }, closedAt: null },
    _sum: { met: true, target: true },
    orderBy: { month: 'asc' },
  })
  return open.map(({ month: closed, _sum }) => ({
    type: 'visit.month_closed',
    communityId: community.id,
    subject: `visit-month:${closed}`,
    page: 'visits',
    text: ledgerTexts.closed(closed, _sum.met ?? 0, _sum.target ?? 0),
    data: { month: closed, met: _sum.met ?? 0, target: _sum.target ?? 0 },
  }))
}
