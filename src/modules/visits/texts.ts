import type { DaySpan } from './types.js'

const monthDay = (day: string | null): string => (day ? day.slice(5) : '…')
const spanText = (span: DaySpan): string =>
  span.from === span.to ? monthDay(span.from) : `${monthDay(span.from)}—${monthDay(span.to)}`

export const targetReasons = {
  holidays: (days: number, full: number) => `本期只有 ${days} 个工作日（满额按 ${full} 天）`,
  handover: (days: number, all: number) => `期中交接，在岗 ${days}/${all} 个工作日`,
  leave: (days: number, spans: readonly DaySpan[]) => `请假 ${days} 个工作日（${spans.map(spanText).join('、')}）`,
  share: (households: number, name: string) =>
    households < 0 ? `${name}分担 ${-households} 户` : `替${name}分担 ${households} 户`,
}
