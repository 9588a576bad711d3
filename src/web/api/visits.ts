import type { Reader } from '../../db/transaction.js'
import { isoTime, localDate } from '../../kernel/local-time.js'
import { maskName } from '../../kernel/masking.js'
import { monthOf } from '../desk/visits-data.js'
import { toPage } from './cursor.js'
import { inScope } from './filters.js'
import { type Names, readNames } from './names.js'
import type { Caller } from './token.js'
import type {
  BoardAnswer,
  BoardQuery,
  ProgressAnswer,
  ProgressQuery,
  VisitAnswer,
  VisitQuery,
} from './visit-schemas.js'

type Row = Awaited<ReturnType<Reader['visit']['findMany']>>[number]

/** Visits the caller may see, the latest logged first. */
export async function listVisits(
  read: Reader,
  caller: Caller,
  query: VisitQuery,
  timezone: string,
): Promise<{ data: VisitAnswer[]; next: string | null; subjects: string[] }> {
  const ids = await filterIds(read, query)
  if (!ids) return { data: [], next: null, subjects: [] }
  const day = (text: string) => (text.includes('T') ? localDate(new Date(text), timezone) : text)
  const rows = await read.visit.findMany({
    where: {
      ...inScope(caller, query.community),
      ...ids,
      ...(query.outcome ? { outcome: { in: query.outcome } } : {}),
      status: query.visit,
      day: {
        ...(query.since === undefined ? {} : { gte: day(query.since) }),
        ...(query.until === undefined ? {} : { lt: day(query.until) }),
      },
      ...(query.cursor === undefined ? {} : { id: { lt: query.cursor } }),
    },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  })
  const { page, next } = toPage('visits', rows, query.limit)
  const names = await readNames(read, caller, {
    grids: page.map((row) => row.gridId),
    households: page.map((row) => row.householdId),
    workers: page.flatMap((row) => [row.workerId, row.responsibleId]),
  })
  const residents = caller.seesPersonal ? [] : await headNames(read, page)
  const corrected = await keysOf(read, page)
  const data = page.map((row) => toAnswer(row, caller, names, residents, corrected))
  return { data, next, subjects: page.map((row) => `visit:${row.key}`) }
}

async function filterIds(read: Reader, { grid, worker }: { grid?: string | undefined; worker?: string | undefined }) {
  const gridRow = grid === undefined ? undefined : await read.grid.findUnique({ where: { code: grid } })
  const person = worker === undefined ? undefined : await read.person.findUnique({ where: { staffNo: worker } })
  if (gridRow === null || person === null) return null
  return { ...(gridRow ? { gridId: gridRow.id } : {}), ...(person ? { workerId: person.id } : {}) }
}

/** Heads of the visited homes by name: a note may call them so. */
async function headNames(read: Reader, rows: readonly Row[]): Promise<string[]> {
  const homes = await read.household.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.householdId))] } },
    select: { headName: true },
  })
  return homes.map((home) => home.headName).filter((name) => name.length > 1)
}

async function keysOf(read: Reader, rows: readonly Row[]): Promise<ReadonlyMap<number, string>> {
  const ids = rows.flatMap((row) => row.correctsId ?? [])
  const found = await read.visit.findMany({ where: { id: { in: ids } }, select: { id: true, key: true } })
  return new Map(found.map(({ id, key }) => [id, key]))
}

function toAnswer(
  row: Row,
  caller: Caller,
  names: Names,
  residents: readonly string[],
  corrected: ReadonlyMap<number, string>,
): VisitAnswer {
  const { code = '', timezone = 'UTC' } = caller.communities.get(row.communityId) ?? {}
  const words = (text: string) =>
    residents.reduce((masked, name) => masked.replaceAll(name, maskName(name)), names.words(text))
  return {
    key: row.key,
    community: code,
    grid: names.grid(row.gridId),
    ...names.worker(row.workerId),
    responsible: names.worker(row.responsibleId).worker,
    day: row.day,
    household: names.household(row.householdId),
    tier: row.tier as VisitAnswer['tier'],
    outcome: row.outcome as VisitAnswer['outcome'],
    counted: row.counted,
    problem: words(row.problem),
    measure: words(row.measure),
    result: words(row.result),
    backdated: row.backdated,
    outside: row.outside,
    photos: row.photos,
    status: row.status as VisitAnswer['status'],
    source: row.source as VisitAnswer['source'],
    request: row.requestNumber,
    corrects: row.correctsId === null ? null : (corrected.get(row.correctsId) ?? null),
    loggedAt: isoTime(row.loggedAt, timezone),
  }
}

/** The month that runs now in each community of the caller, as it counts its months. */
async function monthsNow(read: Reader, caller: Caller, now: Date): Promise<string[]> {
  const rows = await read.community.findMany({
    where: { id: { in: [...caller.communities.keys()] } },
    select: { timezone: true, settings: true },
  })
  const startDay = (settings: unknown) =>
    Number((settings as { visits?: { monthStartDay?: number } } | null)?.visits?.monthStartDay ?? 1)
  return [...new Set(rows.map((row) => monthOf(localDate(now, row.timezone), startDay(row.settings))))]
}

/** Workers' months: the same stored figures that the workers and their managers read. */
export async function listProgress(
  read: Reader,
  caller: Caller,
  query: ProgressQuery,
  now: Date,
): Promise<{ data: ProgressAnswer[]; next: string | null }> {
  const ids = await filterIds(read, query)
  if (!ids) return { data: [], next: null }
  const rows = await read.visitMonth.findMany({
    where: {
      ...inScope(caller, query.community),
      ...ids,
      month: query.month ?? { in: await monthsNow(read, caller, now) },
      ...(query.cursor === undefined ? {} : { id: { lt: query.cursor } }),
    },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  })
  const { page, next } = toPage('visit-months', rows, query.limit)
  const names = await readNames(read, caller, { workers: page.map((row) => row.workerId) })
  const data = page.map((row) => ({
    community: caller.communities.get(row.communityId)?.code ?? '',
    ...names.worker(row.workerId),
    month: row.month,
    from: row.fromDay,
    to: row.toDay,
    quota: row.quota,
    target: row.target,
    reason: row.reason,
    workDays: row.workDays,
    met: row.met,
    notHome: row.notHome,
    refused: row.refused,
    remote: row.remote,
    closed: row.closedAt !== null,
  }))
  return { data, next }
}

/** A line for each community, by code: how far its workers are and what of its homes they reached this year. */
export async function readBoards(
  read: Reader,
  caller: Caller,
  query: BoardQuery,
  now: Date,
): Promise<{ data: BoardAnswer[] }> {
  const scope = inScope(caller, query.community)
  const months = query.month ? [query.month] : await monthsNow(read, caller, now)
  const rows = await read.visitMonth.findMany({
    where: { ...scope, month: { in: months } },
    select: { communityId: true, month: true, met: true, target: true },
  })
  const years = await read.visitGridYear.groupBy({
    by: ['communityId', 'year'],
    where: { ...scope, year: { in: [...new Set(months.map((month) => Number(month.slice(0, 4))))] } },
    _sum: { covered: true, households: true },
  })
  const places = await read.community.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.communityId))] } },
    orderBy: { code: 'asc' },
    select: { id: true, code: true, name: true },
  })
  const data = places.flatMap(({ id, code, name }) =>
    months.flatMap((month) => {
      const own = rows.filter((row) => row.communityId === id && row.month === month)
      if (own.length === 0) return []
      const year = years.find((one) => one.communityId === id && one.year === Number(month.slice(0, 4)))
      const aimed = own.filter((row) => row.target > 0)
      return {
        community: code,
        name,
        month,
        workers: aimed.length,
        done: aimed.filter((row) => row.met >= row.target).length,
        met: own.reduce((sum, row) => sum + row.met, 0),
        target: own.reduce((sum, row) => sum + row.target, 0),
        households: year?._sum.households ?? 0,
        covered: year?._sum.covered ?? 0,
      }
    }),
  )
  return { data }
}
