import type { TitleOutcome } from './decide-title.js'
import type { QuestionResult, Results } from './results.js'
import { nick, percent, scoreWithInterval, withInterval } from './texts.js'
import type { SurveyView } from './types.js'
import { quotedOnce, type WordGroup } from './words.js'

/** `社区服务（办事、走访…）` → `社区服务`. */
const short = (text: string): string => text.replace(/[（(].*$/, '').trim() || text

/** Groups of all questions by kind of thing, the most frequent first. */
export function topics(words: readonly WordGroup[]): { name: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { name, count } of words) counts.set(name, (counts.get(name) ?? 0) + count)
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count)
}

const topicLine = (results: Results): string => {
  const named = topics(results.words)
    .filter(({ name }) => name !== '其他')
    .slice(0, 3)
  return named.length > 0 ? `提得最多：${named.map(({ name, count }) => `${name}（${count}条）`).join('、')}。` : ''
}

function fewLine(results: Results): string {
  return results.answered < results.smallestGroup ? `作答不足 ${results.smallestGroup} 份，为保护隐私不公布结果。` : ''
}

function questionLine(question: QuestionResult): string {
  if (question.satisfied) return `${short(question.text)} ${withInterval(question.satisfied)}满意`
  const top = [...question.options].sort((a, b) => b.count - a.count)[0]
  if (top) return `“${short(question.text)}”最多选“${top.label}” ${withInterval(top.share)}`
  if (question.number)
    return `“${short(question.text)}”平均 ${question.number.mean.value.toFixed(1)}${question.number.unit}，中位 ${question.number.median}${question.number.unit}`
  return question.score ? `${short(question.text)} ${scoreWithInterval(question.score)}` : ''
}

export const resultTexts = {
  /** One line for the groups that were asked. */
  toGroup: (survey: SurveyView, results: Results): string => {
    const few = fewLine(results)
    if (few !== '') return `“${survey.title}”已结束，谢谢 ${results.answered} 户邻居！${few}`
    const lines = results.questions.map(questionLine).filter((line) => line !== '')
    const composite =
      survey.kind === 'community' && results.composite ? `综合 ${results.composite.value.toFixed(1)} 分。` : ''
    const shown = lines.slice(0, 3).join('；')
    return `谢谢 ${results.answered} 户邻居（邀请 ${results.invited}，${percent(results.answered / Math.max(1, results.invited))}）！“${survey.title}”：${shown}。${composite}${topicLine(results)}`
  },
  /** For whoever runs or answers for it: every figure with what it rests on. */
  full: (survey: SurveyView, results: Results): string => {
    const head = `${nick(survey)}“${survey.title}”结果\n符合条件 ${results.eligible}，邀请 ${results.invited}，作答 ${results.answered}（${percent(results.answered / Math.max(1, results.invited))}）`
    const few = fewLine(results)
    if (few !== '') return `${head}\n${few}`
    const composite = results.composite ? [`综合得分 ${scoreWithInterval(results.composite)}，按发布时定下的权重`] : []
    const questions = results.questions
      .filter((question) => question.kind !== 'text')
      .map(
        (question) =>
          `· ${question.hidden ? `${short(question.text)}：人数少不显示` : `${questionLine(question)}（n=${question.answered}）`}`,
      )
    const words = topics(results.words).map(({ name, count }) => `${name} ${count}`)
    const quotes = quotedOnce(results.words).map(({ name, quote }) => `· ${name}：“${quote}”`)
    return [
      head,
      ...composite,
      ...questions.slice(0, 20),
      ...(words.length > 0 ? [`意见：${words.join('、')}`, ...quotes.slice(0, 5)] : []),
    ].join('\n')
  },
  departmentsThanks: (survey: SurveyView, results: Results) =>
    `“${survey.title}”已结束，${results.answered}/${results.invited} 个社区参加。结果交街道、纪检和考核部门；部门只看到汇总，看不到是谁打的分。`,
  ledger: (survey: SurveyView, results: Results): string =>
    `“${survey.title}”结束：符合条件 ${results.eligible}，邀请 ${results.invited}，作答 ${results.answered}${results.composite ? `；综合 ${scoreWithInterval(results.composite)}` : ''}`,
  title: (name: string, { outcome, held }: TitleOutcome, score: number | null): string => {
    const points = score === null ? '' : `（${score.toFixed(1)} 分）`
    switch (outcome) {
      case 'gained':
        return `获得“${name}”称号${points}`
      case 'kept':
        return `保持“${name}”称号${points}`
      case 'warned':
        return `“${name}”称号受警示${points}，下一轮仍低将取消`
      case 'lost':
        return `失去“${name}”称号${points}`
      case 'missed':
        return held ? '' : `未达“${name}”标准${points}`
    }
  },
  lowAspect: (department: string, aspect: string, score: number, dueOn: string) =>
    `${department}·${aspect} ${score.toFixed(1)} 分，${dueOn} 前整改`,
  rectify: (rows: readonly string[]) =>
    `需整改 ${rows.length} 项：\n${rows.join('\n')}\n整改完成后发“整改完成 编号 说明”，再请社区复评。`,
  rerated: (number: string, score: number) => `整改 ${number} 复评 ${score.toFixed(1)} 分`,
  opinions: (survey: SurveyView) => `要把“${survey.title}”里的意见变成诉求去办，请发“问卷意见 ${nick(survey)}”。`,
} as const
