import type { Tx } from '../../db/transaction.js'
import type { Roster, RosterCounts } from './roster.js'
import { writeChats } from './write-chats.js'
import { writeGrids } from './write-grids.js'
import { writeHouseholds } from './write-households.js'
import type { KnownCommunity, WriteOptions } from './write-options.js'
import { writePeople } from './write-people.js'
import { writeCommunities } from './write-tree.js'

/**
 * Brings the database to what a checked roster says, within the caller's transaction: what is known is updated, what is
 * new is added, nothing is deleted.
 */
export async function writeRoster(tx: Tx, roster: Roster, options: WriteOptions): Promise<RosterCounts> {
  const communities = await writeCommunities(tx, roster.communities, options)
  await writePeople(tx, roster.people, communities, options)
  const grids = await writeGrids(tx, roster.grids, communities, options)
  await writeHouseholds(tx, roster.households, grids, options)
  await linkResidents(tx, roster, communities)
  await writeChats(tx, roster.chats, communities, grids, options)
  return {
    communities: roster.communities.length,
    grids: roster.grids.length,
    people: roster.people.length,
    households: roster.households.length,
    chats: roster.chats.length,
  }
}

/** A resident whose name and phone are those of exactly one household's head lives there. */
async function linkResidents(tx: Tx, roster: Roster, communities: ReadonlyMap<string, KnownCommunity>): Promise<void> {
  for (const entry of roster.people) {
    if (entry.staffNo !== null || entry.phone === '') continue
    const communityId = communities.get(entry.community)?.id
    const homes = await tx.household.findMany({
      where: { communityId, headName: entry.name, phone: entry.phone },
      select: { id: true },
      take: 2,
    })
    const home = homes.length === 1 ? homes[0] : undefined
    if (!home) continue
    await tx.person.updateMany({
      where: { communityId, staffNo: null, name: entry.name, phone: entry.phone, householdId: null },
      data: { householdId: home.id },
    })
  }
}
