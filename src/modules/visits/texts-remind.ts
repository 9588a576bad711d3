import { monthName } from './texts.js'

/** Households a day that nobody manages beside all other work. */
const MANY = 6

export const flagTexts = {
  burst: (count: number, minutes: number) => `${minutes} 分钟内分 ${count} 次记录走访`,
  sameText: (text: string, count: number) => `本月 ${count} 户写的一样（“${text.slice(0, 20)}”）`,
  outside: (count: number) => `走访了网格外 ${count} 户`,
  digest: (day: string, lines: readonly string[]) =>
    `${day.slice(5)} 走访记录里有几处请您留意（只供参考，不影响计数，可能另有原因）：\n${lines.join('\n')}`,
}

export const remindTexts = {
  planLead: '本周建议走访 ',
  planFoot: (score: string, daysLeft: number, aDay: number, behind: number) =>
    behind > 1
      ? `本月 ${score}，剩 ${daysLeft} 个工作日，比平时节奏差 ${behind} 户，${aDay > MANY ? '走不满也别硬赶，先看高风险和重点户。' : `平均每天 ${aDay} 户。`}`
      : `本月 ${score}，剩 ${daysLeft} 个工作日，按平时节奏够得着。`,
  planFootDone: (score: string) => `本月 ${score}，目标已完成，只列该关照的。`,
  behind: (score: string, gap: number, behind: number, daysLeft: number, aDay: number) =>
    `本月 ${score}，比节奏差 ${behind} 户。还差 ${gap} 户，剩 ${daysLeft} 个工作日，${aDay > MANY ? '先看高风险和重点户，要帮手跟主任说一声。' : `每天 ${aDay} 户。`}发“该访谁”看顺路的名单。`,
  last: (score: string, gap: number, daysLeft: number) =>
    daysLeft > 1
      ? `本月 ${score}，还差 ${gap} 户，只剩 ${daysLeft} 个工作日，${gap / daysLeft > MANY ? '走不满也别硬赶，先看高风险和重点户。' : '有点紧。'}`
      : `本月 ${score}，还差 ${gap} 户，今天是最后一个工作日。`,
  lastHelp: (name: string, households: number) => `要请${name}分担 ${households} 户吗？`,
  lastAlone: '走不完的话先和主任说一声，原因会记在案。',
  help: (name: string) => `请${name}`,
  noHelp: '不用',
  manager: (month: string, lines: readonly string[]) =>
    `${monthName(month)}走访还差一些的同事（已分别提醒本人）：\n${lines.join('\n')}\n需要时可发“代管”或“走访目标 姓名 户数 本月”。`,
  managerLine: (name: string, score: string, gap: number, daysLeft: number, reason: string) =>
    `${name} ${score}，差 ${gap} 户，剩 ${daysLeft} 个工作日${reason ? `（${reason}）` : ''}`,
  summary: (month: string, total: string) => `${monthName(month)}走访：${total}辛苦大家！`,
  digestTitle: (month: string, total: string) => `${monthName(month)}走访月报：${total}`,
  digestHelp: (lines: readonly string[]) => `需要帮一把：\n${lines.join('\n')}`,
  digestAllDone: '各网格都完成了目标。',
  digestUnmet: (households: number, high: number) =>
    `重点户、高风险户里有 ${households} 户上月没见到${high > 0 ? `（其中高风险 ${high} 户）` : ''}。`,
  digestFlags: (lines: readonly string[]) => `请留意（只供参考）：\n${lines.join('\n')}`,
  digestOpen: (days: number) => `补记期还有 ${days} 天，之后定案。`,
}
