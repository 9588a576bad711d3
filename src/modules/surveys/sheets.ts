import type { Reader } from '../../db/transaction.js'
import { maskText } from '../../kernel/masking.js'
import type { Column, Sheet, SheetScope } from '../../kernel/sheet.js'
import { PAGES } from './events.js'
import type { Results } from './results.js'
import { ITEM_STATUS, KIND_NAMES, STATUS_NAMES } from './texts.js'
import type { SurveyKind, SurveyView } from './types.js'

const BATCH = 500
const round = (value: number | null | undefined, factor = 1): number | null =>
  value === null || value === undefined ? null : Math.round(value * factor * 10) / 10

type SurveyRow = Awaited<ReturnType<typeof surveyBatch>>[number]
type Line = { readonly row: SurveyRow; readonly community: string; readonly results: Results | null }

const surveyBatch = (read: Reader, scope: SheetScope, kind: SurveyKind, after: number) =>
  read.survey.findMany({
    where: {
      ...{ communityId: { in: [...scope.communityIds] }, kind, id: { gt: after } },
      createdAt: { gte: scope.from, lt: scope.to },
    },
    orderBy: { id: 'asc' },
    take: BATCH,
  })

const communityNames = async (read: Reader, scope: SheetScope): Promise<ReadonlyMap<number, string>> => {
  const rows = await read.community.findMany({
    where: { id: { in: [...scope.communityIds] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map((row) => [row.id, row.name]))
}

const roundColumns: readonly Column<Line>[] = [
  { field: 'number', header: '编号', width: 12, value: ({ row }) => row.number },
  { field: 'community', header: '社区', width: 12, value: ({ community }) => community },
  { field: 'title', header: '标题', width: 32, value: ({ row }) => row.title },
  { field: 'status', header: '状态', width: 8, value: ({ row }) => STATUS_NAMES[row.status as SurveyView['status']] },
  { field: 'anonymous', header: '无记名', width: 8, value: ({ row }) => (row.anonymous ? '是' : '否') },
  { field: 'startedAt', header: '发布时间', width: 17, value: ({ row }) => row.startedAt },
  { field: 'endsAt', header: '截止时间', width: 17, value: ({ row }) => row.endsAt },
  { field: 'closedAt', header: '结束时间', width: 17, value: ({ row }) => row.closedAt },
  { field: 'eligible', header: '符合条件', width: 9, value: ({ row }) => row.eligible },
  { field: 'excluded', header: '工作人员家庭', width: 12, value: ({ row }) => row.excluded },
  { field: 'invited', header: '邀请', width: 8, value: ({ row }) => row.invited },
  { field: 'answered', header: '作答', width: 8, value: ({ results }) => results?.answered ?? null },
  {
    field: 'responseRate',
    header: '作答率%',
    width: 9,
    value: ({ row, results }) => (results && row.invited > 0 ? round(results.answered / row.invited, 100) : null),
  },
  { field: 'composite', header: '综合得分', width: 9, value: ({ results }) => round(results?.composite?.value) },
  { field: 'compositeLow', header: '区间下限', width: 9, value: ({ results }) => round(results?.composite?.low) },
  { field: 'compositeHigh', header: '区间上限', width: 9, value: ({ results }) => round(results?.composite?.high) },
  {
    field: 'figures',
    header: '各题',
    width: 60,
    value: ({ results }) =>
      (results?.questions ?? [])
        .flatMap(({ text, satisfied, score }) => {
          const name = text.replace(/[（(].*$/, '')
          return satisfied
            ? [`${name} ${round(satisfied.value, 100)}%`]
            : score
              ? [`${name} ${round(score.value)}分`]
              : []
        })
        .join('；'),
  },
  { field: 'seed', header: '抽样种子', width: 12, value: ({ row }) => row.seed },
  { field: 'hash', header: '问卷指纹', width: 20, value: ({ row }) => row.definitionHash.slice(0, 16) },
]

/** Rounds of one kind, a row a round. Nothing of single ballots: there is nothing to show. */
const rounds = (kind: SurveyKind): Sheet<Line> => ({
  page: PAGES[kind],
  title: kind === 'poll' ? '居民问卷' : KIND_NAMES[kind],
  columns: roundColumns,
  async *rows(read, scope) {
    const names = await communityNames(read, scope)
    for (let after = 0; ; ) {
      const batch = await surveyBatch(read, scope, kind, after)
      for (const row of batch)
        yield { row, community: names.get(row.communityId) ?? '', results: row.results as unknown as Results | null }
      if (batch.length < BATCH) return
      after = batch.at(-1)?.id ?? after
    }
  },
})

const SCORES: Readonly<Record<string, string>> = { satisfied: '满意', fairly: '基本满意', unsatisfied: '不满意' }
const SOLVED: Readonly<Record<string, string>> = { solved: '已解决', partly: '部分解决', not: '未解决' }

type RatingRow = Awaited<ReturnType<typeof ratingBatch>>[number]
type Rating = { readonly row: RatingRow; readonly worker: string; readonly grid: string; readonly full: boolean }

const ratingBatch = (read: Reader, scope: SheetScope, after: number) =>
  read.satisfaction.findMany({
    where: {
      ...{ request: { communityId: { in: [...scope.communityIds] } }, id: { gt: after } },
      at: { gte: scope.from, lt: scope.to },
    },
    orderBy: { id: 'asc' },
    take: BATCH,
    include: { request: { select: { number: true } } },
  })

/** 办结评价, a row an answer, attributed to the worker and block of that moment. */
const ratings: Sheet<Rating> = {
  page: 'satisfaction',
  title: '办结评价',
  columns: [
    { field: 'number', header: '诉求编号', width: 18, value: ({ row }) => row.request.number },
    { field: 'closing', header: '第几次办结', width: 10, value: ({ row }) => row.closing },
    { field: 'at', header: '评价时间', width: 17, value: ({ row }) => row.at },
    { field: 'grid', header: '网格', width: 12, value: ({ grid }) => grid },
    { field: 'worker', header: '责任社工', width: 10, value: ({ worker }) => worker },
    { field: 'score', header: '满意度', width: 10, value: ({ row }) => SCORES[row.score] ?? row.score },
    { field: 'solved', header: '解决情况', width: 10, value: ({ row }) => SOLVED[row.solved] ?? row.solved },
    {
      field: 'reason',
      header: '原因',
      width: 40,
      value: ({ row, full }) => (full ? row.reason : maskText(row.reason)),
    },
  ],
  async *rows(read, scope) {
    const grids = new Map(
      (await read.grid.findMany({ where: { communityId: { in: [...scope.communityIds] } } })).map((row) => [
        row.id,
        row.name,
      ]),
    )
    for (let after = 0; ; ) {
      const batch = await ratingBatch(read, scope, after)
      const people = await read.person.findMany({
        where: { id: { in: batch.flatMap((row) => (row.workerId ? [row.workerId] : [])) } },
        select: { id: true, name: true },
      })
      const names = new Map(people.map((person) => [person.id, person.name]))
      for (const row of batch)
        yield {
          row,
          worker: names.get(row.workerId ?? 0) ?? '',
          grid: grids.get(row.gridId ?? 0) ?? '',
          full: scope.maySeePersonal,
        }
      if (batch.length < BATCH) return
      after = batch.at(-1)?.id ?? after
    }
  },
}

const OUTCOMES: Readonly<Record<string, string>> = {
  gained: '获得',
  kept: '保持',
  warned: '警示',
  lost: '失去',
  missed: '未达标',
}
type TitleLine = {
  readonly row: Awaited<ReturnType<Reader['communityTitle']['findMany']>>[number]
  readonly community: string
  readonly survey: string
}

/** 和谐社区, a row a round: what was gained, kept and lost, with the score. */
const titles: Sheet<TitleLine> = {
  page: 'titles',
  title: '和谐社区称号',
  columns: [
    { field: 'community', header: '社区', width: 12, value: ({ community }) => community },
    { field: 'title', header: '称号', width: 12, value: ({ row }) => row.title },
    { field: 'at', header: '时间', width: 17, value: ({ row }) => row.at },
    { field: 'survey', header: '评议', width: 12, value: ({ survey }) => survey },
    { field: 'score', header: '综合得分', width: 9, value: ({ row }) => round(row.score) },
    { field: 'outcome', header: '结果', width: 9, value: ({ row }) => OUTCOMES[row.outcome] ?? row.outcome },
    { field: 'held', header: '之后持有', width: 9, value: ({ row }) => (row.held ? '是' : '否') },
  ],
  async *rows(read, scope) {
    const names = await communityNames(read, scope)
    const rows = await read.communityTitle.findMany({
      where: { communityId: { in: [...scope.communityIds] }, at: { gte: scope.from, lt: scope.to } },
      orderBy: { id: 'asc' },
    })
    const surveys = await read.survey.findMany({
      where: { id: { in: rows.map((row) => row.surveyId) } },
      select: { id: true, number: true },
    })
    const numbers = new Map(surveys.map((survey) => [survey.id, survey.number]))
    for (const row of rows)
      yield { row, community: names.get(row.communityId) ?? '', survey: numbers.get(row.surveyId) ?? '' }
  },
}

type ItemLine = {
  readonly row: Awaited<ReturnType<Reader['rectification']['findMany']>>[number]
  readonly department: string
}

/** 部门整改, a row an item: what was low, until when, what became of it. */
const items: Sheet<ItemLine> = {
  page: 'rectifications',
  title: '部门整改',
  columns: [
    { field: 'number', header: '编号', width: 12, value: ({ row }) => row.number },
    { field: 'department', header: '部门', width: 16, value: ({ department }) => department },
    { field: 'aspect', header: '方面', width: 16, value: ({ row }) => row.aspect },
    { field: 'score', header: '得分', width: 8, value: ({ row }) => round(row.score) },
    { field: 'openedAt', header: '立项时间', width: 17, value: ({ row }) => row.openedAt },
    { field: 'dueOn', header: '期限', width: 12, value: ({ row }) => row.dueOn },
    { field: 'status', header: '状态', width: 9, value: ({ row }) => ITEM_STATUS[row.status] ?? row.status },
    { field: 'note', header: '整改结果', width: 40, value: ({ row }) => row.note },
    { field: 'doneAt', header: '完成时间', width: 17, value: ({ row }) => row.doneAt },
    { field: 'newScore', header: '复评得分', width: 9, value: ({ row }) => round(row.newScore) },
  ],
  async *rows(read, scope) {
    const rows = await read.rectification.findMany({
      where: { communityId: { in: [...scope.communityIds] }, openedAt: { gte: scope.from, lt: scope.to } },
      orderBy: { id: 'asc' },
    })
    const names = new Map((await read.department.findMany()).map((row) => [row.id, row.name]))
    for (const row of rows) yield { row, department: names.get(row.departmentId) ?? '' }
  },
}

const own = <Row>(sheet: Sheet<Row>): Sheet => sheet as never

/** The pages of this module in the workbook. */
export const surveySheets: readonly Sheet[] = [
  own(ratings),
  own(rounds('community')),
  own(rounds('departments')),
  own(rounds('poll')),
  own(titles),
  own(items),
]
