import type { Reader } from '../../db/transaction.js'
import { localDate } from '../../kernel/local-time.js'
import { type Building, isOfSeveralEstates, isSameBuilding, readPlaced, readUnits } from './building-requests.js'
import type { Room } from './viewer.js'

export interface BuildingView extends Building {
  readonly households: number
  readonly open: number
  readonly late: number
  readonly urgent: number
}

export interface GridView {
  readonly id: number
  readonly name: string
  readonly holder: { readonly id: number; readonly name: string } | null
  readonly cover: string | null
  readonly households: number
  /** Households met this year; null while nobody counts them. */
  readonly covered: number | null
  readonly buildings: readonly BuildingView[]
}

export interface GridMap {
  readonly grids: readonly GridView[]
  /** The community has more than one, so that a number alone is no building. */
  readonly hasEstates: boolean
  /** Open requests that count at several buildings, as nobody said of which estate they are. */
  readonly unplaced: number
}

/** The grids with their buildings, and what is open in each. */
export async function readGrids(read: Reader, room: Room, now: Date): Promise<GridMap> {
  const { id: communityId, timezone } = room.community
  const year = Number(localDate(now, timezone).slice(0, 4))
  const [grids, units, spans, coverage] = await Promise.all([
    read.grid.findMany({ where: { communityId }, orderBy: { code: 'asc' } }),
    readUnits(read, communityId),
    read.gridAssignment.findMany({
      where: { grid: { communityId }, startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
      orderBy: { startsAt: 'desc' },
      select: { gridId: true, kind: true, person: { select: { id: true, name: true } } },
    }),
    read.visitGridYear.findMany({ where: { communityId, year } }),
  ])
  const placed = await readPlaced(read, communityId, now, units)
  const views = grids.map(({ id, name }) => {
    const own = units.filter((unit) => unit.gridId === id)
    const buildings = own
      .filter((unit, index) => own.findIndex((one) => isSameBuilding(one, unit)) === index)
      .sort((a, b) => a.estate.localeCompare(b.estate) || a.building.localeCompare(b.building, 'zh', { numeric: true }))
      .map(({ gridId, estate, building }) => {
        const here = placed.filter(({ at }) => at.some((one) => isSameBuilding(one, { gridId, estate, building })))
        return {
          gridId,
          estate,
          building,
          households: own
            .filter((unit) => isSameBuilding(unit, { gridId, estate, building }))
            .reduce((sum, unit) => sum + unit.households, 0),
          open: here.length,
          late: here.filter((one) => one.late).length,
          urgent: here.filter((one) => one.urgent).length,
        }
      })
    return {
      id,
      name,
      holder: spans.find((span) => span.gridId === id && span.kind === 'holder')?.person ?? null,
      cover: spans.find((span) => span.gridId === id && span.kind === 'cover')?.person.name ?? null,
      households: buildings.reduce((sum, one) => sum + one.households, 0),
      covered: coverage.find((one) => one.gridId === id)?.covered ?? null,
      buildings,
    }
  })
  return {
    grids: views,
    hasEstates: new Set(units.map((unit) => unit.estate)).size > 1,
    unplaced: placed.filter(isOfSeveralEstates).length,
  }
}
