import type { Reader } from '../../db/transaction.js'
import { localDate } from '../../kernel/local-time.js'
import { lateWhere } from './requests-data.js'
import type { Room } from './viewer.js'

export interface BuildingView {
  readonly estate: string
  readonly building: string
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

/** The grids with their buildings, and what is open in each. */
export async function readGrids(read: Reader, room: Room, now: Date): Promise<GridView[]> {
  const { id: communityId, timezone } = room.community
  const year = Number(localDate(now, timezone).slice(0, 4))
  const open = { communityId, status: { not: 'closed' } }
  const count = async (where: object) => {
    const groups = await read.request.groupBy({ by: ['building'], where, _count: { _all: true } })
    return new Map(groups.map((group) => [group.building, group._count._all]))
  }
  const [grids, homes, spans, coverage, opened, late, urgent] = await Promise.all([
    read.grid.findMany({ where: { communityId }, orderBy: { code: 'asc' } }),
    read.household.groupBy({
      by: ['gridId', 'estate', 'building'],
      where: { communityId },
      _count: { _all: true },
    }),
    read.gridAssignment.findMany({
      where: { grid: { communityId }, startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
      orderBy: { startsAt: 'desc' },
      select: { gridId: true, kind: true, person: { select: { id: true, name: true } } },
    }),
    read.visitGridYear.findMany({ where: { communityId, year } }),
    count(open),
    count({ communityId, ...lateWhere(now) }),
    count({ ...open, urgent: true }),
  ])
  return grids.map(({ id, name }) => {
    const buildings = homes
      .filter((home) => home.gridId === id)
      .sort((a, b) => a.estate.localeCompare(b.estate) || Number(a.building) - Number(b.building))
      .map((home) => ({
        estate: home.estate,
        building: home.building,
        households: home._count._all,
        open: opened.get(home.building) ?? 0,
        late: late.get(home.building) ?? 0,
        urgent: urgent.get(home.building) ?? 0,
      }))
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
}
