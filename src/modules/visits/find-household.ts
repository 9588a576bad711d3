import type { Reader } from '../../db/transaction.js'
import type { Address } from '../../kernel/intent.js'
import { nearest } from './decide-near.js'
import { HOUSEHOLD, householdRow } from './store.js'
import type { HouseholdRow, Resolution, Slip } from './types.js'

const OFFERED = 5
/** A building has a few hundred flats at most. */
const CANDIDATES = 400

/**
 * Finds the household of a slip: by address, by the head's name within the worker's grids, or by a room alone in the
 * house where the worker was last.
 */
export async function findHousehold(
  read: Reader,
  communityId: number,
  slip: Slip,
  ownGrids: readonly number[],
  lastPlace: Address | null,
): Promise<Resolution> {
  if (slip.householdId !== null) {
    const household = await householdRow(read, slip.householdId)
    return household ? { kind: 'found', household } : { kind: 'none', asked: '' }
  }
  const { building, room } = slip.address
  if (building && room) return byAddress(read, communityId, slip.address, ownGrids)
  if (room) return byRoom(read, communityId, room, ownGrids, lastPlace)
  if (slip.name) return byName(read, slip.name, ownGrids)
  return { kind: 'empty' }
}

const asText = ({ building, unit, room }: Address): string =>
  [building, unit, room].filter((part) => part !== null && part !== '').join('-')

async function byAddress(
  read: Reader,
  communityId: number,
  address: Address,
  ownGrids: readonly number[],
): Promise<Resolution> {
  const { building, unit, room } = address
  const same = { communityId, building: building ?? '', room: room ?? '' }
  const rows = await read.household.findMany({
    where: { ...same, ...(unit ? { unit } : {}) },
    orderBy: { id: 'asc' },
    take: OFFERED + 1,
    select: HOUSEHOLD,
  })
  const chosen = oneOf(rows, ownGrids, asText(address))
  if (chosen) return chosen
  const candidates = await read.household.findMany({
    where: { communityId, OR: [{ building: building ?? '' }, { room: room ?? '', gridId: { in: [...ownGrids] } }] },
    take: CANDIDATES,
    select: HOUSEHOLD,
  })
  const households = nearest(address, candidates, ownGrids)
  return households.length > 0
    ? { kind: 'near', households, asked: asText(address) }
    : { kind: 'none', asked: asText(address) }
}

/** The only one, or the only one in the worker's own grids; else a choice. */
function oneOf(rows: readonly HouseholdRow[], ownGrids: readonly number[], asked: string): Resolution | null {
  const [only, second] = rows
  if (only && !second) return { kind: 'found', household: only }
  const own = rows.filter((row) => ownGrids.includes(row.gridId))
  const [mine, mineToo] = own
  if (mine && !mineToo) return { kind: 'found', household: mine }
  const offered = own.length > 0 ? own : rows
  return offered.length > 0 ? { kind: 'several', households: offered.slice(0, OFFERED), asked } : null
}

async function byRoom(
  read: Reader,
  communityId: number,
  room: string,
  ownGrids: readonly number[],
  lastPlace: Address | null,
): Promise<Resolution> {
  if (lastPlace?.building) {
    const here = await read.household.findFirst({
      where: { communityId, building: lastPlace.building, unit: lastPlace.unit ?? '', room },
      select: HOUSEHOLD,
    })
    if (here) return { kind: 'found', household: here }
  }
  const rows = await read.household.findMany({
    where: { gridId: { in: [...ownGrids] }, room },
    orderBy: { id: 'asc' },
    take: OFFERED + 1,
    select: HOUSEHOLD,
  })
  return oneOf(rows, ownGrids, `${room}室`) ?? { kind: 'none', asked: `${room}室` }
}

/** A full name finds its household; 张阿姨 gives a choice of the 张, those to be cared for first. */
async function byName(read: Reader, words: string, ownGrids: readonly number[]): Promise<Resolution> {
  const within = { gridId: { in: [...ownGrids] } }
  const name = words.length > 2 ? words.replace(/家$/, '') : words
  const exact = await read.household.findMany({
    where: { ...within, headName: name },
    take: OFFERED + 1,
    select: HOUSEHOLD,
  })
  const chosen = oneOf(exact, ownGrids, name)
  if (chosen) return chosen
  const surname = name.replace(/^[老小阿]/, '').slice(0, 1)
  const namesakes = await read.household.findMany({
    where: { ...within, headName: { startsWith: surname } },
    take: CANDIDATES,
    select: HOUSEHOLD,
  })
  const order = ['high_risk', 'key', 'ordinary']
  const households = namesakes
    .sort((a, b) => order.indexOf(a.tier) - order.indexOf(b.tier) || a.id - b.id)
    .slice(0, OFFERED)
  return households.length > 0 ? { kind: 'several', households, asked: name } : { kind: 'none', asked: name }
}
