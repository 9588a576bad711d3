export type FieldKind = 'number' | 'percent' | 'hour' | 'cron'

export interface SettingField {
  readonly path: string
  readonly label: string
  readonly kind: FieldKind
  readonly unit?: string
  readonly hint?: string
}

export interface SettingGroup {
  readonly title: string
  readonly note?: string
  readonly fields: readonly SettingField[]
}

const number = (path: string, label: string, unit: string, hint?: string): SettingField => ({
  path,
  label,
  kind: 'number',
  unit,
  hint,
})
const percent = (path: string, label: string, hint?: string): SettingField => ({
  path,
  label,
  kind: 'percent',
  unit: '%',
  hint,
})
const hour = (path: string, label: string): SettingField => ({ path, label, kind: 'hour' })
const cron = (path: string, label: string): SettingField => ({ path, label, kind: 'cron' })

/** Every figure of community/settings.ts as a manager reads it. A test holds the two together. */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  {
    title: '办理时限',
    note: '工作日按国务院放假安排（含调休）计算。',
    fields: [
      number('terms.urgentAcceptMinutes', '紧急：接单', '分钟'),
      number('terms.urgentCloseMinutes', '紧急：办结', '分钟'),
      number('terms.urgentSilenceMinutes', '紧急：多久没人应就通知街道', '分钟'),
      number('terms.promptAcceptDays', '设施和安全：接单', '个工作日'),
      number('terms.promptCloseDays', '设施和安全：办结', '个工作日'),
      number('terms.otherAcceptDays', '其他：接单', '个工作日'),
      number('terms.otherCloseDays', '其他：办结', '个工作日'),
      number('terms.consultCloseDays', '咨询：答复', '个工作日'),
      number('contestDays', '办结后几天内可以要求重办', '天'),
      number('sameProblemDays', '几天内同一处同一类算同一件事', '天'),
    ],
  },
  {
    title: '作息',
    fields: [
      hour('workHours.from', '上班'),
      hour('workHours.to', '下班（时限算到这时）'),
      hour('daytime.from', '最早几点发提醒'),
      hour('daytime.to', '最晚几点发提醒'),
    ],
  },
  {
    title: '听懂的把握',
    note: '把握到多少才登记、才问社工。调低会多登记，调高会多漏掉。',
    fields: [
      percent('triage.log', '直接登记'),
      percent('triage.ask', '问社工一声'),
      percent('triage.urgentLog', '听着危险：直接登记'),
      percent('triage.urgentAsk', '听着危险：问社工一声'),
    ],
  },
  {
    title: '走访',
    fields: [
      number('visits.quota', '每月见面', '户'),
      number('visits.monthStartDay', '每月从几号算起', '号'),
      number('visits.backdateDays', '几天内可以补记', '天'),
      number('visits.fullMonthDays', '满勤的工作日', '天', '少于这些天，按比例减少'),
      number('visits.tierDays.ordinary', '普通户隔多久', '天'),
      number('visits.tierDays.key', '重点户隔多久', '天'),
      number('visits.tierDays.high_risk', '高风险户隔多久', '天'),
      number('visits.planSize', '每周计划最多', '户'),
      number('visits.flags.burst', '短时间内记了多少条要提示主任', '条'),
      number('visits.flags.burstMinutes', '多短算短时间', '分钟'),
      number('visits.flags.sameText', '一个月里多少条同样的话要提示', '条'),
      cron('visits.schedule.plan', '每周计划什么时候发'),
      cron('visits.schedule.pace', '进度提醒什么时候发'),
      cron('visits.schedule.monthEnd', '月底小结什么时候发'),
      cron('visits.schedule.flags', '异常提示什么时候发'),
    ],
  },
  {
    title: '问卷',
    fields: [
      number('surveys.smallestGroup', '少于多少份不显示', '份'),
      number('surveys.days', '一轮开多久', '天'),
      number('surveys.spreadHours', '一天的邀请分多久发完', '小时'),
      number('surveys.title.gain', '和谐社区：达到', '分'),
      number('surveys.title.keep', '和谐社区：低于要警告', '分'),
      number('surveys.title.roundsToLose', '和谐社区：连续几轮取消', '轮'),
      number('surveys.title.leastAnswers', '和谐社区：至少', '份'),
      number('surveys.rectifyBelow', '部门得分低于多少要整改', '分'),
      number('surveys.rectifyDays', '整改期限', '天'),
    ],
  },
  {
    title: '台账与隐私',
    fields: [
      number('ledger.closeDay', '每月几号自动封上月的账', '号'),
      number('ledger.closeHour', '几点自动封账', '点'),
      number('ledger.outboxDays', '发出的消息原文保留', '天'),
      number('chatterDays', '闲聊原文保留', '天', '过后只留统计，不留原话'),
      number('attachmentDays', '图片和文件保留', '天', '诉求从办结算起，走访从当天算起；过后只留“有过图片”'),
    ],
  },
]

export const fieldAt = (path: string): SettingField | undefined =>
  SETTING_GROUPS.flatMap((group) => group.fields).find((field) => field.path === path)

/** What stands at a path of a settings tree. */
export const valueAt = (tree: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((found, key) => (found as Readonly<Record<string, unknown>> | undefined)?.[key], tree)

/** `08:40` of a cron expression that means once a day; null of any other. */
export function dailyTime(cron: string): string | null {
  const [, minute = '', hour = ''] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(cron) ?? []
  return minute === '' || Number(hour) > 23 || Number(minute) > 59
    ? null
    : `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
}

/** As a form shows it: 0.6 as 60, 17.5 as 17:30, a daily cron expression as its time. */
export function shownValue(kind: FieldKind, value: unknown): string {
  if (kind === 'percent') return String(Math.round(Number(value) * 1000) / 10)
  if (kind === 'hour') {
    const minutes = Math.round(Number(value) * 60)
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  }
  return kind === 'cron' ? (dailyTime(String(value)) ?? String(value)) : String(value)
}

/** What a form sent, as it is stored; null when it is not of the kind. */
export function readValue(kind: FieldKind, text: string): number | string | null {
  const words = text.trim()
  if (kind === 'cron') {
    const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(words) ?? []
    if (hour !== undefined && minute !== undefined) return `${Number(minute)} ${Number(hour)} * * *`
    return /^(?:\S+\s+){4}\S+$/.test(words) ? words : null
  }
  if (kind === 'hour') {
    const found = /^(\d{1,2}):(\d{2})$/.exec(words)
    return found ? Number(found[1]) + Number(found[2]) / 60 : null
  }
  const value = words === '' ? Number.NaN : Number(words)
  if (!Number.isFinite(value)) return null
  return kind === 'percent' ? value / 100 : value
}
