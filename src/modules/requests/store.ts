import { z } from 'zod'
import type { Tx } from '../../db/transaction.js'
import { CATEGORIES } from '../../kernel/intent.js'
import type { Turn } from '../../kernel/module.js'
import { numberIn } from './phrases.js'
import type { Comparable, Reporter, RequestView } from './types.js'

const rowSchema = z.object({
  kind: z.enum(['request', 'consult']),
  category: z.enum(CATEGORIES),
  status: z.enum(['new', 'assigned', 'in_progress', 'waiting', 'closed']),
  resolution: z.enum(['solved', 'cannot', 'not_ours', 'withdrawn', 'duplicate', 'not_a_request']).nullable(),
})

const REPORTERS = { orderBy: { id: 'asc' } } as const
const WITH = {
  reporters: REPORTERS,
  mergedInto: { select: { number: true } },
  merged: { select: { reporters: REPORTERS } },
} as const
type Row = NonNullable<Awaited<ReturnType<typeof findRow>>>

const findRow = (tx: Tx, number: string) => tx.request.findUnique({ where: { number }, include: WITH })

export async function requestByNumber(tx: Tx, number: string): Promise<RequestView | null> {
  const row = await findRow(tx, number)
  const [found] = row ? await views(tx, [row]) : []
  return found ?? null
}

/** Reporters of a request and of those merged into it, each once: all of them are told of progress. */
const allReporters = (row: Row): Row['reporters'] => [
  ...new Map(
    [...row.merged.flatMap((one) => one.reporters), ...row.reporters].map((one) => [one.accountId, one]),
  ).values(),
]

/** Reads the names for all rows at once: a new report is compared with dozens of open ones. */
async function views(tx: Tx, rows: readonly Row[]): Promise<RequestView[]> {
  if (rows.length === 0) return []
  const workerIds = new Set(rows.flatMap((row) => row.workerId ?? []))
  const accountIds = new Set(rows.flatMap((row) => allReporters(row).map((one) => one.accountId)))
  // One after the other: a transaction has one connection.
  const workers = await tx.person.findMany({ where: { id: { in: [...workerIds] } }, select: { id: true, name: true } })
  const accounts = await tx.account.findMany({
    where: { id: { in: [...accountIds] } },
    select: { id: true, displayName: true, person: { select: { name: true } } },
  })
  const workerById = new Map(workers.map((worker) => [worker.id, worker]))
  const names = new Map(accounts.map((one) => [one.id, one.displayName || one.person?.name || '']))
  return rows.map((row) => view(row, workerById, names))
}

function view(
  row: Row,
  workers: ReadonlyMap<number, NonNullable<RequestView['worker']>>,
  names: ReadonlyMap<number, string>,
): RequestView {
  const reporters = allReporters(row)
  const nameOf = (id: number) => names.get(id) ?? ''
  const { kind, category, status, resolution } = rowSchema.parse(row)
  return {
    id: row.id,
    number: row.number,
    kind,
    communityId: row.communityId,
    gridId: row.gridId,
    householdId: row.householdId,
    worker: row.workerId ? (workers.get(row.workerId) ?? null) : null,
    reporterId: row.reporterId,
    reporterName: nameOf(row.reporterId),
    chatId: row.chatId,
    category,
    urgent: row.urgent,
    text: row.text,
    address: { building: row.building, unit: row.unit, room: row.room },
    status,
    resolution,
    resolutionNote: row.resolutionNote,
    createdAt: row.createdAt,
    acceptBy: row.acceptBy,
    closeBy: row.closeBy,
    closedAt: row.closedAt,
    closings: row.closings,
    contestedAt: row.contestedAt,
    chasedAt: row.chasedAt,
    chases: row.chases,
    mergedInto: row.mergedInto?.number ?? null,
    reporters: reporters.map((one) => ({
      accountId: one.accountId,
      name: nameOf(one.accountId),
      kind: one.kind as Reporter['kind'],
      chatId: one.chatId,
    })),
  }
}

/** Requests an account reported or joined that are not closed, newest first. */
export async function openRequestsOf(tx: Tx, accountId: number): Promise<RequestView[]> {
  return views(
    tx,
    await tx.request.findMany({
      where: {
        status: { not: 'closed' },
        OR: [{ reporters: { some: { accountId } } }, { merged: { some: { reporters: { some: { accountId } } } } }],
      },
      orderBy: { id: 'desc' },
      take: 9,
      include: WITH,
    }),
  )
}

/** Requests an account reported that were closed at or after an instant, newest first. */
export async function closedRequestsOf(tx: Tx, accountId: number, since: Date): Promise<RequestView[]> {
  return views(
    tx,
    await tx.request.findMany({
      where: { status: 'closed', closedAt: { gte: since }, reporters: { some: { accountId } } },
      orderBy: { closedAt: 'desc' },
      take: 9,
      include: WITH,
    }),
  )
}

/** What a worker has to do, the soonest due first. */
export async function openRequestsFor(
  tx: Tx,
  communityId: number,
  workerId: number | null,
  take = 20,
): Promise<RequestView[]> {
  return views(
    tx,
    await tx.request.findMany({
      where: { communityId, status: { not: 'closed' }, ...(workerId ? { workerId } : {}) },
      orderBy: [{ urgent: 'desc' }, { closeBy: 'asc' }],
      take,
      include: WITH,
    }),
  )
}

/** Which request a phrase means: by number, by the quoted message, else the candidates to ask about. */
export type Reference =
  | { readonly kind: 'found'; readonly request: RequestView }
  | { readonly kind: 'none'; readonly ref: string | null }
  | { readonly kind: 'several'; readonly requests: readonly RequestView[] }

export async function findReference(
  tx: Tx,
  turn: Turn,
  ref: string | null,
  candidates: () => Promise<RequestView[]>,
): Promise<Reference> {
  if (ref) return byRef(tx, turn, ref)
  const quoted = turn.said.kind === 'text' ? turn.said.quoted : null
  const number = numberIn(quoted?.subject) ?? numberIn(quoted?.text)
  if (number) return byRef(tx, turn, number)
  const open = await candidates()
  const [only] = open
  if (open.length === 1 && only) return { kind: 'found', request: only }
  return open.length === 0 ? { kind: 'none', ref: null } : { kind: 'several', requests: open }
}

async function byRef(tx: Tx, turn: Turn, ref: string): Promise<Reference> {
  const communityId = turn.community?.id ?? -1
  if (/-\d{6}-/.test(ref) || /^\d{6}-/.test(ref)) {
    const number = /^\d{6}-/.test(ref) ? `${turn.community?.code ?? ''}-${ref}` : ref
    const request = await requestByNumber(tx, number)
    return request?.communityId === communityId ? { kind: 'found', request } : { kind: 'none', ref }
  }
  const suffix = `-${ref.padStart(4, '0')}`
  const rows = await tx.request.findMany({
    where: { communityId, number: { endsWith: suffix } },
    orderBy: { id: 'desc' },
    take: 12,
    include: WITH,
  })
  const open = rows.filter((row) => row.status !== 'closed')
  const [newest] = open.length > 0 ? open : rows
  if (!newest) return { kind: 'none', ref }
  if (open.length > 1) return { kind: 'several', requests: await views(tx, open) }
  const [request] = await views(tx, [newest])
  return request ? { kind: 'found', request } : { kind: 'none', ref }
}

/** Open requests at the same building of the same category, reported within the term: maybe the same problem. */
export async function similarOpen(
  tx: Tx,
  communityId: number,
  place: { building: string | null; unit: string | null },
  category: string,
  since: Date,
): Promise<RequestView[]> {
  if (!place.building) return []
  const rows = await tx.request.findMany({
    where: {
      communityId,
      status: { not: 'closed' },
      building: place.building,
      category,
      createdAt: { gte: since },
      ...(place.unit ? { OR: [{ unit: place.unit }, { unit: null }] } : {}),
    },
    orderBy: { id: 'desc' },
    take: 5,
    include: WITH,
  })
  return views(tx, rows)
}

const COMPARED = 60

/** The newest open requests since an instant, as much of them as a comparison needs: most prove to be something else. */
export async function openSince(
  tx: Tx,
  communityId: number,
  since: Date,
): Promise<(Comparable & { number: string })[]> {
  const rows = await tx.request.findMany({
    where: { communityId, status: { not: 'closed' }, createdAt: { gte: since } },
    orderBy: { id: 'desc' },
    take: COMPARED,
    select: { number: true, text: true, category: true, building: true, unit: true, room: true, createdAt: true },
  })
  return rows.map(({ number, text, category, building, unit, room, createdAt }) => ({
    number,
    text,
    category: rowSchema.shape.category.parse(category),
    address: { building, unit, room },
    at: createdAt.getTime(),
  }))
}

/** Open requests last reported in a group, newest first: what a me-too without an address leans on. */
export async function recentInChat(tx: Tx, chatId: number, since: Date): Promise<RequestView[]> {
  const rows = await tx.request.findMany({
    where: { chatId, status: { not: 'closed' }, createdAt: { gte: since } },
    orderBy: { id: 'desc' },
    take: 8,
    include: WITH,
  })
  return views(tx, rows)
}

/** How often the same building and category came up in the days before: shown on the worker's card. */
export async function countBefore(
  tx: Tx,
  communityId: number,
  building: string | null,
  category: string,
  since: Date,
): Promise<number> {
  if (!building) return 0
  return tx.request.count({ where: { communityId, building, category, createdAt: { gte: since } } })
}
