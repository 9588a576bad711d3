import { spanText } from './texts.js'
import type { DaySpan } from './types.js'

const days = (span: DaySpan): string => spanText(span)

/** Words about leave, cover, goals and sharing. */
export const staffTexts = {
  leaveHow: '请这样发：请假 11-24 到 11-26 家里有事',
  leaveHowManager: '请这样发：请假 王芳 11-24 到 11-26 事由',
  leaveAsked: (span: DaySpan) => `请假 ${days(span)} 已报主任，确认后这几天不催，目标按比例减。`,
  leaveRequest: (name: string, span: DaySpan, reason: string) =>
    `${name}请假 ${days(span)}${reason ? `：${reason}` : ''}。同意后走访目标按工作日折算；要人代管请发“代管 姓名 网格 日期”。`,
  agree: '同意',
  disagree: '不同意',
  leaveConfirmed: (span: DaySpan, target: string) => `请假 ${days(span)} 已确认，这几天不催。${target}`,
  leaveRefused: (span: DaySpan) => `请假 ${days(span)} 没有获准，请和主任商量。`,
  leaveDone: (name: string, span: DaySpan, target: string) => `已记 ${name}请假 ${days(span)}。${target}`,
  leaveRefusedDone: (name: string) => `已回复${name}。`,
  leaveDecided: '这条请假已经处理过了。',
  leaveOverlaps: (span: DaySpan) => `这几天已有请假（${days(span)}），不用再记。`,
  leaveTooFar: '请假最长 92 天，日期请再看一下。',
  leavePast: '请假不能补到已定案的月份。',
  leaveEnded: (target: string) => `销假了，欢迎回来。${target}`,
  leaveNone: '现在没有在休的假。',
  newTarget: (month: string, target: number) => `${month}目标 ${target} 户。`,
  noSuchPerson: (name: string) => `社区里没有叫“${name}”的同事。`,
  coverHow: '请这样发：代管 李强 2区 11-24 到 11-30',
  noSuchGrid: (words: string, known: readonly string[]) => `没有“${words}”这个网格；有：${known.join('、')}。`,
  coverOwn: (name: string, grid: string) => `${grid}本来就由${name}负责。`,
  coverPast: '代管的日子已经过去了。',
  coverTold: (holder: string | null, grid: string, span: DaySpan) =>
    `${days(span)} 请您代管${grid}${holder ? `（${holder}不在）` : ''}：这几天该格的诉求和走访提醒会发给您。发“该访谁”看名单。`,
  coverHolder: (name: string, grid: string, span: DaySpan) => `${days(span)} ${grid}由${name}代管，到期自动交还。`,
  coverDone: (name: string, grid: string, span: DaySpan) => `好，${days(span)} ${name}代管${grid}，到期自动交还。`,
  goalHow: '请这样发：走访目标 25，或 走访目标 王芳 20、走访目标 百合社区 25（下月起；加“本月”立即算）',
  goalUnknown: (name: string | null) =>
    name === null
      ? '您名下没有可以定目标的社区或街道，请先让管理员登记您的职务。'
      : `您管的范围里没有“${name}”。可写社工姓名或工号、社区、街道；不写名字就是您管的全部。`,
  goalSeveral: (options: readonly string[]) => `对得上好几个：${options.join('、')}。请写全名，或社工的工号。`,
  boardWhich: (options: readonly string[]) =>
    `看哪一个？发“榜单 ${options[0] ?? ''}”。您管的有：${options.join('、')}。`,
  goalTooWide: (name: string) =>
    `${name}本月的目标各社区已经定下了，不能一起改。去掉“本月”就从下月起算；这个月要改，请按社区发，如“走访目标 百合社区 25 本月”。`,
  goalDone: (whose: string, quota: number, month: string) =>
    `${whose}走访目标 ${month} 起每月 ${quota} 户。以前的月份不变。`,
  goalRange: '目标应在 0 到 250 之间。',
  shareAsk: (name: string, households: number, month: string) =>
    `${name}这个月有点紧，想请您帮忙走 ${households} 户（算您的目标，${month}内）。行吗？`,
  shareYes: '可以',
  shareNo: '这次不行',
  shareSent: (name: string) => `已问${name}，等回话。`,
  shareNever: '好，不打扰别人。需要时再叫我。',
  shareAgreed: (name: string, households: number, target: number) =>
    `${name}答应分担 ${households} 户，您的本月目标改为 ${target} 户。`,
  shareTaken: (households: number, target: number) => `谢谢！多走 ${households} 户，您的本月目标 ${target} 户。`,
  shareDeclined: (name: string) => `${name}这次抽不出身，再想想别的办法，或和主任说一声。`,
  shareDeclinedDone: '没关系，已回复。',
  shareOver: '这件事已经处理过了。',
}

export const exportTexts = {
  how: '请这样发：导出走访 2026-11（也可 本月、上月、2026年）',
  title: (whose: string, label: string) => `${whose}走访 ${label}`,
  done: (title: string, rows: number, full: boolean) =>
    `${title}：${rows} 条，格式和导入的表一样${full ? '' : '（号码已隐去，全的请私聊要）'}。`,
  nothing: (title: string) => `${title}：还没有记录。`,
  tooLarge: (rows: number) => `${rows} 条太大，不好发。请分月要，或由管理员用 linli export-visits 导出。`,
  ledger: (by: string, rows: number, from: string, to: string, full: boolean) =>
    `${by}导出走访 ${rows} 条（${from} 至 ${to}${full ? '' : '，号码隐去'}）`,
}

export const staffLedger = {
  leaveAsked: (name: string, span: DaySpan, reason: string) =>
    `${name}申请请假 ${days(span)}${reason ? `：${reason}` : ''}`,
  leaveConfirmed: (name: string, span: DaySpan) => `${name}请假 ${days(span)} 已确认`,
  leaveRefused: (name: string, span: DaySpan) => `${name}请假 ${days(span)} 未获准`,
  leaveEnded: (name: string, day: string) => `${name}${day} 销假`,
  cover: (name: string, grid: string, span: DaySpan) => `${days(span)} ${name}代管${grid}`,
  goal: (whose: string, quota: number, month: string) => `${whose}走访目标 ${month} 起 ${quota} 户`,
  share: (from: string, to: string, households: number, answer: string) =>
    `${from}请${to}分担 ${households} 户走访：${answer}`,
}
