import { findHouseholds, gridOfBuilding, householdById } from '../../community/households.js'
import { holders, responsibleFor } from '../../community/responsible.js'
import type { Tx } from '../../db/transaction.js'
import type { Address } from '../../kernel/intent.js'
import type { CommunityView } from '../../kernel/module.js'
import { nextNumber } from '../../ledger/numbering.js'
import { namesPublicPlace } from './places.js'
import { countBefore, openSince, requestByNumber } from './store.js'
import type { LogState, Report, SameProblem, Similar } from './types.js'

const DAY_MS = 24 * 3_600_000
const MOST_SIMILAR = 3

/**
 * Finds the place, the block and who answers for it. A place named in the words wins; else it is the reporter's home.
 */
export async function prepareLog(
  tx: Tx,
  sameProblem: SameProblem,
  community: CommunityView,
  report: Report,
  now: Date,
): Promise<LogState> {
  const home = report.householdId ? await householdById(tx, report.householdId) : null
  const named = report.address.building || report.address.unit || report.address.room
  const address = completed(report.address, namesPublicPlace(report.text) ? null : home)
  const [only, second] = named ? await findHouseholds(tx, community.id, address, 2) : []
  const household = named ? (second ? null : (only ?? null)) : namesPublicPlace(report.text) ? null : home
  const gridId =
    household?.gridId ?? (await gridOfBuilding(tx, community.id, address)) ?? report.chatGridId ?? home?.gridId ?? null
  const worker = gridId ? await responsibleFor(tx, gridId, now) : null
  const since = (days: number) => new Date(now.getTime() - days * DAY_MS)
  return {
    number: await nextNumber(tx, community, 'request', now),
    address,
    householdId: household?.id ?? null,
    gridId,
    worker,
    managers: report.urgent ? await holders(tx, 'manager', 'community', community.id, now) : [],
    similar: await findSimilar(tx, sameProblem, community, { ...report, address }, now),
    before: await countBefore(tx, community.id, address.building, report.category, since(30)),
  }
}

/** Fills the parts that the words leave out from the reporter's home, where that cannot be wrong. */
function completed(address: Address, home: { building: string; unit: string; room: string } | null): Address {
  if (!home) return address
  const { building, unit, room } = address
  if (building)
    return building === home.building && !unit && room === home.room ? { ...address, unit: home.unit } : address
  // A lone unit or room is that of the reporter's own building.
  if (unit || room) return { building: home.building, unit: unit ?? home.unit, room }
  return { building: home.building, unit: home.unit || null, room: null }
}

/** Open requests that the report may repeat: compared by place, kind, words and nearness in time. */
async function findSimilar(
  tx: Tx,
  sameProblem: SameProblem,
  community: CommunityView,
  report: Report,
  now: Date,
): Promise<Similar[]> {
  const since = new Date(now.getTime() - community.settings.sameProblemDays * DAY_MS)
  const open = await openSince(tx, community.id, since)
  const similar: Similar[] = []
  for (const { index, saw } of sameProblem({ ...report, at: now.getTime() }, open).slice(0, MOST_SIMILAR)) {
    const found = open[index]
    const request = found && (await requestByNumber(tx, found.number))
    if (request) similar.push({ request, saw })
  }
  return similar
}
