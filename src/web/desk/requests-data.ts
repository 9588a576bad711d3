import { z } from 'zod'
import type { Reader } from '../../db/transaction.js'
import { CATEGORIES, CATEGORY_NAMES, type Category } from '../../kernel/intent.js'
import { searchRequests } from '../../ledger/search/find.js'
import type { Room } from './viewer.js'

export const STATUSES = ['new', 'assigned', 'in_progress', 'waiting', 'closed'] as const

/** What the list can be narrowed to; a part that makes no sense is passed over. */
export const filterSchema = z.object({
  q: z.string().trim().max(60).catch('').default(''),
  state: z
    .enum(['open', 'late', 'urgent', 'contested', 'all', ...STATUSES])
    .catch('open')
    .default('open'),
  category: z.enum(CATEGORIES).or(z.literal('')).catch('').default(''),
  grid: z.coerce.number().int().catch(0).default(0),
  worker: z.coerce.number().int().catch(0).default(0),
  building: z.string().trim().max(10).catch('').default(''),
  before: z.coerce.number().int().positive().optional().catch(undefined),
})
export type RequestFilter = z.infer<typeof filterSchema>

export const PAGE_SIZE = 30

export type RequestRow = NonNullable<Awaited<ReturnType<Reader['request']['findFirst']>>>

/** Not closed, not resting, and past the term that counts now. */
export const lateWhere = (now: Date) => ({
  OR: [
    { status: { in: ['new', 'assigned'] }, acceptBy: { lt: now } },
    { status: { in: ['new', 'assigned', 'in_progress'] }, closeBy: { lt: now } },
  ],
})

function stateWhere(state: RequestFilter['state'], now: Date) {
  switch (state) {
    case 'all':
      return {}
    case 'open':
      return { status: { not: 'closed' } }
    case 'late':
      return lateWhere(now)
    case 'urgent':
      return { status: { not: 'closed' }, urgent: true }
    case 'contested':
      return { status: { not: 'closed' }, contestedAt: { not: null } }
    default:
      return { status: state }
  }
}

/** Requests of the room, newest first, one more than a page holds where there is a next. */
export async function readRequests(
  read: Reader,
  { community }: Room,
  filter: RequestFilter,
  now: Date,
): Promise<{ rows: RequestRow[]; next: number | null }> {
  const where = {
    communityId: community.id,
    ...stateWhere(filter.state, now),
    ...(filter.category ? { category: filter.category } : {}),
    ...(filter.grid ? { gridId: filter.grid } : {}),
    ...(filter.worker ? { workerId: filter.worker } : {}),
    ...(filter.building ? { building: filter.building } : {}),
  }
  const take = PAGE_SIZE + 1
  const found = filter.q
    ? await matching(read, community.id, filter, where)
    : await read.request.findMany({
        where: { ...where, ...(filter.before ? { id: { lt: filter.before } } : {}) },
        orderBy: { id: 'desc' },
        take,
      })
  const rows = found.slice(0, PAGE_SIZE)
  return { rows, next: found.length > PAGE_SIZE ? (rows.at(-1)?.id ?? null) : null }
}

const BATCH = 100

/** Words find candidates in the index, newest first; the other filters are asked of the table. */
async function matching(
  read: Reader,
  communityId: number,
  filter: RequestFilter,
  where: object,
): Promise<RequestRow[]> {
  const { before = Number.MAX_SAFE_INTEGER } = filter
  const hits: RequestRow[] = []
  for (let offset = 0; hits.length <= PAGE_SIZE; offset += BATCH) {
    const batch = await searchRequests(read, {
      terms: filter.q.split(/\s+/),
      communityIds: [communityId],
      offset,
      limit: BATCH,
    })
    const ids = batch.map((row) => row.id).filter((id) => id < before)
    if (ids.length > 0)
      hits.push(...(await read.request.findMany({ where: { ...where, id: { in: ids } }, orderBy: { id: 'desc' } })))
    if (batch.length < BATCH) break
  }
  return hits.slice(0, PAGE_SIZE + 1)
}

export const categoryName = (category: string): string => CATEGORY_NAMES[category as Category] ?? category

/** `3幢2单元501`. */
export function placeOf(row: { building: string | null; unit: string | null; room: string | null }): string {
  return [row.building && `${row.building}幢`, row.unit && `${row.unit}单元`, row.room].filter(Boolean).join('')
}

/** Who works in the community now, by name. */
export async function readColleagues(read: Reader, communityId: number, now: Date) {
  const grants = await read.roleGrant.findMany({
    where: {
      role: { in: ['worker', 'coordinator', 'manager'] },
      scopeKind: 'community',
      scopeId: communityId,
      startsAt: { lte: now },
      OR: [{ endsAt: null }, { endsAt: { gt: now } }],
    },
    orderBy: { personId: 'asc' },
    select: { role: true, person: { select: { id: true, name: true, staffNo: true } } },
  })
  return [...new Map(grants.map(({ person, role }) => [person.id, { ...person, role }])).values()]
}
