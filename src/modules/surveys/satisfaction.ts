import type { Reader, Tx } from '../../db/transaction.js'
import { local, monthRange } from '../../kernel/local-time.js'
import { hiddenGroups } from './small-groups.js'
import { type Estimate, shareOf } from './stats.js'

/** Answers after closings: the reporter's word on one closing, with the worker and block of that moment. */
interface Rating {
  readonly gridId: number | null
  readonly workerId: number | null
  readonly score: string
  readonly solved: string
}

export interface RatedGroup {
  readonly label: string
  /** Closings of which the reporter was asked. */
  readonly asked: number
  readonly answered: number
  /** 满意 and 基本满意; null where too few answered, or a neighbour's would be found by subtraction. */
  readonly satisfied: Estimate | null
}

export interface Satisfaction {
  /** YYYY-MM */
  readonly month: string
  readonly total: RatedGroup
  readonly solved: Estimate | null
  readonly grids: readonly RatedGroup[]
  readonly workers: readonly RatedGroup[]
}

const pleased = (rating: Rating): boolean => rating.score !== 'unsatisfied'
const ASKED = ['solved', 'cannot', 'not_ours']

/** Closings of a month and what their reporters said of them. */
export async function satisfactionOf(
  db: Tx | Reader,
  communityId: number,
  month: string,
  timezone: string,
  least: number,
): Promise<Satisfaction> {
  const { from, to } = monthRange(month, timezone)
  const ratings = await db.satisfaction.findMany({
    where: { request: { communityId }, at: { gte: from, lt: to } },
    select: { gridId: true, workerId: true, score: true, solved: true },
  })
  const closed = await db.request.findMany({
    where: { communityId, closedAt: { gte: from, lt: to }, resolution: { in: ASKED } },
    select: { gridId: true, workerId: true },
  })
  const grids = await db.grid.findMany({
    where: { communityId },
    orderBy: { id: 'asc' },
    select: { id: true, name: true },
  })
  const workerIds = [...new Set([...ratings, ...closed].flatMap(({ workerId }) => (workerId ? [workerId] : [])))]
  const workers = await db.person.findMany({
    where: { id: { in: workerIds } },
    orderBy: { id: 'asc' },
    select: { id: true, name: true },
  })
  const answered = ratings.length
  return {
    month,
    total: {
      ...{ label: '合计', asked: Math.max(closed.length, answered), answered },
      satisfied: answered < least ? null : share(ratings, pleased),
    },
    solved: answered < least ? null : share(ratings, (rating) => rating.solved === 'solved'),
    grids: groupsOf(grids, ratings, closed, (row) => row.gridId, least),
    workers: groupsOf(workers, ratings, closed, (row) => row.workerId, least),
  }
}

const share = (ratings: readonly Rating[], test: (rating: Rating) => boolean): Estimate | null => {
  const sum = ratings.filter(test).length
  return shareOf([{ size: 0, n: ratings.length, sum, squares: sum }], false)
}

interface Place {
  readonly gridId: number | null
  readonly workerId: number | null
}

function groupsOf(
  named: readonly { readonly id: number; readonly name: string }[],
  ratings: readonly Rating[],
  closed: readonly Place[],
  of: (row: Place) => number | null,
  least: number,
): RatedGroup[] {
  const parts = named.map(({ id, name }) => ({
    name,
    ratings: ratings.filter((row) => of(row) === id),
    asked: closed.filter((row) => of(row) === id).length,
  }))
  const hidden = hiddenGroups(
    parts.map((part) => part.ratings.length),
    least,
  )
  return parts.map((part, index) => ({
    label: part.name,
    asked: Math.max(part.asked, part.ratings.length),
    answered: part.ratings.length,
    satisfied: hidden.has(index) || part.ratings.length === 0 ? null : share(part.ratings, pleased),
  }))
}

/** This month and the five before it, oldest first. */
export function lastMonths(at: Date, timezone: string, count = 6): string[] {
  const now = local(at, timezone)
  return Array.from({ length: count }, (_, back) => now.minus({ months: count - 1 - back }).toFormat('yyyy-MM'))
}
