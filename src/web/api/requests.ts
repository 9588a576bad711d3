import type { Prisma } from '../../db/generated/sqlite/client.js'
import type { Reader } from '../../db/transaction.js'
import { isoTime } from '../../kernel/local-time.js'
import { readAttachments } from './attachments.js'
import { toPage } from './cursor.js'
import { inScope, timeRange, withStatus } from './filters.js'
import { readHistory } from './ledger.js'
import { type Names, readNames } from './names.js'
import type { AttachmentAnswer, EntryAnswer, RequestAnswer, RequestQuery } from './schemas.js'
import type { Caller } from './token.js'

const include = {
  mergedInto: { select: { number: true } },
  _count: { select: { reporters: true } },
} satisfies Prisma.RequestInclude
type Row = Prisma.RequestGetPayload<{ include: typeof include }>

/** Requests the caller may see, newest first. */
export async function listRequests(
  read: Reader,
  caller: Caller,
  query: RequestQuery,
  timezone: string,
): Promise<{ data: RequestAnswer[]; next: string | null }> {
  const ids = await filterIds(read, query)
  if (!ids) return { data: [], next: null }
  const rows = await read.request.findMany({
    where: {
      AND: [inScope(caller, query.community), withStatus(query.status)],
      ...ids,
      ...(query.category ? { category: { in: query.category } } : {}),
      ...(query.cursor === undefined ? {} : { id: { lt: query.cursor } }),
      createdAt: timeRange(query.since, query.until, timezone),
    },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
    include,
  })
  const { page, next } = toPage('requests', rows, query.limit)
  const names = await namesOf(read, caller, page)
  return { data: page.map((row) => toAnswer(row, caller, names)), next }
}

/** One request with its life; null when there is none, or none that the caller may see. */
export async function findRequest(
  read: Reader,
  caller: Caller,
  number: string,
): Promise<(RequestAnswer & { attachments: AttachmentAnswer[]; history: EntryAnswer[] }) | null> {
  const row = await read.request.findUnique({ where: { number }, include })
  if (!row || !caller.communities.has(row.communityId)) return null
  const names = await namesOf(read, caller, [row])
  const { timezone = 'UTC' } = caller.communities.get(row.communityId) ?? {}
  return {
    ...toAnswer(row, caller, names),
    attachments: await readAttachments(read, number, timezone, caller.seesPersonal),
    history: await readHistory(read, caller, row.communityId, number),
  }
}

/** Ids of the grid and the worker a query names; null when there is no such grid or worker, and so no request. */
async function filterIds(read: Reader, query: RequestQuery): Promise<{ gridId?: number; workerId?: number } | null> {
  const grid = query.grid === undefined ? undefined : await read.grid.findUnique({ where: { code: query.grid } })
  const worker =
    query.worker === undefined ? undefined : await read.person.findUnique({ where: { staffNo: query.worker } })
  if (grid === null || worker === null) return null
  return { ...(grid ? { gridId: grid.id } : {}), ...(worker ? { workerId: worker.id } : {}) }
}

const namesOf = (read: Reader, caller: Caller, rows: readonly Row[]): Promise<Names> =>
  readNames(read, caller, {
    grids: rows.map((row) => row.gridId),
    workers: rows.map((row) => row.workerId),
    accounts: rows.map((row) => row.reporterId),
  })

function toAnswer(row: Row, caller: Caller, names: Names): RequestAnswer {
  const { code = '', timezone = 'UTC' } = caller.communities.get(row.communityId) ?? {}
  const time = (at: Date) => isoTime(at, timezone)
  const timeOrNull = (at: Date | null) => (at ? time(at) : null)
  return {
    number: row.number,
    status: row.status as RequestAnswer['status'],
    resolution: row.resolution as RequestAnswer['resolution'],
    resolutionNote: row.resolutionNote === null ? null : names.words(row.resolutionNote),
    category: row.category as RequestAnswer['category'],
    urgent: row.urgent,
    text: names.words(row.text),
    building: row.building,
    unit: row.unit,
    room: row.room,
    community: code,
    grid: names.grid(row.gridId),
    ...names.worker(row.workerId),
    reporter: names.account(row.reporterId),
    reporters: row._count.reporters,
    mergedInto: row.mergedInto?.number ?? null,
    createdAt: time(row.createdAt),
    acceptBy: time(row.acceptBy),
    closeBy: time(row.closeBy),
    acceptedAt: timeOrNull(row.acceptedAt),
    waitingUntil: timeOrNull(row.waitingUntil),
    closedAt: timeOrNull(row.closedAt),
    contestedAt: timeOrNull(row.contestedAt),
    chasedAt: timeOrNull(row.chasedAt),
  }
}
