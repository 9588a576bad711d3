import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Reader } from '../../db/transaction.js'
import { instant, type LocalDate } from '../../kernel/local-time.js'
import type { CommunityView } from '../../kernel/module.js'
import { presentDays } from './decide-target.js'
import { gridSpans, gridsOn, leaveIn, monthOf } from './store.js'
import type { MonthView, OpenMonth, Period, WorkerMonth } from './types.js'

export interface Named {
  readonly id: number
  readonly name: string
}

/** Who held a grid of the community at some time of a period, by id. */
export async function workersOf(read: Reader, community: CommunityView, period: Period): Promise<Named[]> {
  const rows = await read.gridAssignment.findMany({
    where: {
      kind: 'holder',
      grid: { communityId: community.id },
      startsAt: { lte: instant(period.to, 23, 59, community.timezone) },
      OR: [{ endsAt: null }, { endsAt: { gt: instant(period.from, 0, 0, community.timezone) } }],
    },
    orderBy: { personId: 'asc' },
    distinct: ['personId'],
    select: { person: { select: { id: true, name: true } } },
  })
  return rows.map((row) => row.person)
}

/** The worker's own days in the month: working days on which a grid was held and no leave taken. */
export async function daysPresent(
  read: Reader,
  community: CommunityView,
  workerId: number,
  { month, fromDay, toDay }: Pick<MonthView, 'month' | 'fromDay' | 'toDay'>,
): Promise<LocalDate[]> {
  const period = { month, from: fromDay, to: toDay }
  const spans = await gridSpans(read, community, workerId)
  const leave = await leaveIn(read, workerId, period)
  return presentDays({ period, held: spans.filter((span) => span.kind === 'holder'), leave })
}

export const onLeave = async (read: Reader, workerId: number, day: LocalDate): Promise<boolean> =>
  (await leaveIn(read, workerId, { from: day, to: day })).length > 0

/** Households of the grids a worker answers for on a day, and how many were met in its year. */
export async function coverageOf(
  read: Reader,
  community: CommunityView,
  workerId: number,
  day: LocalDate,
): Promise<{ covered: number; households: number; gridIds: number[] }> {
  const spans = await gridSpans(read, community, workerId)
  const gridIds = gridsOn(
    spans.filter((span) => span.kind === 'holder'),
    day,
  )
  const years = await read.visitGridYear.findMany({
    where: { gridId: { in: gridIds }, year: Number(day.slice(0, 4)) },
    select: { gridId: true, covered: true, households: true },
  })
  const counted = new Set(years.map((year) => year.gridId))
  const uncounted = gridIds.filter((id) => !counted.has(id))
  const others = uncounted.length > 0 ? await read.household.count({ where: { gridId: { in: uncounted } } }) : 0
  const sum = (field: 'covered' | 'households') => years.reduce((total, year) => total + year[field], 0)
  return { covered: sum('covered'), households: sum('households') + others, gridIds }
}

/** A month of everybody who held a grid in it, those still without a snapshot included. */
export async function communityMonth(
  read: Reader,
  community: CommunityView,
  period: Period,
  today: LocalDate,
): Promise<(OpenMonth & { readonly worker: WorkerMonth })[]> {
  const day = period.to < today ? period.to : today
  const found: (OpenMonth & { worker: WorkerMonth })[] = []
  for (const { id, name } of await workersOf(read, community, period)) {
    const open = await monthOf(read, community, id, period.to)
    const { covered, households } = await coverageOf(read, community, id, day)
    found.push({ ...open, worker: { ...open.view, name, covered, households } })
  }
  return found
}

/** One community's line of a board. */
export interface CommunityTotal {
  readonly communityId: number
  readonly workers: number
  readonly met: number
  readonly target: number
  readonly covered: number
  readonly households: number
}

/**
 * Boards of many communities at once, from the workers' months and the grids' years alone: a district of 6,000 workers is
 * two short scans of an index.
 */
export async function communityTotals(
  read: Reader,
  districtId: number,
  month: string,
): Promise<Map<number, CommunityTotal>> {
  const inDistrict = Prisma.sql`"communityId" IN (SELECT c."id" FROM "Community" c JOIN "Subdistrict" s ON s."id" = c."subdistrictId"
    WHERE s."districtId" = ${districtId})`
  type Sum = Record<string, number | bigint>
  const months = await read.$queryRaw<Sum[]>(Prisma.sql`
    SELECT "communityId", COUNT(*) AS "workers", SUM("met") AS "met", SUM("target") AS "target" FROM "VisitMonth"
    WHERE "month" = ${month} AND ${inDistrict} GROUP BY "communityId"`)
  const years = await read.$queryRaw<Sum[]>(Prisma.sql`
    SELECT "communityId", SUM("covered") AS "covered", SUM("households") AS "households" FROM "VisitGridYear"
    WHERE "year" = ${Number(month.slice(0, 4))} AND ${inDistrict} GROUP BY "communityId"`)
  const covered = new Map(years.map((row) => [Number(row.communityId), row]))
  return new Map(
    months.map((row) => {
      const communityId = Number(row.communityId)
      const year = covered.get(communityId)
      return [
        communityId,
        {
          communityId,
          workers: Number(row.workers),
          met: Number(row.met),
          target: Number(row.target),
          covered: Number(year?.covered ?? 0),
          households: Number(year?.households ?? 0),
        },
      ]
    }),
  )
}
