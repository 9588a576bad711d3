import type { Reader } from '../../db/transaction.js'
import { addDays, localDate } from '../../kernel/local-time.js'
import type { CommunityView } from '../../kernel/module.js'
import { type PlanStop, planVisits } from './decide-plan.js'
import { HOUSEHOLD, metBetween, monthOf } from './store.js'
import type { HouseholdRow, PlanHousehold } from './types.js'

/** A request puts its household on the plan for two weeks. */
const REQUEST_DAYS = 14

/** Ids of one query; a worker who covers several grids has more. */
const CHUNK = 500

/** The households of some grids with when they were last met. */
export async function planHouseholds(read: Reader, gridIds: readonly number[]): Promise<PlanHousehold[]> {
  const rows = await read.household.findMany({
    where: { gridId: { in: [...gridIds] } },
    select: { ...HOUSEHOLD, occupancy: true },
  })
  const byId = new Map<number, { lastMetDay: string | null; lastRequestDay: string | null }>()
  for (let start = 0; start < rows.length; start += CHUNK) {
    const ids = rows.slice(start, start + CHUNK).map((row) => row.id)
    for (const state of await read.visitHousehold.findMany({ where: { householdId: { in: ids } } }))
      byId.set(state.householdId, state)
  }
  return rows.map((row) => ({
    ...row,
    lastMetDay: byId.get(row.id)?.lastMetDay ?? null,
    lastRequestDay: byId.get(row.id)?.lastRequestDay ?? null,
  }))
}

/** Plans a worker's walk: `wanted` households, more where care is due, `most` at the most. */
export async function planFor(
  read: Reader,
  community: CommunityView,
  workerId: number,
  gridIds: readonly number[],
  now: Date,
  { wanted, most, skip = [] }: { readonly wanted: number; readonly most?: number; readonly skip?: readonly number[] },
): Promise<PlanStop[]> {
  const today = localDate(now, community.timezone)
  const { view } = await monthOf(read, community, workerId, today)
  const met = await metBetween(read, workerId, view.fromDay, addDays(today, 1))
  const { tierDays, planSize } = community.settings.visits
  return planVisits(await planHouseholds(read, gridIds), today, {
    tierDays,
    wanted,
    most: most ?? planSize,
    requestDays: REQUEST_DAYS,
    metThisMonth: new Set(met.map((one) => one.householdId)),
    skip: new Set(skip),
  })
}

/** The few households to offer when a worker says 走访 and nothing else. */
export async function suggestHouseholds(
  read: Reader,
  community: CommunityView,
  workerId: number,
  gridIds: readonly number[],
  now: Date,
): Promise<HouseholdRow[]> {
  const stops = await planFor(read, community, workerId, gridIds, now, { wanted: 4 })
  return stops.flatMap((stop) => stop.entries.map((entry) => entry.household)).slice(0, 4)
}
