import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Reader } from '../../db/transaction.js'
import type { LocalDate } from '../../kernel/local-time.js'
import type { CommunityView } from '../../kernel/module.js'
import { presentDays } from './decide-target.js'
import { communitySpans, gridSpans, gridsOn, heldSpans } from './spans.js'
import { leaveIn, monthOf } from './store.js'
import type { DaySpan, MonthView, OpenMonth, Period, WorkerMonth } from './types.js'

export interface Named {
  readonly id: number
  readonly name: string
}

const touches = (span: DaySpan, { from, to }: Period): boolean =>
  (span.from === null || span.from <= to) && (span.to === null || span.to >= from)

/** Who held a grid of the community at some time of a period, by id. */
export async function workersOf(read: Reader, community: CommunityView, period: Period): Promise<Named[]> {
  const spans = await communitySpans(read, community)
  const ids = spans.filter((span) => span.kind === 'holder' && touches(span, period)).map((span) => span.personId)
  return read.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    orderBy: { id: 'asc' },
    select: { id: true, name: true },
  })
}

/** The worker's own days in the month: working days on which a grid was held and no leave taken. */
export async function daysPresent(
  read: Reader,
  community: CommunityView,
  workerId: number,
  { month, fromDay, toDay }: Pick<MonthView, 'month' | 'fromDay' | 'toDay'>,
): Promise<LocalDate[]> {
  const period = { month, from: fromDay, to: toDay }
  const held = heldSpans(await communitySpans(read, community), workerId)
  return presentDays({ period, held, leave: await leaveIn(read, workerId, period) })
}

export const onLeave = async (read: Reader, workerId: number, day: LocalDate): Promise<boolean> =>
  (await leaveIn(read, workerId, { from: day, to: day })).length > 0

interface Coverage {
  readonly covered: number
  readonly households: number
}

/** Households of the grids a worker answers for on a day, and how many were met in its year. */
export async function coverageOf(
  read: Reader,
  community: CommunityView,
  workerId: number,
  day: LocalDate,
): Promise<Coverage> {
  const spans = (await gridSpans(read, community, workerId)).filter((span) => span.kind === 'holder')
  const gridIds = gridsOn(spans, day)
  return sumOf(await gridYears(read, gridIds, day), gridIds)
}

/** Coverage by grid; a grid that was never counted has its households counted now. */
async function gridYears(read: Reader, gridIds: readonly number[], day: LocalDate): Promise<Map<number, Coverage>> {
  const years = await read.visitGridYear.findMany({
    where: { gridId: { in: [...gridIds] }, year: Number(day.slice(0, 4)) },
    select: { gridId: true, covered: true, households: true },
  })
  const byGrid = new Map<number, Coverage>(years.map((year) => [year.gridId, year]))
  for (const gridId of gridIds)
    if (!byGrid.has(gridId))
      byGrid.set(gridId, { covered: 0, households: await read.household.count({ where: { gridId } }) })
  return byGrid
}

const sumOf = (byGrid: ReadonlyMap<number, Coverage>, gridIds: readonly number[]): Coverage => ({
  covered: gridIds.reduce((sum, id) => sum + (byGrid.get(id)?.covered ?? 0), 0),
  households: gridIds.reduce((sum, id) => sum + (byGrid.get(id)?.households ?? 0), 0),
})

/** A month of everybody who held a grid in it, those still without a snapshot included. */
export async function communityMonth(
  read: Reader,
  community: CommunityView,
  period: Period,
  today: LocalDate,
): Promise<(OpenMonth & { readonly worker: WorkerMonth })[]> {
  const day = period.to < today ? period.to : today
  const spans = (await communitySpans(read, community)).filter((span) => span.kind === 'holder')
  const byGrid = await gridYears(read, [...new Set(spans.map((span) => span.gridId))], day)
  const found: (OpenMonth & { worker: WorkerMonth })[] = []
  for (const { id, name } of await workersOf(read, community, period)) {
    const open = await monthOf(read, community, id, period.to)
    const gridIds = gridsOn(
      spans.filter((span) => span.personId === id),
      day,
    )
    found.push({ ...open, worker: { ...open.view, name, ...sumOf(byGrid, gridIds) } })
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
