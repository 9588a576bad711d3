import type { Reader } from '../../db/transaction.js'
import { addDays, type LocalDate, localDate } from '../../kernel/local-time.js'
import type { CommunityView } from '../../kernel/module.js'
import type { Beginning, DaySpan } from './types.js'

/** A span that somebody held or covered a grid for, in local days. */
export interface GridSpan extends DaySpan {
  readonly gridId: number
  readonly kind: string
  /** The day the data has for its beginning; `from` may reach back before it. */
  readonly begins: LocalDate
}

/** A span of a community, with whose it is. */
export interface OwnedSpan extends GridSpan {
  readonly personId: number
}

/**
 * Who held or covered which grid of a community, in local days. A span of the community's first known day is taken to
 * reach back before it: the service came later than the worker. The day of a hand-over belongs to the successor.
 */
export async function communitySpans(read: Reader, community: CommunityView): Promise<OwnedSpan[]> {
  // By ids: asked through the relation, the database would walk the assignments of all communities.
  const grids = await read.grid.findMany({ where: { communityId: community.id }, select: { id: true } })
  const rows = await read.gridAssignment.findMany({
    where: { gridId: { in: grids.map((grid) => grid.id) } },
    select: { gridId: true, personId: true, kind: true, startsAt: true, endsAt: true },
  })
  const day = (at: Date) => localDate(at, community.timezone)
  const firstDay = rows.map((row) => day(row.startsAt)).sort()[0]
  return rows.map(({ gridId, personId, kind, startsAt, endsAt }) => ({
    gridId,
    personId,
    kind,
    begins: day(startsAt),
    from: day(startsAt) === firstDay ? null : day(startsAt),
    to: endsAt ? addDays(day(endsAt), -1) : null,
  }))
}

/** The grids of one worker with their days. */
export const gridSpans = async (read: Reader, community: CommunityView, workerId: number): Promise<GridSpan[]> =>
  (await communitySpans(read, community)).filter((span) => span.personId === workerId)

export const holdsOn = (span: DaySpan, day: LocalDate): boolean =>
  (span.from === null || span.from <= day) && (span.to === null || day <= span.to)

/** Grids that the worker holds or covers on a day. */
export const gridsOn = (spans: readonly GridSpan[], day: LocalDate): number[] => [
  ...new Set(spans.filter((span) => holdsOn(span, day)).map((span) => span.gridId)),
]

/**
 * The days a goal is counted over: grids held, not covered, and never before the day the data begins. Whose a grid was
 * may be told of the time before the service; what should have been done then may not.
 */
export const heldSpans = (spans: readonly OwnedSpan[], workerId: number): DaySpan[] =>
  spans
    .filter((span) => span.personId === workerId && span.kind === 'holder')
    .map(({ begins, to }) => ({ from: begins, to }))

/**
 * Since when a worker has had a grid, and whether the service began with it. A community has no date of its own
 * beginning: the first day on which any of its grids had somebody stands for it.
 */
export function beginningOf(spans: readonly OwnedSpan[], workerId: number): Beginning | null {
  const day = heldSpans(spans, workerId)
    .map(({ from }) => from ?? '')
    .sort()[0]
  if (day === undefined) return null
  return { day, ofService: spans.every((span) => span.begins >= day) }
}
