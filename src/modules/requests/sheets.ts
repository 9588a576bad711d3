import type { Reader } from '../../db/transaction.js'
import { CATEGORIES, CATEGORY_NAMES } from '../../kernel/intent.js'
import { maskName, maskText } from '../../kernel/masking.js'
import type { Sheet, SheetScope } from '../../kernel/sheet.js'
import { RESOLUTION_NAMES, STATUS_NAMES } from './texts.js'

const BATCH = 1000

type Row = Awaited<ReturnType<typeof readBatch>>[number]

function readBatch(read: Reader, scope: SheetScope, after: number) {
  return read.request.findMany({
    where: {
      communityId: { in: [...scope.communityIds] },
      createdAt: { gte: scope.from, lt: scope.to },
      id: { gt: after },
    },
    orderBy: { id: 'asc' },
    take: BATCH,
    include: { satisfaction: { orderBy: { id: 'desc' }, take: 1 }, _count: { select: { reporters: true } } },
  })
}

interface Names {
  readonly communities: ReadonlyMap<number, string>
  readonly grids: ReadonlyMap<number, string>
  readonly people: ReadonlyMap<number, string>
  readonly accounts: ReadonlyMap<number, string>
}

type Line = { readonly row: Row; readonly names: Names; readonly full: boolean }

const named = (map: Readonly<Record<string, string>>, key: string | null): string => (key ? (map[key] ?? key) : '')
const SCORES = { satisfied: '满意', fairly: '基本满意', unsatisfied: '不满意' } as const

/** 诉求台账, one row a request. */
export const requestsSheet: Sheet<Line> = {
  page: 'requests',
  title: '居民诉求',
  columns: [
    { field: 'number', header: '编号', width: 18, value: ({ row }) => row.number },
    {
      field: 'community',
      header: '社区',
      width: 12,
      value: ({ row, names }) => names.communities.get(row.communityId) ?? '',
    },
    { field: 'grid', header: '网格', width: 12, value: ({ row, names }) => names.grids.get(row.gridId ?? 0) ?? '' },
    { field: 'createdAt', header: '登记时间', width: 17, value: ({ row }) => row.createdAt },
    { field: 'kind', header: '类型', width: 8, value: ({ row }) => (row.kind === 'consult' ? '咨询' : '诉求') },
    {
      field: 'category',
      header: '类别',
      width: 10,
      value: ({ row }) => CATEGORY_NAMES[CATEGORIES.find((one) => one === row.category) ?? 'other'],
    },
    { field: 'urgent', header: '紧急', width: 6, value: ({ row }) => (row.urgent ? '是' : '') },
    { field: 'building', header: '幢', width: 6, value: ({ row }) => row.building },
    { field: 'unit', header: '单元', width: 6, value: ({ row }) => row.unit },
    { field: 'room', header: '室', width: 8, value: ({ row }) => row.room },
    {
      field: 'reporter',
      header: '反映人',
      width: 10,
      value: ({ row, names, full }) => shown(names.accounts.get(row.reporterId) ?? '', full),
    },
    { field: 'households', header: '户数', width: 6, value: ({ row }) => row._count.reporters },
    { field: 'text', header: '内容', width: 48, value: ({ row, full }) => (full ? row.text : maskText(row.text)) },
    {
      field: 'worker',
      header: '责任社工',
      width: 10,
      value: ({ row, names }) => names.people.get(row.workerId ?? 0) ?? '',
    },
    { field: 'status', header: '状态', width: 9, value: ({ row }) => named(STATUS_NAMES, row.status) },
    { field: 'acceptedAt', header: '接单时间', width: 17, value: ({ row }) => row.acceptedAt },
    { field: 'acceptBy', header: '接单时限', width: 17, value: ({ row }) => row.acceptBy },
    { field: 'closedAt', header: '办结时间', width: 17, value: ({ row }) => row.closedAt },
    { field: 'closeBy', header: '办结时限', width: 17, value: ({ row }) => row.closeBy },
    { field: 'resolution', header: '办理结果', width: 12, value: ({ row }) => named(RESOLUTION_NAMES, row.resolution) },
    {
      field: 'resolutionNote',
      header: '处理说明',
      width: 36,
      value: ({ row, full }) => (full ? row.resolutionNote : maskText(row.resolutionNote ?? '')),
    },
    {
      field: 'satisfaction',
      header: '满意度',
      width: 10,
      value: ({ row }) => named(SCORES, row.satisfaction[0]?.score ?? null),
    },
    { field: 'chases', header: '催单次数', width: 9, value: ({ row }) => row.chases },
  ],
  async *rows(read, scope) {
    const [communities, grids] = await Promise.all([
      read.community.findMany({ where: { id: { in: [...scope.communityIds] } }, select: { id: true, name: true } }),
      read.grid.findMany({ where: { communityId: { in: [...scope.communityIds] } }, select: { id: true, name: true } }),
    ])
    const byId = (rows: readonly { id: number; name: string }[]) => new Map(rows.map((one) => [one.id, one.name]))
    for (let after = 0; ; ) {
      const batch = await readBatch(read, scope, after)
      const people = await read.person.findMany({
        where: { id: { in: batch.flatMap((row) => (row.workerId ? [row.workerId] : [])) } },
        select: { id: true, name: true },
      })
      const accounts = await read.account.findMany({
        where: { id: { in: batch.map((row) => row.reporterId) } },
        select: { id: true, displayName: true },
      })
      const names: Names = {
        communities: byId(communities),
        grids: byId(grids),
        people: byId(people),
        accounts: new Map(accounts.map((one) => [one.id, one.displayName])),
      }
      for (const row of batch) yield { row, names, full: scope.maySeePersonal }
      const last = batch.at(-1)
      if (!last || batch.length < BATCH) return
      after = last.id
    }
  },
}

const shown = (name: string, full: boolean): string => (full ? name : maskName(name))
