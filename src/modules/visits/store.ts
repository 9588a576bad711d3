import type { Reader } from '../../db/transaction.js'
import { addDays, type LocalDate, localDate } from '../../kernel/local-time.js'
import type { CommunityView } from '../../kernel/module.js'
import { periodAt } from './decide-period.js'
import { type TargetInput, targetOf } from './decide-target.js'
import { beginningOf, communitySpans, heldSpans } from './spans.js'
import type { HouseholdRow, MonthView, OpenMonth, Period, Target, VisitView } from './types.js'

/** Days; longer than any term of logging late. */
const MOST_BACKDATED = 40

export const HOUSEHOLD = {
  id: true,
  gridId: true,
  estate: true,
  building: true,
  unit: true,
  room: true,
  headName: true,
  tier: true,
} as const

/** Confirmed leave of a worker that touches a period. */
export const leaveIn = (read: Reader, workerId: number, { from, to }: { from: LocalDate; to: LocalDate }) =>
  read.visitLeave
    .findMany({ where: { personId: workerId, status: 'confirmed', fromDay: { lte: to }, toDay: { gte: from } } })
    .then((rows) => rows.map((row) => ({ from: row.fromDay, to: row.toDay })))

/** The goal in force: the worker's own, else the community's, the subdistrict's, the district's, else the setting. */
export async function quotaFor(read: Reader, community: CommunityView, workerId: number, month: string) {
  const subdistrict = await read.subdistrict.findUnique({
    where: { id: community.subdistrictId },
    select: { districtId: true },
  })
  const scopes = [
    { scopeKind: 'worker', scopeId: workerId },
    { scopeKind: 'community', scopeId: community.id },
    { scopeKind: 'subdistrict', scopeId: community.subdistrictId },
    { scopeKind: 'district', scopeId: subdistrict?.districtId ?? 0 },
  ]
  const goals = await read.visitGoal.findMany({
    where: { OR: scopes, month: { lte: month } },
    orderBy: { month: 'desc' },
  })
  for (const scope of scopes) {
    const goal = goals.find((one) => one.scopeKind === scope.scopeKind)
    if (goal) return goal.quota
  }
  return community.settings.visits.quota
}

/** Everything a worker's goal of a period depends on. */
export async function targetInput(
  read: Reader,
  community: CommunityView,
  workerId: number,
  period: Period,
): Promise<TargetInput> {
  // One after another: within a transaction all share one connection.
  const spans = await communitySpans(read, community)
  const leave = await leaveIn(read, workerId, period)
  const quota = await quotaFor(read, community, workerId, period.month)
  const shares = await read.visitShare.findMany({
    where: { month: period.month, status: 'agreed', OR: [{ fromId: workerId }, { toId: workerId }] },
  })
  const others = await read.person.findMany({
    where: { id: { in: shares.map((share) => (share.fromId === workerId ? share.toId : share.fromId)) } },
    select: { id: true, name: true },
  })
  const nameOf = (id: number) => others.find((one) => one.id === id)?.name ?? ''
  return {
    quota,
    period,
    held: heldSpans(spans, workerId),
    beginning: beginningOf(spans, workerId),
    leave,
    shares: shares.map((share) =>
      share.fromId === workerId
        ? { households: -share.households, with: nameOf(share.toId) }
        : { households: share.households, with: nameOf(share.fromId) },
    ),
    fullMonthDays: community.settings.visits.fullMonthDays,
  }
}

const MONTH = {
  workerId: true,
  month: true,
  fromDay: true,
  toDay: true,
  quota: true,
  target: true,
  reason: true,
  workDays: true,
  met: true,
  notHome: true,
  refused: true,
  remote: true,
  closedAt: true,
} as const

type MonthRow = Omit<MonthView, 'closed'> & { readonly closedAt: Date | null }
const monthView = ({ closedAt, ...row }: MonthRow): MonthView => ({ ...row, closed: closedAt !== null })

export async function storedMonth(read: Reader, workerId: number, month: string): Promise<MonthView | null> {
  const row = await read.visitMonth.findUnique({ where: { workerId_month: { workerId, month } }, select: MONTH })
  return row ? monthView(row) : null
}

export const monthsOf = async (read: Reader, workerId: number, take: number): Promise<MonthView[]> =>
  (await read.visitMonth.findMany({ where: { workerId }, orderBy: { month: 'desc' }, take, select: MONTH })).map(
    monthView,
  )

export async function monthOf(
  read: Reader,
  community: CommunityView,
  workerId: number,
  day: LocalDate,
): Promise<OpenMonth> {
  const period = periodAt(day, community.settings.visits.monthStartDay)
  const stored = await storedMonth(read, workerId, period.month)
  if (stored) return { view: stored, isNew: false }
  const target = targetOf(await targetInput(read, community, workerId, period))
  return { view: freshMonth(workerId, period, target), isNew: true }
}

export const freshMonth = (workerId: number, period: Period, target: Target): MonthView => ({
  workerId,
  month: period.month,
  fromDay: period.from,
  toDay: period.to,
  ...target,
  met: 0,
  notHome: 0,
  refused: 0,
  remote: 0,
  closed: false,
})

/** Households a worker met in person between two days. */
export async function metBetween(
  read: Reader,
  workerId: number,
  from: LocalDate,
  to: LocalDate,
): Promise<{ readonly householdId: number; readonly day: LocalDate }[]> {
  return read.visit.findMany({
    where: { workerId, day: { gte: from, lte: to }, counted: true },
    select: { householdId: true, day: true },
  })
}

const VISIT = {
  id: true,
  key: true,
  householdId: true,
  gridId: true,
  responsibleId: true,
  workerId: true,
  day: true,
  outcome: true,
  tier: true,
  problem: true,
  measure: true,
  result: true,
  text: true,
  backdated: true,
  outside: true,
  status: true,
  requestNumber: true,
} as const

export const visitByKey = async (read: Reader, key: string): Promise<VisitView | null> =>
  (await read.visit.findUnique({ where: { key }, select: VISIT })) as VisitView | null

/** The worker's latest valid visit that was logged after an instant; to one household where one is named. */
export const latestVisit = async (
  read: Reader,
  workerId: number,
  since: Date,
  householdId?: number,
): Promise<VisitView | null> =>
  (await read.visit.findFirst({
    where: {
      workerId,
      ...(householdId === undefined ? {} : { householdId }),
      status: 'valid',
      loggedAt: { gte: since },
      // What was logged lately lies at most a term back: the index on days then leaves few rows to look at.
      day: { gte: addDays(localDate(since, 'utc'), -MOST_BACKDATED) },
    },
    orderBy: { id: 'desc' },
    select: VISIT,
  })) as VisitView | null

export const householdRow = (read: Reader, id: number): Promise<HouseholdRow | null> =>
  read.household.findUnique({ where: { id }, select: HOUSEHOLD })

/** Position in the chain of the entry that logged something, so that a correction can name it. */
export async function seqOf(read: Reader, subject: string): Promise<number | undefined> {
  const entry = await read.ledgerEntry.findFirst({ where: { subject }, orderBy: { id: 'asc' }, select: { seq: true } })
  return entry?.seq
}
