import type { Reader } from '../../db/transaction.js'
import { addDays, type LocalDate, localDate } from '../../kernel/local-time.js'
import { maskName, maskText } from '../../kernel/masking.js'
import type { Sheet, SheetScope } from '../../kernel/sheet.js'
import { HOUSEHOLD } from './store.js'
import { OUTCOME_NAMES, TIER_NAMES } from './texts.js'
import type { HouseholdRow, Outcome } from './types.js'

/** Ids of a batch go into one query: from 999 on Prisma would split it within a transaction, which a reader may not begin. */
const BATCH = 500

const range = (scope: SheetScope): { from: LocalDate; to: LocalDate } => ({
  from: localDate(scope.from, scope.timezone),
  to: addDays(localDate(scope.to, scope.timezone), -1),
})

const within = (scope: SheetScope) => ({ communityId: { in: [...scope.communityIds] } })

const masked = (text: string, full: boolean): string => (full ? text : maskText(text))
const name = (text: string, full: boolean): string => (full ? text : maskName(text))
const STATUS_NAMES: Readonly<Record<string, string>> = { valid: '有效', corrected: '已更正', withdrawn: '已撤回' }
const SOURCES: Readonly<Record<string, string>> = { chat: '', import: '纸质补录' }

const named = (rows: readonly { id: number; name: string }[]) => new Map(rows.map((row) => [row.id, row.name]))
const gridNames = async (read: Reader, scope: SheetScope) =>
  named(await read.grid.findMany({ where: within(scope), select: { id: true, name: true } }))
const peopleNames = async (read: Reader, ids: readonly number[]) =>
  named(await read.person.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } }))

interface DiaryRow {
  readonly visit: Awaited<ReturnType<typeof diaryBatch>>[number]
  readonly household: HouseholdRow | undefined
  readonly worker: string
  readonly grid: string
  readonly full: boolean
}

function diaryBatch(read: Reader, scope: SheetScope, after: { day: string; id: number }) {
  const { from, to } = range(scope)
  return read.visit.findMany({
    where: {
      ...within(scope),
      day: { gte: from, lte: to },
      OR: [{ day: { gt: after.day } }, { day: after.day, id: { gt: after.id } }],
    },
    orderBy: [{ day: 'asc' }, { id: 'asc' }],
    take: BATCH,
  })
}

/** 走访日记, every entry with the corrected and withdrawn ones marked. */
export const diarySheet: Sheet<DiaryRow> = {
  page: 'visits',
  title: '走访日记',
  columns: [
    { field: 'day', header: '日期', width: 12, value: ({ visit }) => visit.day },
    { field: 'grid', header: '网格', width: 12, value: ({ grid }) => grid },
    { field: 'worker', header: '走访人', width: 10, value: ({ worker }) => worker },
    { field: 'building', header: '幢', width: 6, value: ({ household }) => household?.building ?? null },
    { field: 'unit', header: '单元', width: 6, value: ({ household }) => household?.unit ?? null },
    { field: 'room', header: '室', width: 8, value: ({ household }) => household?.room ?? null },
    {
      field: 'head',
      header: '户主',
      width: 10,
      value: ({ household, full }) => name(household?.headName ?? '', full),
    },
    { field: 'tier', header: '类别', width: 8, value: ({ visit }) => TIER_NAMES[visit.tier] ?? visit.tier },
    { field: 'outcome', header: '方式', width: 10, value: ({ visit }) => OUTCOME_NAMES[visit.outcome as Outcome] },
    { field: 'problem', header: '问题', width: 36, value: ({ visit, full }) => masked(visit.problem, full) },
    { field: 'measure', header: '措施', width: 36, value: ({ visit, full }) => masked(visit.measure, full) },
    { field: 'result', header: '结果', width: 24, value: ({ visit, full }) => masked(visit.result, full) },
    { field: 'request', header: '转诉求', width: 18, value: ({ visit }) => visit.requestNumber },
    { field: 'backdated', header: '补记', width: 6, value: ({ visit }) => (visit.backdated ? '是' : '') },
    { field: 'outside', header: '网格外', width: 8, value: ({ visit }) => (visit.outside ? '是' : '') },
    { field: 'photos', header: '照片', width: 6, value: ({ visit }) => visit.photos },
    { field: 'status', header: '状态', width: 8, value: ({ visit }) => STATUS_NAMES[visit.status] ?? visit.status },
    { field: 'source', header: '来源', width: 10, value: ({ visit }) => SOURCES[visit.source] ?? visit.source },
    { field: 'loggedAt', header: '记录时间', width: 17, value: ({ visit }) => visit.loggedAt },
  ],
  async *rows(read, scope) {
    const grids = await gridNames(read, scope)
    for (let after = { day: '', id: 0 }; ; ) {
      const batch = await diaryBatch(read, scope, after)
      const people = await peopleNames(
        read,
        batch.map((visit) => visit.workerId),
      )
      const households = await read.household.findMany({
        where: { id: { in: [...new Set(batch.map((visit) => visit.householdId))] } },
        select: HOUSEHOLD,
      })
      const byId = new Map(households.map((household) => [household.id, household]))
      for (const visit of batch)
        yield {
          visit,
          household: byId.get(visit.householdId),
          worker: people.get(visit.workerId) ?? '',
          grid: grids.get(visit.gridId) ?? '',
          full: scope.maySeePersonal,
        }
      const last = batch.at(-1)
      if (!last || batch.length < BATCH) return
      after = { day: last.day, id: last.id }
    }
  },
}

interface HouseholdLine {
  readonly household: HouseholdRow & { readonly occupancy: string }
  readonly grid: string
  readonly lastMet: string | null
  readonly lastTried: string | null
  readonly full: boolean
}

const OCCUPANCY_NAMES: Readonly<Record<string, string>> = { owned: '自住', rented: '租赁', vacant: '空置' }

/** 包片联户: every household with its last visit, as it stands now. */
export const householdsSheet: Sheet<HouseholdLine> = {
  page: 'visit-households',
  title: '包片联户',
  columns: [
    { field: 'grid', header: '网格', width: 12, value: ({ grid }) => grid },
    { field: 'estate', header: '小区', width: 12, value: ({ household }) => household.estate },
    { field: 'building', header: '幢', width: 6, value: ({ household }) => household.building },
    { field: 'unit', header: '单元', width: 6, value: ({ household }) => household.unit },
    { field: 'room', header: '室', width: 8, value: ({ household }) => household.room },
    { field: 'head', header: '户主', width: 10, value: ({ household, full }) => name(household.headName, full) },
    { field: 'tier', header: '类别', width: 8, value: ({ household }) => TIER_NAMES[household.tier] ?? household.tier },
    {
      field: 'occupancy',
      header: '居住情况',
      width: 10,
      value: ({ household }) => OCCUPANCY_NAMES[household.occupancy] ?? household.occupancy,
    },
    { field: 'lastMet', header: '最近见到', width: 12, value: ({ lastMet }) => lastMet },
    { field: 'lastTried', header: '最近联系', width: 12, value: ({ lastTried }) => lastTried },
  ],
  async *rows(read, scope) {
    const grids = await gridNames(read, scope)
    for (let after = 0; ; ) {
      const batch = await read.household.findMany({
        where: { ...within(scope), id: { gt: after } },
        orderBy: { id: 'asc' },
        take: BATCH,
        select: { ...HOUSEHOLD, occupancy: true },
      })
      const states = await read.visitHousehold.findMany({ where: { householdId: { in: batch.map((one) => one.id) } } })
      const byId = new Map(states.map((state) => [state.householdId, state]))
      for (const household of batch)
        yield {
          household,
          grid: grids.get(household.gridId) ?? '',
          lastMet: byId.get(household.id)?.lastMetDay ?? null,
          lastTried: byId.get(household.id)?.lastTriedDay ?? null,
          full: scope.maySeePersonal,
        }
      const last = batch.at(-1)
      if (!last || batch.length < BATCH) return
      after = last.id
    }
  },
}

interface RateLine {
  readonly month: Awaited<ReturnType<typeof rateRows>>[number]
  readonly worker: string
  readonly households: number
  readonly covered: number
}

function rateRows(read: Reader, scope: SheetScope) {
  const { from, to } = range(scope)
  return read.visitMonth.findMany({
    where: { ...within(scope), toDay: { gte: from }, fromDay: { lte: to } },
    orderBy: [{ month: 'asc' }, { communityId: 'asc' }, { workerId: 'asc' }],
  })
}

const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1000) / 10

/** 月入户率 per worker: the stored month, with its goal and the reason for it. */
export const rateSheet: Sheet<RateLine> = {
  page: 'visit-rates',
  title: '月入户率',
  columns: [
    { field: 'month', header: '月份', width: 10, value: ({ month }) => month.month },
    { field: 'worker', header: '社工', width: 10, value: ({ worker }) => worker },
    { field: 'met', header: '入户户数', width: 10, value: ({ month }) => month.met },
    { field: 'target', header: '目标', width: 8, value: ({ month }) => month.target },
    { field: 'completion', header: '完成率%', width: 10, value: ({ month }) => percent(month.met, month.target) },
    { field: 'quota', header: '满额目标', width: 10, value: ({ month }) => month.quota },
    { field: 'reason', header: '目标说明', width: 40, value: ({ month }) => month.reason },
    { field: 'workDays', header: '在岗工作日', width: 11, value: ({ month }) => month.workDays },
    { field: 'households', header: '联系户数', width: 10, value: ({ households }) => households },
    { field: 'rate', header: '月入户率%', width: 11, value: ({ month, households }) => percent(month.met, households) },
    { field: 'covered', header: '今年覆盖', width: 10, value: ({ covered }) => covered },
    { field: 'notHome', header: '未遇', width: 7, value: ({ month }) => month.notHome },
    { field: 'refused', header: '拒访', width: 7, value: ({ month }) => month.refused },
    { field: 'remote', header: '电话微信', width: 10, value: ({ month }) => month.remote },
    { field: 'closed', header: '定案', width: 7, value: ({ month }) => (month.closedAt ? '是' : '') },
  ],
  async *rows(read, scope) {
    const months = await rateRows(read, scope)
    const people = await peopleNames(
      read,
      months.map((month) => month.workerId),
    )
    const assignments = await read.gridAssignment.findMany({
      where: { kind: 'holder', grid: within(scope) },
      select: { gridId: true, personId: true, startsAt: true, endsAt: true },
    })
    const years = await read.visitGridYear.findMany({ where: within(scope) })
    for (const month of months) {
      const day = new Date(`${month.toDay}T12:00:00Z`)
      const holds = assignments.filter(
        (one) => one.personId === month.workerId && one.startsAt <= day && (one.endsAt === null || one.endsAt > day),
      )
      const grids = new Set(holds.map((one) => one.gridId))
      const year = years.filter((one) => grids.has(one.gridId) && one.year === Number(month.month.slice(0, 4)))
      yield {
        month,
        worker: people.get(month.workerId) ?? '',
        households: year.reduce((sum, one) => sum + one.households, 0),
        covered: year.reduce((sum, one) => sum + one.covered, 0),
      }
    }
  },
}
