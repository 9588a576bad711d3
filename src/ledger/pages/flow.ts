import type { Reader } from '../../db/transaction.js'
import type { Sheet, SheetScope } from '../../kernel/sheet.js'
import { residentsMasker } from './names.js'

const BATCH = 2000

type Entry = NonNullable<Awaited<ReturnType<Reader['ledgerEntry']['findFirst']>>>

/** A ledger entry with the names its row shows. */
export interface FlowRow {
  readonly entry: Entry
  readonly community: string
  readonly grid: string
  readonly worker: string
  /** The entry's words as the reader may see them. */
  readonly text: string
  /** Masks other words of the entry as the reader's right asks. */
  shown(text: string): string
}

/** Which entries a page shows, besides the communities and the period. */
export interface FlowFilter {
  readonly pages?: readonly string[]
  readonly types?: readonly string[]
  readonly gridIds?: readonly number[]
}

/** Digits of an entry's hash that a row shows. */
export const SEAL_DIGITS = 16

export const FLOW_PAGE = 'ledger'
export const FLOW_TITLE = '台账流水'

/** 台账流水: every entry as it was sealed. A workbook's rows of it can be held against the chain one by one. */
export const flowSheet: Sheet<FlowRow> = {
  page: FLOW_PAGE,
  title: FLOW_TITLE,
  columns: [
    { field: 'community', header: '社区代码', width: 12, value: (row) => row.community },
    { field: 'seq', header: '序号', width: 9, value: (row) => row.entry.seq },
    { field: 'at', header: '时间', width: 17, value: (row) => row.entry.at },
    { field: 'page', header: '台账页', width: 12, value: (row) => row.entry.page },
    { field: 'type', header: '事项', width: 22, value: (row) => row.entry.type },
    { field: 'subject', header: '对象', width: 26, value: (row) => row.entry.subject },
    { field: 'grid', header: '网格', width: 12, value: (row) => row.grid },
    { field: 'worker', header: '责任社工', width: 10, value: (row) => row.worker },
    { field: 'text', header: '内容', width: 60, value: (row) => row.text },
    { field: 'correctsSeq', header: '更正第几条', width: 11, value: (row) => row.entry.correctsSeq },
    { field: 'seal', header: '印记', width: 19, value: (row) => row.entry.hash.slice(0, SEAL_DIGITS) },
  ],
  rows: (read, scope) => flowRows(read, scope, {}),
}

/** Entries of the scope, community by community, in the order of their chains. */
export async function* flowRows(read: Reader, scope: SheetScope, filter: FlowFilter): AsyncGenerator<FlowRow> {
  const [communities, grids] = await Promise.all([
    read.community.findMany({ where: { id: { in: [...scope.communityIds] } }, orderBy: { id: 'asc' } }),
    read.grid.findMany({ where: { communityId: { in: [...scope.communityIds] } }, select: { id: true, name: true } }),
  ])
  const gridNames = new Map(grids.map((grid) => [grid.id, grid.name]))
  const workers = new Map<number, string>()
  for (const community of communities) {
    const shown = scope.maySeePersonal ? (text: string) => text : await residentsMasker(read, community.id)
    for (let after = 0; ; ) {
      const batch = await readBatch(read, community.id, scope, filter, after)
      await learnNames(read, workers, batch)
      for (const entry of batch)
        yield {
          entry,
          community: community.code,
          grid: gridNames.get(entry.gridId ?? 0) ?? '',
          worker: workers.get(entry.workerId ?? 0) ?? '',
          text: shown(entry.text),
          shown,
        }
      const last = batch.at(-1)
      if (!last || batch.length < BATCH) break
      after = last.seq
    }
  }
}

const readBatch = (read: Reader, communityId: number, scope: SheetScope, filter: FlowFilter, after: number) =>
  read.ledgerEntry.findMany({
    where: {
      communityId,
      seq: { gt: after },
      at: { gte: scope.from, lt: scope.to },
      ...(filter.pages ? { page: { in: [...filter.pages] } } : {}),
      ...(filter.types ? { type: { in: [...filter.types] } } : {}),
      ...(filter.gridIds ? { gridId: { in: [...filter.gridIds] } } : {}),
    },
    orderBy: { seq: 'asc' },
    take: BATCH,
  })

async function learnNames(read: Reader, workers: Map<number, string>, batch: readonly Entry[]): Promise<void> {
  const unknown = new Set(batch.flatMap(({ workerId }) => (workerId && !workers.has(workerId) ? [workerId] : [])))
  if (unknown.size === 0) return
  const people = await read.person.findMany({ where: { id: { in: [...unknown] } }, select: { id: true, name: true } })
  for (const person of people) workers.set(person.id, person.name)
}
