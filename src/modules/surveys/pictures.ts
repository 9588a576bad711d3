import { type Bar, type Block, barsPicture, heatPicture, type Picture } from './charts.js'
import type { OptionResult, QuestionResult, Results } from './results.js'
import type { RatedGroup, Satisfaction } from './satisfaction.js'
import type { Estimate } from './stats.js'
import { percent } from './texts.js'
import type { SurveyView } from './types.js'

/** An earlier round of the same series. */
export interface Round {
  readonly label: string
  readonly composite: Estimate | null
}

const FOOT = '横线为 95% 区间'
const BLOCKS = 4

const ofShare = (label: string, { value, low, high }: Estimate): Bar => ({
  label,
  value: value * 100,
  low: low * 100,
  high: high * 100,
  words: percent(value),
})
const ofScore = (label: string, score: Estimate | null): Bar => ({
  label,
  value: score?.value ?? null,
  ...(score ? { low: score.low, high: score.high } : {}),
  words: score ? `${score.value.toFixed(1)} 分` : '人数少不显示',
})

export function answeredLine(results: Results): string {
  const rate = results.invited > 0 ? percent(results.answered / results.invited) : '0%'
  return `符合条件 ${results.eligible}，邀请 ${results.invited}，作答 ${results.answered}（${rate}）`
}

const least = (results: Results): string =>
  `${results.answered < results.eligible ? FOOT : '全部都答了，没有抽样误差'}；少于 ${results.smallestGroup} 份的组不显示`

/** 群众评议社区: each part's satisfied, the blocks, the rounds. */
export function communityPicture(survey: SurveyView, results: Results, rounds: readonly Round[]): Picture {
  const parts = results.questions.flatMap(({ text, satisfied }) => (satisfied ? [ofShare(text, satisfied)] : []))
  const now = { ...ofScore('本次', results.composite), strong: true }
  const blocks: Block[] = [
    ...(results.composite && rounds.length === 0 ? [{ title: '综合得分（满分 100）', bars: [now] }] : []),
    { title: '满意率（很满意＋满意）', bars: parts },
  ]
  const cells = results.cells.filter((cell) => cell.invited > 0)
  if (cells.length > 1 && cells.some((cell) => cell.composite))
    blocks.push({ title: '各网格综合得分', bars: cells.map((cell) => ofScore(cell.label, cell.composite)) })
  if (rounds.length > 0)
    blocks.push({
      title: '历次综合得分',
      bars: [...rounds.slice(-4).map((round) => ofScore(round.label, round.composite)), now],
    })
  const composite = results.composite ? `；综合 ${results.composite.value.toFixed(1)} 分` : ''
  return barsPicture(survey.title, `${answeredLine(results)}${composite}`, blocks, least(results))
}

/** A poll: a block a question, the fullest option in front of the eye. */
export function pollPicture(survey: SurveyView, results: Results): Picture | null {
  const blocks = results.questions.flatMap((question) => pollBlock(question) ?? []).slice(0, BLOCKS)
  return blocks.length > 0 ? barsPicture(survey.title, answeredLine(results), blocks, least(results)) : null
}

function pollBlock(question: QuestionResult): Block | null {
  const { number, satisfied, score } = question
  const told = number
    ? `平均 ${number.mean.value.toFixed(1)}${number.unit}，一半的人不超过 ${number.median}${number.unit}`
    : satisfied
      ? `${percent(satisfied.value)}满意${question.options.length > 5 ? `，平均 ${(((score?.value ?? 0) / 100) * question.options.length).toFixed(1)} 分` : ''}`
      : ''
  // What it comes to stands in the title; the bars are for whoever looks twice.
  const room = told === '' ? 24 : Math.max(6, 24 - told.length)
  const text = question.text.length > room ? `${question.text.slice(0, room - 1)}…` : question.text
  const title = told === '' ? text : `${text}：${told}`
  if (number) return { title, bars: [] }
  if (question.options.length > 0) {
    const counts = question.options.map((option) => option.count)
    const most = Math.max(...counts)
    const leads = counts.filter((count) => count === most).length === 1
    // Of ten bare marks, those that nobody gave say nothing.
    const shown = question.options.length > 6 ? question.options.filter(({ count }) => count > 0) : question.options
    const bar = (option: OptionResult): Bar => ({
      ...ofShare(option.label, option.share),
      words: `${percent(option.share.value)}（${option.count}）`,
      strong: leads && option.count === most,
    })
    return { title, bars: shown.map(bar) }
  }
  if (question.rows.length > 0) return { title, bars: question.rows.map((row) => ofScore(row.label, row.score)) }
  return null
}

/** 社区评议部门, best first: officers only. */
export function rankPicture(survey: SurveyView, results: Results): Picture | null {
  const ranked = rankDepartments(results)
  if (ranked.length === 0) return null
  const bars = ranked.map(({ text, score }, index) => ofScore(`${index + 1}. ${text}`, score))
  return barsPicture(
    survey.title,
    `邀请 ${results.invited} 个社区，作答 ${results.answered} 个`,
    [{ title: '部门得分（十个方面平均）', bars }],
    least(results),
  )
}

export const rankDepartments = (results: Results): QuestionResult[] =>
  results.questions
    .filter((question) => question.kind === 'matrix' && question.score !== null)
    .sort((a, b) => (b.score?.value ?? 0) - (a.score?.value ?? 0))

/** Departments by aspects. */
export function aspectsPicture(survey: SurveyView, results: Results): Picture | null {
  const ranked = rankDepartments(results)
  const columns = ranked[0]?.rows.map((row) => row.label) ?? []
  if (columns.length < 2) return null
  const values = ranked.map((question) => question.rows.map((row) => row.score?.value ?? null))
  const rows = ranked.map((question) => (question.text.length > 7 ? `${question.text.slice(0, 6)}…` : question.text))
  return heatPicture(survey.title, `${columns.length} 个方面 × ${rows.length} 个部门，满分 100`, rows, columns, values)
}

/** After closings: the months, and who answers for what. Null while nobody rated anything. */
export function satisfactionPicture(
  place: string,
  months: readonly Pick<Satisfaction, 'month' | 'total' | 'grids'>[],
): Picture | null {
  const current = months.at(-1)
  if (!current || months.every((month) => month.total.answered === 0)) return null
  const bar = (group: RatedGroup, label: string, strong = false): Bar => ({
    ...(group.satisfied
      ? { ...ofShare(label, group.satisfied), words: `${percent(group.satisfied.value)}（${group.answered}）` }
      : { label, value: null, words: group.answered === 0 ? '无评价' : '少不显示' }),
    strong,
  })
  const spoken = months.filter((month) => month.total.answered > 0)
  const blocks = [
    {
      title: '各月满意率（满意＋基本满意）',
      bars: spoken.map((month) => bar(month.total, `${Number(month.month.slice(5))} 月`, month === current)),
    },
    { title: '本月各网格', bars: current.grids.map((group) => bar(group, group.label)) },
  ]
  const { asked, answered } = current.total
  return barsPicture(
    `${place} 办结后满意率`,
    `${current.month}：办结 ${asked} 件，评价 ${answered} 件`,
    blocks,
    `${FOOT}；括号内为评价数`,
  )
}
