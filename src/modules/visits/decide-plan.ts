import { addDays, type LocalDate } from '../../kernel/local-time.js'
import type { PlanHousehold } from './types.js'

export type PlanReason =
  | { readonly kind: 'high_risk' | 'key' | 'ordinary'; readonly days: number }
  | { readonly kind: 'request' }
  | { readonly kind: 'never' }

export interface PlanEntry {
  readonly household: PlanHousehold
  readonly reason: PlanReason
}

/** A building with the households to visit there, in walking order. */
export interface PlanStop {
  readonly building: string
  readonly entries: readonly PlanEntry[]
}

export interface PlanRules {
  readonly tierDays: Readonly<Record<'ordinary' | 'key' | 'high_risk', number>>
  /** How many households at least the pace asks for; what is due for care comes on top, up to `most`. */
  readonly wanted: number
  readonly most: number
  /** A request within so many days puts a household on the list. */
  readonly requestDays: number
  /** Met in this month already: visiting again would not count. */
  readonly metThisMonth: ReadonlySet<number>
  /** Shown before, when another plan is asked for. */
  readonly skip: ReadonlySet<number>
}

const daysSince = (from: LocalDate, to: LocalDate): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/**
 * Whom to visit: high-risk due, key due, those who reported something lately, then never visited and longest unvisited;
 * the latter are taken in buildings that are on the way already, so that the walk is short. Vacant flats are left out.
 */
export function planVisits(households: readonly PlanHousehold[], today: LocalDate, rules: PlanRules): PlanStop[] {
  const open = households.filter((one) => one.occupancy !== 'vacant' && !rules.skip.has(one.id))
  const due = open.flatMap((household) => dueEntry(household, today, rules)).sort(byUrgency)
  const chosen: PlanEntry[] = due.slice(0, rules.most)
  const taken = new Set(chosen.map((entry) => entry.household.id))
  const rest = open.filter((one) => !taken.has(one.id) && !rules.metThisMonth.has(one.id))
  const buildings = new Set(chosen.map((entry) => entry.household.building))
  while (chosen.length < Math.min(rules.wanted, rules.most)) {
    const near = rest.filter((one) => buildings.has(one.building) && !taken.has(one.id))
    const pool = near.length > 0 ? near : rest.filter((one) => !taken.has(one.id))
    const next = pool.sort(byLongest)[0]
    if (!next) break
    taken.add(next.id)
    buildings.add(next.building)
    chosen.push({ household: next, reason: longReason(next, today) })
  }
  return stops(chosen)
}

function dueEntry(household: PlanHousehold, today: LocalDate, rules: PlanRules): PlanEntry[] {
  const { tier, lastMetDay, lastRequestDay, id } = household
  const days = lastMetDay ? daysSince(lastMetDay, today) : null
  if (tier === 'high_risk' || tier === 'key') {
    // Due within the week that the plan is for.
    const isDue = days === null || days + 7 > rules.tierDays[tier]
    if (isDue && !(days !== null && days < 1))
      return [{ household, reason: days === null ? { kind: 'never' } : { kind: tier, days } }]
  }
  const asked = lastRequestDay !== null && lastRequestDay >= addDays(today, -rules.requestDays)
  const seenSince = lastMetDay !== null && lastRequestDay !== null && lastMetDay >= lastRequestDay
  if (asked && !seenSince && !rules.metThisMonth.has(id)) return [{ household, reason: { kind: 'request' } }]
  return []
}

const TIER_ORDER = ['high_risk', 'key', 'ordinary']
const byUrgency = (a: PlanEntry, b: PlanEntry): number =>
  TIER_ORDER.indexOf(a.household.tier) - TIER_ORDER.indexOf(b.household.tier) || byLongest(a.household, b.household)
/** Never visited first, then the longest unvisited. */
const byLongest = (a: PlanHousehold, b: PlanHousehold): number =>
  (a.lastMetDay ?? '').localeCompare(b.lastMetDay ?? '') || a.id - b.id

const longReason = ({ lastMetDay }: PlanHousehold, today: LocalDate): PlanReason =>
  lastMetDay === null ? { kind: 'never' } : { kind: 'ordinary', days: daysSince(lastMetDay, today) }

const number = (text: string): number => Number(/\d+/.exec(text)?.[0] ?? 0)

/** By building, unit and floor: one way up, one way down. */
function stops(entries: readonly PlanEntry[]): PlanStop[] {
  const byBuilding = new Map<string, PlanEntry[]>()
  for (const entry of entries) {
    const { building } = entry.household
    byBuilding.set(building, [...(byBuilding.get(building) ?? []), entry])
  }
  return [...byBuilding]
    .sort(([a], [b]) => number(a) - number(b))
    .map(([building, inside]) => ({
      building,
      entries: inside.sort(
        ({ household: a }, { household: b }) => number(a.unit) - number(b.unit) || number(a.room) - number(b.room),
      ),
    }))
}
