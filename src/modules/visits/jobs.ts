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
import type { MonthView, Period } from './types.js'

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
    const events = await kept(tx, community, current)
    // A month nobody has a row of was before the service; one with some rows has them for all, an outage or not.
    const lived = await tx.visitMonth.count({ where: { communityId: community.id, month: before.month } })
    if (lived > 0) events.push(...(await kept(tx, community, before)))
    events.push(coverageRecounted(community, Number(today.slice(0, 4))))
    const isOver = today > addDays(before.to, backdateDays)
    if (isOver) events.push(...(await closing(tx, community, before.month, events)))
    return { ...NOTHING_TO_DO, events }
  },
}

/** Snapshots that are missing in a period, and goals that leave or a hand-over has changed. */
async function kept(tx: Tx, community: CommunityView, period: Period): Promise<DomainEvent[]> {
  const events: DomainEvent[] = []
  for (const worker of await workersOf(tx, community, period)) {
    const stored = await storedMonth(tx, worker.id, period.month)
    if (stored) {
      const changed = await retarget(tx, community, worker, period.month)
      if (changed) events.push(changed)
    } else {
      const target = targetOf(await targetInput(tx, community, worker.id, period))
      events.push(monthOpened(community.id, worker.name, freshMonth(worker.id, period, target)))
    }
  }
  return events
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
async function closing(
  tx: Tx,
  community: CommunityView,
  month: string,
  before: readonly DomainEvent[],
): Promise<DomainEvent[]> {
  const rows = await tx.visitMonth.findMany({
    where: { communityId: community.id, month: { lte: month }, closedAt: null },
    orderBy: { month: 'asc' },
    select: { workerId: true, month: true, met: true, target: true },
  })
  const changed = before.flatMap(({ data }) => ('workerId' in data ? [data as MonthView] : []))
  const goalOf = (row: { workerId: number; month: string; target: number }) =>
    changed.find((one) => one.workerId === row.workerId && one.month === row.month)?.target ?? row.target
  const opened = changed.filter(
    (one) => one.month <= month && !rows.some((row) => row.workerId === one.workerId && row.month === one.month),
  )
  const all = [...rows, ...opened]
  return [...new Set(all.map((row) => row.month))].map((closed) => {
    const of = all.filter((row) => row.month === closed)
    const met = of.reduce((sum, row) => sum + row.met, 0)
    const target = of.reduce((sum, row) => sum + goalOf(row), 0)
    return {
      type: 'visit.month_closed',
      communityId: community.id,
      subject: `visit-month:${closed}`,
      page: 'visits',
      text: ledgerTexts.closed(closed, met, target),
      data: { month: closed, met, target },
    }
  })
}
