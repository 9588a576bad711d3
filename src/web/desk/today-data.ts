import type { Reader } from '../../db/transaction.js'
import { addDays, instant, localDate } from '../../kernel/local-time.js'
import { lateWhere } from './requests-data.js'
import type { Room } from './viewer.js'

const DAY_MS = 86_400_000
const MOST = 20
const DAYS_SHOWN = 14

/** What needs the viewer: a worker's own, or the whole community's for who manages it or looks from above. */
export async function readToday(read: Reader, room: Room, personId: number, mine: boolean, now: Date) {
  const { community } = room
  const scope = { communityId: community.id, ...(mine ? { workerId: personId } : {}) }
  const open = { ...scope, status: { not: 'closed' } }
  const late = { ...scope, ...lateWhere(now) }
  const list = (where: object, orderBy: object | object[]) => read.request.findMany({ where, orderBy, take: MOST })
  const [urgent, overdue, waiting, contested, counts, suspicions, claims] = await Promise.all([
    list({ ...open, urgent: true }, { createdAt: 'desc' }),
    list({ ...late, urgent: false }, { closeBy: 'asc' }),
    list({ ...scope, urgent: false, status: { in: ['new', 'assigned'] }, NOT: lateWhere(now) }, { acceptBy: 'asc' }),
    list({ ...open, urgent: false, contestedAt: { not: null }, NOT: lateWhere(now) }, { contestedAt: 'desc' }),
    Promise.all([
      read.request.count({ where: open }),
      read.request.count({ where: late }),
      read.request.count({ where: { ...open, urgent: true } }),
      read.request.count({ where: { ...scope, status: { in: ['new', 'assigned'] } } }),
    ]),
    room.works ? readSuspicions(read, community.id, mine ? personId : null) : [],
    room.works ? readClaims(read, room, mine ? personId : null, now) : [],
  ])
  const [opened, lateCount, urgentCount, toAccept] = counts
  return {
    urgent,
    overdue,
    waiting: waiting.filter((row) => !contested.some((one) => one.id === row.id)),
    contested,
    suspicions,
    claims,
    counts: { opened, late: lateCount, urgent: urgentCount, toAccept },
  }
}

const readSuspicions = (read: Reader, communityId: number, workerId: number | null) =>
  read.suspicion.findMany({
    where: {
      communityId,
      status: { in: ['open', 'asked'] },
      ...(workerId ? { OR: [{ workerId }, { workerId: null }] } : {}),
    },
    orderBy: [{ urgent: 'desc' }, { id: 'desc' }],
    take: MOST,
  })

/** How a claimed name compares with those of the household in the roster. */
export type RosterMatch = 'same' | 'other' | 'unknown'

/** Claims to live in one of the community's homes; those to be a colleague only for a manager. */
async function readClaims(read: Reader, room: Room, workerId: number | null, now: Date) {
  const { community, manages } = room
  const open = await read.bindingClaim.findMany({ where: { status: 'open' }, orderBy: { id: 'asc' }, take: 200 })
  const [homes, people, accounts, grids] = await Promise.all([
    read.household.findMany({
      where: { id: { in: open.flatMap((claim) => claim.householdId ?? []) }, communityId: community.id },
      select: {
        id: true,
        gridId: true,
        building: true,
        unit: true,
        room: true,
        headName: true,
        members: { select: { name: true } },
      },
    }),
    read.person.findMany({
      where: { id: { in: open.flatMap((claim) => claim.subjectId ?? []) }, communityId: community.id },
      select: { id: true, staffNo: true },
    }),
    read.account.findMany({
      where: { id: { in: open.map((claim) => claim.accountId) } },
      select: { id: true, displayName: true, channel: true },
    }),
    workerId
      ? read.gridAssignment.findMany({
          where: { personId: workerId, startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
          select: { gridId: true },
        })
      : null,
  ])
  return open.flatMap((claim) => {
    const home = homes.find((one) => one.id === claim.householdId)
    const colleague = people.find((one) => one.id === claim.subjectId)
    const account = accounts.find((one) => one.id === claim.accountId)
    const mineToo = !grids || (home && grids.some((grid) => grid.gridId === home.gridId))
    if (claim.kind === 'household' ? !home || !mineToo : !colleague || !manages) return []
    const names = home ? [home.headName, ...home.members.map((one) => one.name)].filter(Boolean) : []
    const roster: RosterMatch = names.length === 0 ? 'unknown' : names.includes(claim.name) ? 'same' : 'other'
    return [{ claim, roster, home: home ?? null, staffNo: colleague?.staffNo ?? null, account: account ?? null }]
  })
}

export interface DayCount {
  readonly day: string
  readonly logged: number
  readonly closed: number
}

/** Requests that came in and were closed on each of the last days. */
export async function readDays(read: Reader, room: Room, mine: number | null, now: Date): Promise<DayCount[]> {
  const { id: communityId, timezone } = room.community
  const today = localDate(now, timezone)
  const since = instant(addDays(today, 1 - DAYS_SHOWN), 0, 0, timezone)
  const where = { communityId, ...(mine ? { workerId: mine } : {}) }
  const [logged, closed] = await Promise.all([
    read.request.findMany({ where: { ...where, createdAt: { gte: since } }, select: { createdAt: true } }),
    read.request.findMany({
      where: { ...where, closedAt: { gte: since }, resolution: { not: 'not_a_request' } },
      select: { closedAt: true },
    }),
  ])
  const tally = (instants: readonly (Date | null)[]) => {
    const counts = new Map<string, number>()
    for (const at of instants)
      if (at) counts.set(localDate(at, timezone), (counts.get(localDate(at, timezone)) ?? 0) + 1)
    return counts
  }
  const [ins, outs] = [tally(logged.map((row) => row.createdAt)), tally(closed.map((row) => row.closedAt))]
  return Array.from({ length: DAYS_SHOWN }, (_, index) => {
    const day = addDays(today, index + 1 - DAYS_SHOWN)
    return { day, logged: ins.get(day) ?? 0, closed: outs.get(day) ?? 0 }
  })
}

/** The last 30 days in figures; rates are null without a denominator. */
export async function readFigures(read: Reader, room: Room, mine: number | null, now: Date) {
  const since = new Date(now.getTime() - 30 * DAY_MS)
  const where = { communityId: room.community.id, ...(mine ? { workerId: mine } : {}) }
  const [logged, closed, scores] = await Promise.all([
    read.request.count({ where: { ...where, createdAt: { gte: since } } }),
    read.request.findMany({
      where: { ...where, closedAt: { gte: since }, resolution: { not: 'not_a_request' } },
      select: { closedAt: true, closeBy: true },
    }),
    read.satisfaction.groupBy({
      by: ['score'],
      where: { at: { gte: since }, request: { communityId: room.community.id }, ...(mine ? { workerId: mine } : {}) },
      _count: { _all: true },
    }),
  ])
  const rated = scores.reduce((sum, one) => sum + one._count._all, 0)
  const content = scores.filter((one) => one.score !== 'unsatisfied').reduce((sum, one) => sum + one._count._all, 0)
  const inTime = closed.filter((row) => row.closedAt && row.closedAt <= row.closeBy).length
  return {
    logged,
    closed: closed.length,
    inTime: closed.length > 0 ? { part: inTime / closed.length, of: closed.length } : null,
    content: rated > 0 ? { part: content / rated, of: rated } : null,
  }
}

/** Open requests of each worker, and how many of them are late. */
export async function readLoad(read: Reader, room: Room, now: Date) {
  const communityId = room.community.id
  const group = async (where: object) => {
    const groups = await read.request.groupBy({ by: ['workerId'], where, _count: { _all: true } })
    return new Map(groups.map((one) => [one.workerId, one._count._all]))
  }
  const [open, late] = await Promise.all([
    group({ communityId, status: { not: 'closed' } }),
    group({ communityId, ...lateWhere(now) }),
  ])
  const people = await read.person.findMany({
    where: { id: { in: [...open.keys()].filter((id) => id !== null) } },
    select: { id: true, name: true },
  })
  return [...open]
    .map(([id, count]) => ({
      id,
      name: people.find((one) => one.id === id)?.name ?? '还没有责任人',
      open: count,
      late: late.get(id) ?? 0,
    }))
    .sort((a, b) => b.late - a.late || b.open - a.open)
}

/** What an operator or manager should know of the service itself. */
export async function readTrouble(read: Reader, communityId: number, now: Date) {
  const since = new Date(now.getTime() - DAY_MS)
  const chats = await read.chat.findMany({
    where: { communityId, active: true },
    select: { externalId: true, channel: true },
  })
  const failed = await read.outboxMessage.count({
    where: {
      status: { in: ['failed', 'unknown'] },
      finishedAt: { gte: since },
      conversation: { in: chats.map((chat) => chat.externalId) },
    },
  })
  return { failed }
}
