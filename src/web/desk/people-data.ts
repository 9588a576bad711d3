import type { Reader } from '../../db/transaction.js'
import type { Role } from '../../kernel/module.js'
import type { Room } from './viewer.js'

const inForce = (now: Date) => ({ startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] })

/** Who works in the community: roles, grids, and the accounts the bot knows them by. */
export async function readStaff(read: Reader, { community }: Room, now: Date) {
  const grants = await read.roleGrant.findMany({
    where: {
      role: { in: ['worker', 'coordinator', 'manager'] },
      scopeKind: 'community',
      scopeId: community.id,
      ...inForce(now),
    },
    orderBy: { personId: 'asc' },
    select: { personId: true, role: true },
  })
  const people = await read.person.findMany({
    where: { id: { in: grants.map((grant) => grant.personId) } },
    orderBy: { staffNo: 'asc' },
    select: {
      id: true,
      name: true,
      staffNo: true,
      accounts: { select: { id: true, channel: true, displayName: true, reachable: true, privateChat: true } },
      assignments: { where: inForce(now), select: { kind: true, grid: { select: { name: true } } } },
    },
  })
  return people.map((person) => ({
    ...person,
    roles: grants.filter((grant) => grant.personId === person.id).map((grant) => grant.role as Role),
  }))
}

/** Groups of the community. */
export const readChats = (read: Reader, communityId: number) =>
  read.chat.findMany({
    where: { communityId, kind: { not: 'private' } },
    orderBy: [{ kind: 'desc' }, { id: 'asc' }],
    select: { id: true, name: true, kind: true, channel: true, active: true, gridId: true },
  })

/** Homes with somebody the bot knows, grid by grid. */
export async function readBound(read: Reader, communityId: number) {
  const grids = await read.grid.findMany({ where: { communityId }, orderBy: { code: 'asc' } })
  return Promise.all(
    grids.map(async ({ id, name }) => {
      const [households, bound] = await Promise.all([
        read.household.count({ where: { gridId: id, occupancy: { not: 'vacant' } } }),
        read.household.count({ where: { gridId: id, members: { some: { accounts: { some: {} } } } } }),
      ])
      return { id, name, households, bound }
    }),
  )
}

export interface ResidentFilter {
  readonly take: number
  readonly gridId?: number
  readonly building?: string
  readonly before?: number
}

/** Residents the bot knows, the latest first. */
export const readResidents = (read: Reader, communityId: number, { take, gridId, building, before }: ResidentFilter) =>
  read.account.findMany({
    where: {
      ...(before ? { id: { lt: before } } : {}),
      person: {
        communityId,
        staffNo: null,
        household: { is: { ...(gridId ? { gridId } : {}), ...(building ? { building } : {}) } },
      },
    },
    orderBy: { id: 'desc' },
    take,
    select: {
      id: true,
      channel: true,
      displayName: true,
      reachable: true,
      person: { select: { name: true, household: { select: { id: true, building: true, unit: true, room: true } } } },
    },
  })
export type ResidentRow = Awaited<ReturnType<typeof readResidents>>[number]

/** Everybody of the roster who may be given a role: those with a staff number. */
export const readRostered = (read: Reader, communityId: number) =>
  read.person.findMany({
    where: { communityId, staffNo: { not: null } },
    orderBy: { staffNo: 'asc' },
    select: { id: true, name: true, staffNo: true },
  })
