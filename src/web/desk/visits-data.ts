import type { Reader } from '../../db/transaction.js'
import { addDays, localDate } from '../../kernel/local-time.js'
import type { Room } from './viewer.js'

/** The month that `day` counts towards, as the community reckons: with a start day of 26, 11-26 is of December. */
export function monthOf(day: string, startDay: number): string {
  const month = day.slice(0, 7)
  return startDay > 1 && Number(day.slice(8, 10)) >= startDay ? shiftMonth(month, 1) : month
}

export function shiftMonth(month: string, by: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** Everybody's month: the goal, how far it came, and why the goal differs where it does. */
export async function readBoard(read: Reader, { community }: Room, month: string) {
  const rows = await read.visitMonth.findMany({ where: { communityId: community.id, month } })
  const people = await read.person.findMany({
    where: { id: { in: rows.map((row) => row.workerId) } },
    select: { id: true, name: true },
  })
  return rows
    .map((row) => ({ ...row, name: people.find((one) => one.id === row.workerId)?.name ?? '' }))
    .sort((a, b) => b.met / Math.max(1, b.target) - a.met / Math.max(1, a.target))
}

/** Visits of each day of a calendar month. */
export async function readCalendar(read: Reader, { community }: Room, month: string, workerId: number) {
  const groups = await read.visit.groupBy({
    by: ['day', 'outcome'],
    where: {
      communityId: community.id,
      status: 'valid',
      day: { gte: `${month}-01`, lte: `${month}-31` },
      ...(workerId ? { workerId } : {}),
    },
    _count: { _all: true },
  })
  const days = new Map<string, { met: number; other: number }>()
  for (const { day, outcome, _count } of groups) {
    const before = days.get(day) ?? { met: 0, other: 0 }
    const met = outcome === 'met'
    days.set(day, {
      met: before.met + (met ? _count._all : 0),
      other: before.other + (met ? 0 : _count._all),
    })
  }
  return days
}

/** The latest visits, newest first. */
export const readVisits = (
  read: Reader,
  { community }: Room,
  filter: { day: string; workerId: number },
  take: number,
) =>
  read.visit.findMany({
    where: {
      communityId: community.id,
      status: 'valid',
      ...(filter.day ? { day: filter.day } : {}),
      ...(filter.workerId ? { workerId: filter.workerId } : {}),
    },
    orderBy: [{ day: 'desc' }, { id: 'desc' }],
    take,
  })

const LEAVE_DAYS_SHOWN = 31

/** Leave that is asked, running, to come or of the last month; what waits for an answer first. */
export async function readLeaves(read: Reader, { community }: Room, now: Date) {
  const since = addDays(localDate(now, community.timezone), -LEAVE_DAYS_SHOWN)
  const rows = await read.visitLeave.findMany({
    where: { communityId: community.id, toDay: { gte: since } },
    orderBy: { fromDay: 'desc' },
  })
  const people = await read.person.findMany({
    where: { id: { in: rows.map((row) => row.personId) } },
    select: { id: true, name: true },
  })
  return rows
    .map((row) => ({ ...row, name: people.find((one) => one.id === row.personId)?.name ?? '' }))
    .sort((a, b) => Number(b.status === 'asked') - Number(a.status === 'asked'))
}

/** Grids that a colleague looks after for a while, now or soon. */
export const readCovers = (read: Reader, { community }: Room, now: Date) =>
  read.gridAssignment.findMany({
    where: { kind: 'cover', grid: { communityId: community.id }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
    orderBy: { startsAt: 'asc' },
    select: {
      id: true,
      startsAt: true,
      endsAt: true,
      grid: { select: { name: true } },
      person: { select: { name: true } },
    },
  })

/** Key and high-risk homes that nobody met within their term, the longest first. */
export async function readOverdueHomes(read: Reader, room: Room, now: Date, take: number) {
  const { community } = room
  const { tierDays } = community.settings.visits
  const today = Date.parse(localDate(now, community.timezone))
  const homes = await read.household.findMany({
    where: { communityId: community.id, tier: { in: ['key', 'high_risk'] }, occupancy: { not: 'vacant' } },
    select: { id: true, building: true, unit: true, room: true, tier: true, gridId: true },
  })
  const seen = await read.visitHousehold.findMany({ where: { communityId: community.id } })
  const met = new Map(seen.map((one) => [one.householdId, one.lastMetDay]))
  return homes
    .map((home) => {
      const day = met.get(home.id) ?? null
      const days = day ? Math.round((today - Date.parse(day)) / 86_400_000) : null
      return { ...home, day, days, term: home.tier === 'high_risk' ? tierDays.high_risk : tierDays.key }
    })
    .filter((home) => home.days === null || home.days > home.term)
    .sort((a, b) => (b.days ?? 9999) - (a.days ?? 9999) || (a.tier === 'high_risk' ? -1 : 1))
    .slice(0, take)
}
