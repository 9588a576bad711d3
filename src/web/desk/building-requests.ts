import type { Reader } from '../../db/transaction.js'
import { pathOf } from './env.js'
import { lateWhere } from './requests-data.js'

/** A building of the roster. The same number stands in several estates, and one building may lie in several grids. */
export interface Building {
  readonly estate: string
  readonly building: string
  readonly gridId: number
}

interface Unit extends Building {
  readonly unit: string
  readonly households: number
}

/** An open request with the buildings it may be of: one, unless its words leave the estate open. */
export interface PlacedRequest {
  readonly id: number
  readonly late: boolean
  readonly urgent: boolean
  readonly at: readonly Building[]
}

/** The buildings of a community by unit. */
export async function readUnits(read: Reader, communityId: number): Promise<Unit[]> {
  const by = ['gridId', 'estate', 'building', 'unit'] as const
  const groups = await read.household.groupBy({ by: [...by], where: { communityId }, _count: { _all: true } })
  return groups.map(({ _count, ...unit }) => ({ ...unit, households: _count._all }))
}

/** The page of a building. */
export const buildingPath = (code: string, { gridId, estate, building }: Building): string =>
  pathOf(code, `homes?${new URLSearchParams({ grid: String(gridId), estate, building })}`)

export const isSameBuilding = (a: Building, b: Building): boolean =>
  a.gridId === b.gridId && a.estate === b.estate && a.building === b.building

/** Where the estate of a number of requests could not be told, so that they stand at each building of that number. */
export const isOfSeveralEstates = ({ at }: PlacedRequest): boolean => new Set(at.map((one) => one.estate)).size > 1

/**
 * The open requests that name a building, or one building, with where they belong. A request keeps the number only: the
 * home it is about tells the estate, else its grid, its unit, and last the estate the reporter lives in.
 */
export async function readPlaced(
  read: Reader,
  communityId: number,
  now: Date,
  units: readonly Unit[],
  building?: string,
): Promise<PlacedRequest[]> {
  const named = { communityId, building: building ?? { not: null } }
  const rows = await read.request.findMany({
    where: { ...named, status: { not: 'closed' } },
    select: { id: true, building: true, unit: true, gridId: true, householdId: true, reporterId: true, urgent: true },
  })
  const late = await read.request.findMany({ where: { ...named, ...lateWhere(now) }, select: { id: true } })
  const home = { select: { estate: true, building: true, gridId: true } }
  const homes = await read.household.findMany({
    where: { id: { in: rows.flatMap((row) => row.householdId ?? []) } },
    select: { id: true, ...home.select },
  })
  const accounts = await read.account.findMany({
    where: { id: { in: rows.map((row) => row.reporterId) } },
    select: { id: true, person: { select: { household: home } } },
  })
  const lateIds = new Set(late.map((row) => row.id))
  const homeOf = new Map(homes.map(({ id, ...rest }) => [id, rest]))
  const reporterHome = new Map(accounts.map(({ id, person }) => [id, person?.household ?? null]))
  return rows.map((row) => {
    const own = row.householdId === null ? undefined : homeOf.get(row.householdId)
    const narrowing: ((unit: Unit) => boolean)[] = [
      (unit) => own?.building === row.building && isSameBuilding(own, unit),
      (unit) => unit.gridId === row.gridId,
      (unit) => unit.unit === row.unit,
      (unit) => unit.estate === reporterHome.get(row.reporterId)?.estate,
    ]
    const at = narrowing.reduce<Unit[]>(
      (left, fits) => (left.some(fits) ? left.filter(fits) : left),
      units.filter((unit) => unit.building === row.building),
    )
    return { id: row.id, late: lateIds.has(row.id), urgent: row.urgent, at }
  })
}
