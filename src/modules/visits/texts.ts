import type { Beginning, DaySpan, HouseholdRow, Outcome } from './types.js'

const monthDay = (day: string | null): string => (day ? day.slice(5) : '…')

export const spanText = (span: DaySpan): string =>
  span.from === span.to ? monthDay(span.from) : `${monthDay(span.from)} 到 ${monthDay(span.to)}`

export const targetReasons = {
  told: (target: number, reason: string) => `目标 ${target} 户：${reason}。`,
  noGrid: '没有负责的网格',
  holidays: (days: number, full: number) => `本期只有 ${days} 个工作日（满额按 ${full} 天）`,
  /** `11-22 起用邻里记走访，按 6/21 个工作日算`. */
  began: ({ day, ofService }: Beginning, days: number, all: number) =>
    `${monthDay(day)} 起${ofService ? '用邻里记走访' : '负责网格'}，按 ${days}/${all} 个工作日算`,
  handover: (days: number, all: number) => `期中交接，在岗 ${days}/${all} 个工作日`,
  leave: (days: number, spans: readonly DaySpan[]) => `请假 ${days} 个工作日（${spans.map(spanText).join('、')}）`,
  share: (households: number, name: string) =>
    households < 0 ? `${name}分担 ${-households} 户` : `替${name}分担 ${households} 户`,
}

export const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  met: '见到',
  not_home: '未遇',
  refused: '拒访',
  phone: '电访',
  chat: '微信联系',
}

export const TIER_NAMES: Readonly<Record<string, string>> = { key: '重点', high_risk: '高风险', ordinary: '普通' }

/** `3幢2单元501`; with the estate where a community has several. */
export const placeText = ({ estate, building, unit, room }: HouseholdRow, withEstate = false): string =>
  `${withEstate && estate ? estate : ''}${building}幢${unit ? `${unit}单元` : ''}${room}`

/** `3-2-501`, for buttons. */
export const shortPlace = ({ building, unit, room }: HouseholdRow): string =>
  [building, unit, room].filter((part) => part !== '').join('-')

export const monthName = (month: string): string => `${Number(month.slice(5, 7))}月`

/** What one visit's line says. */
export interface LineView {
  readonly household: HouseholdRow
  readonly name: string | null
  readonly outcome: Outcome
  readonly problem: string
  readonly measure: string
  readonly result: string
  readonly backdatedTo: string | null
  readonly repeated: 'day' | 'month' | null
  readonly outside: boolean
}

function noteText({ problem, measure, result }: Pick<LineView, 'problem' | 'measure' | 'result'>): string {
  const parts = [problem && `问题：${problem}`, measure && `措施：${measure}`, result && `结果：${result}`]
  return parts.filter((part) => part !== '').join('；')
}

const SHORT = 80
const short = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)}……` : text)

/** A note as a chat shows it: a long one only by its beginning. */
const shortNote = ({ problem, measure, result }: Pick<LineView, 'problem' | 'measure' | 'result'>): string =>
  noteText({ problem: short(problem), measure: short(measure), result: short(result) })

const LIGHT: Readonly<Record<Outcome, string>> = {
  met: '',
  not_home: '未遇（不计数，已记）',
  refused: '拒访（不计数，已记）',
  phone: '电访（不计入入户，已记）',
  chat: '微信联系（不计入入户，已记）',
}

export const logTexts = {
  line: (view: LineView): string => {
    const { household, name } = view
    const tier = household.tier === 'ordinary' ? '' : `（${TIER_NAMES[household.tier] ?? household.tier}）`
    const who = name ?? household.headName
    const marks = [
      view.backdatedTo && `补记 ${view.backdatedTo.slice(5)}`,
      view.repeated === 'day' && '今天这户已记过，合计一户',
      view.repeated === 'month' && '本月已走访过，不重复计数',
      view.outside && '不在您的网格，已注明',
    ].filter((mark) => mark)
    const light = LIGHT[view.outcome]
    const note = shortNote(view)
    const how = light ? ` ${light}` : note === '' ? ' 见到' : ''
    const mark = marks.length > 0 ? `（${marks.join('；')}）` : ''
    return `${placeText(household)}${who ? ` ${who}` : ''}${tier}${how}${mark}${note === '' ? '' : `。${note}`}`
  },
  logged: (lines: readonly string[], count: string) =>
    lines.length === 1 ? `记下了：${lines[0]}。${count}` : `记下了 ${lines.length} 户：\n${lines.join('\n')}\n${count}`,
  count: (today: number | null, month: string, met: number, target: number) =>
    `${today === null ? '' : `今天第 ${today} 户，`}${month} ${target > 0 ? `${met}/${target}` : `${met} 户`}。`,
  remoteOnly: (month: string, met: number, target: number) =>
    `${month} ${target > 0 ? `${met}/${target}` : `${met} 户`}。`,
  done: '本月目标完成了，辛苦！',
  raise: (finding: string) => `“${finding}”立诉求`,
  amend: '改',
  withdraw: '撤',
  askNote: (household: HouseholdRow, name: string) =>
    `${name || shortPlace(household)}是${TIER_NAMES[household.tier] ?? ''}户，情况怎样？回一句就行。`,
  fine: '一切正常',
  privately: '（走访内容请私聊我发：群里大家都看得到。）',
  whichOf: (asked: string) => `“${asked}”对得上好几户，是哪一户？`,
  near: (asked: string) => `没找到“${asked}”。是不是下面这户？都不是就发房号，如 3-2-501。`,
  notFound: (asked: string) => `没找到“${asked}”。请发房号，如 3-2-501；若是新住户，请让主任更新名册。`,
  whichHousehold: '走访了哪一户？点一个，或发房号和情况，如“3-2-501 张阿姨 楼道灯坏了”。',
  whichHouseholdPlain: '走访了哪一户？发房号和情况就行，如“走访 3-2-501 张阿姨 楼道灯坏了”。',
  tooOld: (day: string, days: number) =>
    `${day} 已超过 ${days} 天，不能补记了。确有其事请主任用纸质记录导入，会标明来源。`,
  future: (day: string) => `${day.slice(5)} 还没到，走访完再记。`,
  noSuchDay: (said: string) => `没有“${said}”这一天，请再看一下日期。`,
  forSeveral: (count: number, text: string) => `${count} 户没记：${text}`,
  tooMany: (taken: number, dropped: number) => `一次最多记 ${taken} 户，后面 ${dropped} 户没记，请再发一次。`,
  tooLong: (signs: number) => `情况写得很长，只存了前 ${signs} 个字。`,
  urgent: '像是急事：人有危险先打 110、119 或 120，再点“立诉求”，主任马上会知道。',
  oneByOne: '走了哪几户要一户户记：发房号就行，可连着写，如“走访 3-2-501 502 601 都正常”。',
  dropped: '好，没记。走访完再发给我。',
  alsoWaiting: (count: number) => `其余 ${count} 户已放着，选好这户接着记。`,
  gone: '这条记录找不到了，或不是您记的。',
  closed: (month: string) => `${monthName(month)}已定案，不能再改；请在本月另记一条说明。`,
  alreadyOff: '这条已经撤回或更正过了。',
  askAmend: (line: string) =>
    `${line}\n改成什么？发新的房号、未遇／拒访／见到、日期（昨天），或整句情况都行；原记录会保留。`,
  amended: (line: string, count: string) => `改好了：${line}。${count}原记录保留可查。`,
  withdrawn: (places: string, count: string) => `撤回了：${places}。${count}原记录保留可查。`,
  nothingHere: (asked: string) => `您今天没有 ${asked} 的走访记录可撤。发“本月走访”看列表。`,
  nothingToday: '今天还没有可改的走访记录。请引用那条回执，或发“本月走访”看列表。',
  raised: (finding: string) => `已转为诉求：${finding}。`,
  alreadyRaised: (number: string) => `这一条已经立过诉求（${number}）。`,
  photoOfWhat: '照片收到，不知道是哪一户的。请和“走访 房号 情况”一起发，或记完走访后十分钟内发。',
  photo: (place: string) => `照片收好了，放在 ${place} 的记录里。`,
  askStart: (household: HouseholdRow) =>
    `${placeText(household)}${household.headName ? ` ${household.headName}` : ''}：怎么样？发一句情况，或直接点。`,
  askAgain: '刚走访过就发一句情况，或直接点。',
  household: (household: HouseholdRow) =>
    [shortPlace(household), household.headName].filter((part) => part !== '').join(' '),
  startChoices: { fine: '见到，一切正常', notHome: '未遇', refused: '拒访' },
}

export const forgetTexts = {
  note: '（内容已按本人要求删除）',
  erased: (count: number) => `按居民要求删去走访记录的内容 ${count} 条，次数和日期保留`,
}

export const ledgerTexts = {
  logged: (worker: string, place: string, outcome: Outcome, note: string, day: string | null) =>
    `${worker}走访 ${place}：${OUTCOME_NAMES[outcome]}${note ? `。${note}` : ''}${day ? `（补记 ${day}）` : ''}`,
  corrected: (worker: string, place: string, outcome: Outcome, note: string, day: string) =>
    `${worker}更正走访 ${place} ${day}：${OUTCOME_NAMES[outcome]}${note ? `。${note}` : ''}`,
  withdrawn: (worker: string, place: string, day: string) => `${worker}撤回走访 ${place} ${day}`,
  wanted: (finding: string) => `走访发现转诉求：${finding}`,
  linked: (number: string) => `走访发现已立诉求 ${number}`,
  opened: (worker: string, month: string, target: number, reason: string) =>
    `${worker} ${month} 走访目标 ${target} 户${reason ? `（${reason}）` : ''}`,
  changed: (worker: string, month: string, target: number, reason: string) =>
    `${worker} ${month} 走访目标调整为 ${target} 户${reason ? `（${reason}）` : ''}`,
  closed: (month: string, met: number, target: number) => `${month} 走访定案：${met}/${target} 户`,
  photo: (place: string) => `${place} 走访补照片`,
  note: noteText,
  shortNote,
}
