import type { PlanEntry, PlanStop } from './decide-plan.js'
import type { Pace } from './decide-target.js'
import { monthName, OUTCOME_NAMES, placeText, TIER_NAMES, targetReasons } from './texts.js'
import type { HouseholdRow, MonthView, Outcome, WorkerMonth } from './types.js'

const percent = (part: number, whole: number): string => (whole === 0 ? '—' : `${Math.round((part / whole) * 100)}%`)

export const score = ({ met, target }: Pick<MonthView, 'met' | 'target'>): string =>
  target > 0 ? `${met}/${target}` : `${met} 户`

/** What a worker and a manager both read of a worker's month. */
export function progressText(view: {
  readonly worker: WorkerMonth
  readonly own: boolean
  readonly today: number
  readonly pace: Pace
  readonly onLeave: boolean
  readonly before: readonly MonthView[]
}): string {
  const { worker, pace, today } = view
  const lines = [
    `${view.own ? '' : `${worker.name} `}${monthName(worker.month)}走访 ${score(worker)}，今天 ${today} 户。`,
  ]
  if (worker.target > 0) lines.push(paceText(pace))
  if (worker.target === 0 && worker.workDays === 0) lines.push(showTexts.noGoal(worker.reason))
  else if (worker.reason) lines.push(`目标 ${worker.target} 户（满额 ${worker.quota}）：${worker.reason}。`)
  if (view.onLeave) lines.push('今天请假，不催。')
  const light = [
    worker.notHome && `未遇 ${worker.notHome}`,
    worker.refused && `拒访 ${worker.refused}`,
    worker.remote && `电话微信 ${worker.remote}`,
  ].filter((part) => part)
  if (light.length > 0) lines.push(`另有${light.join('、')}，不计入。`)
  if (worker.households > 0) lines.push(coverageText(worker))
  if (view.before.length > 0)
    lines.push(`往月：${view.before.map((one) => `${monthName(one.month)} ${score(one)}`).join(' · ')}`)
  return lines.join('\n')
}

/** Households a day beside all other work. */
const EASY = 5

function paceText({ gap, behind, ahead, needed, daysLeft }: Pace): string {
  if (gap === 0) return '本月目标已完成。'
  const aDay = daysLeft > 0 ? Math.ceil(gap / daysLeft) : gap
  const left =
    daysLeft === 0
      ? '本月没有工作日了'
      : `剩 ${daysLeft} 个工作日，每天 ${aDay} 户${aDay > EASY ? '，有点紧' : '够得着'}`
  return behind > 0
    ? `按节奏到今天该有 ${needed} 户，差 ${behind} 户；还差 ${gap} 户，${left}。`
    : `${ahead > 2 ? `比节奏快 ${ahead} 户` : '节奏正好'}，还差 ${gap} 户，${left}。`
}

function coverageText({ covered, households, quota }: WorkerMonth): string {
  const left = households - covered
  const months = quota > 0 ? Math.ceil(left / quota) : 0
  const rest = left > 0 && months > 0 ? `；没走到的 ${left} 户，每月 ${quota} 户不重复还要 ${months} 个月` : ''
  return `今年走到 ${covered}/${households} 户（${percent(covered, households)}）${rest}。`
}

/** `2-501 张秀英（重点·已 26 天）`, short enough for a walk's list. */
function entryText({ household, reason }: PlanEntry): string {
  const door = household.unit ? `${household.unit}-${household.room}` : household.room
  const tier = household.tier === 'ordinary' ? '' : (TIER_NAMES[household.tier] ?? '')
  const why = reason.kind === 'never' ? '' : reason.kind === 'request' ? '刚报过事' : `已 ${reason.days} 天`
  const mark = [tier, why].filter((part) => part !== '').join('·')
  return `${door}${household.headName ? ` ${household.headName}` : ''}${mark ? `（${mark}）` : ''}`
}

export function planLines(stops: readonly PlanStop[]): string {
  const entries = stops.flatMap((stop) => stop.entries)
  const never = entries.filter((entry) => entry.reason.kind === 'never').length
  const lines = stops.map((stop) => `${stop.building}幢：${stop.entries.map(entryText).join('、')}`).join('\n→ ')
  if (never === 0) return lines
  return `${lines}\n${never === entries.length ? showTexts.allNew : showTexts.someNew(never)}`
}

/** What is known of a household's visits: when it was met last, and the latest entries. */
export function recordText(
  household: HouseholdRow,
  lastMet: string | null,
  lines: readonly VisitLine[],
  today: string,
): string {
  const tier = household.tier === 'ordinary' ? '' : `（${TIER_NAMES[household.tier]}）`
  const who = `${placeText(household)}${household.headName ? ` ${household.headName}` : ''}${tier}`
  const days = lastMet === null ? 0 : Math.round((Date.parse(today) - Date.parse(lastMet)) / 86_400_000)
  const met = lastMet === null ? '还没有见到过' : `上次见到 ${lastMet}（${days === 0 ? '今天' : `${days} 天前`}）`
  return [
    `${who}：${met}。`,
    ...lines.map(
      (line) =>
        `${line.day} ${OUTCOME_NAMES[line.outcome]}${line.note ? `：${line.note}` : ''}${line.requestNumber ? `〔${line.requestNumber}〕` : ''}`,
    ),
  ].join('\n')
}

export interface VisitLine {
  readonly day: string
  readonly household: HouseholdRow
  readonly outcome: Outcome
  readonly note: string
  readonly status: string
  readonly backdated: boolean
  readonly requestNumber: string | null
}

const STATUS: Readonly<Record<string, string>> = { corrected: '（已更正）', withdrawn: '（已撤回）' }

export const visitLine = (line: VisitLine): string =>
  [
    `${line.day.slice(5)} ${placeText(line.household)} ${OUTCOME_NAMES[line.outcome]}`,
    line.note && `：${line.note}`,
    line.backdated && '（补记）',
    line.requestNumber && `〔${line.requestNumber}〕`,
    STATUS[line.status],
  ]
    .filter((part) => part)
    .join('')

/** Board lines, the furthest first; equal ones by name. */
export function boardLines(workers: readonly WorkerMonth[]): string {
  const [first, ...others] = workers
  // What lowers everybody's goal is said once, below.
  const common =
    others.length === 0
      ? []
      : partsOf(first?.reason).filter((part) => others.every((one) => partsOf(one.reason).includes(part)))
  const lines = ranked(workers).map((one, index) => {
    const own = partsOf(one.reason).filter((part) => !common.includes(part))
    return `${index + 1}. ${one.name} ${score(one)}，覆盖 ${percent(one.covered, one.households)}${own.length > 0 ? `（${own.join('；')}）` : ''}`
  })
  return [...lines, ...(common.length > 0 ? [showTexts.commonReason(common.join('；'))] : [])].join('\n')
}

const partsOf = (reason = ''): string[] => reason.split('；').filter((part) => part !== '')

/** Somebody without a goal stands behind those who have one. */
const rate = ({ met, target }: Pick<MonthView, 'met' | 'target'>): number => (target === 0 ? -1 : met / target)

export const ranked = (workers: readonly WorkerMonth[]): WorkerMonth[] =>
  [...workers].sort((a, b) => rate(b) - rate(a) || b.met - a.met || a.workerId - b.workerId)

export function totalText(workers: readonly WorkerMonth[]): string {
  const sum = (field: 'met' | 'target' | 'covered' | 'households') =>
    workers.reduce((total, one) => total + one[field], 0)
  const [met, target, covered, households] = [sum('met'), sum('target'), sum('covered'), sum('households')]
  const done = workers.filter((one) => one.target > 0 && one.met >= one.target).length
  const all = workers.filter((one) => one.target > 0).length
  return `全社区 ${met}/${target} 户（${percent(met, target)}），${done}/${all} 人完成，今年覆盖 ${covered}/${households} 户（${percent(covered, households)}）。`
}

export const showTexts = {
  planTitle: (count: number, houses: number, lead: string) =>
    `${lead}${count} 户，${houses > 1 ? '顺路排好' : '都在一幢'}：\n`,
  planLead: '建议走访 ',
  noPlan: '这周没有必须走访的：该关照的都看过了，本月目标也够了。',
  noMore: '这一轮都列完了，发“该访谁”从头看。',
  allNew: '都还没走访过。',
  someNew: (count: number) => `没写天数的 ${count} 户还没走访过。`,
  noGoal: (reason: string) => `${reason || targetReasons.noGrid}，不设走访目标。`,
  noGrid: '您现在没有负责的网格；需要的话请主任“代管”或更新名册。',
  noGridManager: '您自己没有网格。发“榜单”看大家的进度，“走访进度 王芳”看一个人；请人顶班发“代管 姓名 网格 日期”。',
  another: '换一批',
  record: (place: string) => `记 ${place}`,
  howTo: (quota: number, backdateDays: number, keyDays: number) =>
    [
      '走访这样记：',
      '“走访 3-2-501 张阿姨说楼道灯坏了，已联系物业”——问题、措施、结果我来分。',
      '多户连着写或分行写；没见到写“没人”“拒访”；没上门写“电访 3-2-501”“微信走访 3-2-501”；前几天的写“走访 昨天 3-2-501”。',
      `怎么算：当面见到才算，一户一个月算一户；每月默认 ${quota} 户，请假、交接、长假按工作日折算；重点户 ${keyDays} 天内要见一次；补记 ${backdateDays} 天内。`,
      '发“我的进度”看数，“该访谁”看名单，“走访记录 3-2-501”看这户的情况。',
    ].join('\n'),
  listTitle: (name: string, count: number, met: number) => `${name}走访记录 ${count} 条，见到 ${met} 户：`,
  listMore: (count: number) => `……更早 ${count} 条，见台账“走访日记”。`,
  listEmpty: (name: string) => `${name}还没有走访记录。发“走访 3-2-501 情况”就能记。`,
  boardTitle: (month: string, name: string) => `${name} ${monthName(month)}走访榜`,
  commonReason: (reason: string) => `各人目标已折算：${reason}。`,
  boardEmpty: '社区里还没有人负责网格，榜单是空的。',
  widerTotal: (count: number, district: boolean, all: Pick<WorkerMonth, 'met' | 'target' | 'covered' | 'households'>) =>
    `${count} 个${district ? '街道' : '社区'} ${all.met}/${all.target} 户（${percent(all.met, all.target)}），今年覆盖 ${percent(all.covered, all.households)}。`,
  widerMore: (count: number) => `……还有 ${count} 个，见接口 /api/v1/visits/board。`,
  districtTitle: (month: string, place: string) => `${place} ${monthName(month)}走访`,
  noSuchWorker: (name: string) => `社区里没有叫“${name}”的社工。`,
}
