import { type OwnWords, worded } from '../../kernel/wording.js'
import type { RatedGroup, Satisfaction } from './satisfaction.js'
import type { Estimate } from './stats.js'
import type { Fault } from './texts-faults.js'
import type { Question, SurveyKind, SurveyView } from './types.js'
import { wordings } from './wordings.js'

export const KIND_NAMES: Readonly<Record<SurveyKind, string>> = {
  poll: '问卷',
  community: '群众评议社区',
  departments: '社区评议部门',
}
export const STATUS_NAMES: Readonly<Record<SurveyView['status'], string>> = {
  draft: '草稿',
  running: '进行中',
  closed: '已结束',
  cancelled: '已作废',
}
export const ITEM_STATUS: Readonly<Record<string, string>> = {
  open: '待整改',
  done: '已整改',
  rerating: '复评中',
  closed: '已复评',
}
const QUESTION_KINDS: Readonly<Record<Question['kind'], string>> = {
  single: '单选',
  multiple: '多选',
  scale: '打分',
  matrix: '逐项打分',
  number: '数字',
  text: '填空',
}

/** `92%`. */
export const percent = (share: number): string => `${Math.round(share * 100)}%`
/** `92%（88–95%）`: with the 95 % interval. */
export const withInterval = ({ value, low, high }: Estimate): string =>
  `${percent(value)}（${Math.round(low * 100)}–${Math.round(high * 100)}%）`
/** `86.4 分（84.1–88.7）`. */
export const scoreWithInterval = ({ value, low, high }: Estimate): string =>
  `${value.toFixed(1)} 分（${low.toFixed(1)}–${high.toFixed(1)}）`
/** How a survey is named in the chat: `W3`, the end of its number. */
export const nick = (survey: { number: string }): string => survey.number.slice(survey.number.lastIndexOf('-') + 1)

const promise = (survey: SurveyView): string =>
  survey.anonymous ? '无记名：只记哪户答过，不记谁怎么答，数据库里也查不到' : '【记名问卷】您的回答会与您家门牌一起保存'

/** About fifteen seconds a mark or question, four a mark of a list. */
function minutes({ questions }: SurveyView['definition']): string {
  const seconds = questions.reduce(
    (sum, question) => sum + (question.kind === 'matrix' ? 15 + 4 * question.rows.length : 15),
    0,
  )
  return `${questions.length} 题，约 ${Math.max(1, Math.round(seconds / 60))} 分钟`
}

const who = (survey: SurveyView): string =>
  survey.owner === 'surveyor' ? '第三方评议' : survey.kind === 'departments' ? '社区评议部门' : '问卷'

function ask(question: Question): string {
  const optional = question.optional ? '，可回“跳过”' : ''
  switch (question.kind) {
    case 'single':
      return ''
    case 'scale':
      return question.labels ? '' : `\n（回复 1–${question.points}，${question.points} 分最好${optional}）`
    case 'multiple':
      return `\n${question.options.map((label, index) => `${index + 1}. ${label}`).join('\n')}\n（可多选${question.most ? `，最多 ${question.most} 项` : ''}，如“1 3”${optional}）`
    case 'matrix':
      return `\n${question.rows.map((label, index) => `${index + 1}. ${label}`).join('\n')}\n（依次回 ${question.rows.length} 个 1–${question.points} 的分数，如“${sample(question)}”；或“全部${Math.ceil(question.points * 0.8)}，第2项${Math.ceil(question.points * 0.6)}”${optional}）`
    case 'number':
      return `\n（回复数字${question.unit ? `，单位${question.unit}` : ''}${optional}）`
    case 'text':
      return `\n（直接回复文字${question.optional ? '；没有就回“没有”' : ''}）`
  }
}

const sample = (question: Extract<Question, { kind: 'matrix' }>): string =>
  question.rows.map((_, index) => question.points - ((index + 1) % 3)).join(' ')

const example = (question: Question): string => {
  switch (question.kind) {
    case 'single':
      return `请回复选项前的数字，如“1”表示“${question.options[0]}”。`
    case 'multiple':
      return `请回复选项前的数字，用空格隔开，如“1 3”${question.most ? `，最多 ${question.most} 项` : ''}。`
    case 'scale':
      return question.labels
        ? `请回复选项前的数字，如“1”表示“${question.labels[0]}”，“${question.points}”表示“${question.labels.at(-1)}”。`
        : `请回复 1 到 ${question.points} 的整数，${question.points} 分最好。`
    case 'matrix':
      return `要 ${question.rows.length} 个 1 到 ${question.points} 的分数，用空格隔开，如“${sample(question)}”；不了解的那项写“-”。`
    case 'number':
      return `请只回复一个数字，在 ${question.min} 到 ${question.max} 之间。`
    case 'text':
      return '请直接回复文字。'
  }
}

export const texts = {
  // Answering
  promise,
  invite: (survey: SurveyView) =>
    `${who(survey)}“${survey.title}”（${promise(survey)}；${minutes(survey.definition)}）${survey.definition.intro ? `\n${survey.definition.intro}` : ''}`,
  remind: (survey: SurveyView) =>
    `还差您家的一票：“${survey.title}”（${survey.anonymous ? '无记名' : '记名'}；${minutes(survey.definition)}）。不想参加请点“不参加”，不再打扰。`,
  inGroup: (own: OwnWords, survey: SurveyView) => {
    const named = survey.anonymous ? '无记名' : '记名'
    const values = { 标题: survey.title, 记名: named, 用时: minutes(survey.definition), 编号: nick(survey) }
    const words = worded(wordings.call, survey.kind === 'poll' ? own : {}, values)
    return survey.kind === 'poll' ? words : words.replace(/^问卷/, who(survey))
  },
  openPrivate: (survey: SurveyView) => `请点我的头像私聊，发“答题 ${nick(survey)}”，就能在私聊里回答。`,
  sentPrivate: '问卷已发到您的私聊。',
  begin: '开始',
  decline: '不参加',
  question: (question: Question, at: number, total: number) => `${at}/${total} ${question.text}${ask(question)}`,
  named: '【记名问卷】',
  why: (question: Question) => `${question.text}：您打了低分，请说一句为什么（不说明请回“跳过”）`,
  whyRequired: (question: Question) =>
    `${question.text}：有低于 ${'reasonBelow' in question ? question.reasonBelow : ''} 分的项，请说明原因，好让对方整改`,
  explain: (question: Question) => `没看懂这个回答。${example(question)}不想答了请回“退出”。`,
  pause: (survey: SurveyView) => `先不打扰。想接着答时，请发“答题 ${nick(survey)}”。`,
  cast: (survey: SurveyView) =>
    survey.anonymous
      ? `谢谢！已投入票箱。您的回答已与您分开，谁也查不到，也改不了了。${survey.kind === 'departments' ? '结果交街道和考核部门，部门只看到汇总。' : '结束后结果会发到群里。'}`
      : '谢谢！您的回答已保存。结束后结果会发到群里。',
  declined: '好的，这次不再打扰。改主意了可随时发“答题”。',
  left: (survey: SurveyView) => `已保存到这里。接着答请发“答题 ${nick(survey)}”。`,
  already: '您家已经答过了，每户一票。谢谢！',
  alreadyCommunity: '贵社区已经投过票了，每个社区一票。谢谢！',
  notInvited: (survey: SurveyView) =>
    survey.definition.sample
      ? `“${survey.title}”是抽样调查，这次没有抽到您家。下次有问卷会再请您。`
      : `“${survey.title}”不在您家的范围内。`,
  notBound: '还不知道您住哪一户。请先私聊发“绑定 3幢2单元501 姓名”，确认后再来答题。',
  over: (survey: SurveyView) => `“${survey.title}”已经结束，谢谢关心。`,
  noneOpen: '现在没有要您回答的问卷。',
  which: '要答哪一份？',
  back: '退回上一题。',

  // Running a survey
  faulty: (found: readonly Fault[]) =>
    `有 ${found.length} 处要改，还没有保存：\n${found.map(({ line, zh }) => `· ${line ? `第 ${line} 行，` : ''}${zh}`).join('\n')}`,
  howTo:
    '请把问卷写在“发起问卷”后面：第一行标题，以下每行一题，如\n发起问卷 停车改造意见（5天）\n1. 是否同意改造 单选：同意/不同意/无所谓\n2. 对现在停车满意吗 满意度\n3. 还有什么建议 填空\n也可以粘贴 YAML。',
  saved: (survey: SurveyView) => `已存为草稿：${nick(survey)}（第 ${survey.version} 版）。请先看预览，没问题再发布。`,
  preview: (survey: SurveyView) => {
    const lines = survey.definition.questions.map((question, index) => {
      const list =
        'options' in question
          ? question.options
          : question.kind === 'matrix'
            ? question.rows
            : 'labels' in question
              ? (question.labels ?? [])
              : []
      const extra = [
        QUESTION_KINDS[question.kind],
        question.optional ? '可不答' : '',
        'weight' in question && question.weight && survey.kind === 'community' ? `权重 ${question.weight}` : '',
        question.showIf ? `视 ${question.showIf.question} 而定` : '',
        'reasonBelow' in question && question.reasonBelow ? `低于 ${question.reasonBelow} 要说明` : '',
      ].filter((part) => part !== '')
      return `${index + 1}. ${question.text}（${extra.join('，')}）${list.length > 0 ? `\n   ${list.join(' / ')}` : ''}`
    })
    return `【预览】${nick(survey)} 第 ${survey.version} 版 “${survey.title}”\n${promise(survey)}\n${lines.join('\n')}`
  },
  previewed: (survey: SurveyView, cells: { eligible: number; excluded: number; invited: number }) =>
    `对象：${survey.kind === 'departments' ? `${cells.invited} 个社区` : `符合条件 ${cells.eligible} 户${cells.excluded > 0 ? `（工作人员家庭 ${cells.excluded} 户不参加）` : ''}，邀请 ${cells.invited} 户`}。发布后题目不能再改。`,
  publish: '发布',
  go: '去答题',
  useDepartments: '社区评议部门请由街道干部发“发起部门评议”。',
  sameKind: '种类不能改。要换种类请另发一份。',
  changedSince: (survey: SurveyView) => `${nick(survey)} 在您预览之后改过了，请发“问卷预览 ${nick(survey)}”再看一遍。`,
  started: (survey: SurveyView, invited: number, until: string) =>
    `${nick(survey)}“${survey.title}”已发布，邀请 ${invited} ${survey.kind === 'departments' ? '个社区' : '户'}，到 ${until} 结束。${survey.definition.sample ? `\n抽样种子：${survey.seed}（可公布，任何人可照此重抽）` : ''}\n问卷指纹：${survey.definitionHash.slice(0, 12)}`,
  startedLedger: (survey: SurveyView, frame: { eligible: number; excluded: number; invited: number }) =>
    `${KIND_NAMES[survey.kind]}“${survey.title}”发布：符合条件 ${frame.eligible}，邀请 ${frame.invited}，工作人员家庭不参加 ${frame.excluded}；${survey.anonymous ? '无记名' : '记名'}；种子 ${survey.seed}；指纹 ${survey.definitionHash.slice(0, 12)}`,
  noFrame: '没有符合条件的对象，不能发布。请先导入住户名册。',
  frozen: (survey: SurveyView) =>
    `${nick(survey)} ${STATUS_NAMES[survey.status]}，题目已经定住，不能改了。要改请另发一份。`,
  notYours: (survey: SurveyView) =>
    survey.owner === 'surveyor'
      ? '这是第三方的评议，只有调查机构能发布、结束或改动。'
      : survey.owner === 'officer'
        ? '这是街道（区县）组织的评议，只有街道干部能发布、结束或改动。'
        : '只有社区主任能操作这份问卷。',
  none: '没有找到这份问卷。发“问卷”看列表。',
  list: (rows: readonly string[]) => (rows.length === 0 ? '还没有问卷。发“发起问卷”试试。' : rows.join('\n')),
  listRow: (survey: SurveyView) =>
    `${nick(survey)} “${survey.title}” · ${KIND_NAMES[survey.kind]} · ${STATUS_NAMES[survey.status]}`,
  progress: (
    survey: SurveyView,
    done: { answered: number; declined: number; reached: number; waiting: number; groups: readonly string[] },
    until: string,
  ) =>
    [
      `${nick(survey)}“${survey.title}” ${STATUS_NAMES[survey.status]}${survey.status === 'running' ? `，到 ${until} 结束` : ''}`,
      `邀请 ${survey.invited}，已答 ${done.answered}（${survey.invited > 0 ? percent(done.answered / survey.invited) : '0%'}），不参加 ${done.declined}`,
      `私聊已送 ${done.reached}，还没送到 ${done.waiting}`,
      ...done.groups,
      survey.status === 'running' ? '结束前不看结果，免得一票一票对出来。' : '',
    ]
      .filter((line) => line !== '')
      .join('\n'),
  cellProgress: (label: string, answered: number, invited: number) => `· ${label} ${answered}/${invited}`,
  ended: (survey: SurveyView) => `${nick(survey)}“${survey.title}”已结束，正在统计。`,
  cancelled: (survey: SurveyView) => `${nick(survey)} 已作废。`,
  stillRunning: (survey: SurveyView) =>
    `${nick(survey)} 还在进行，结束后才有结果。发“问卷进度 ${nick(survey)}”看进度。`,
  notRunning: (survey: SurveyView) => `${nick(survey)} ${STATUS_NAMES[survey.status]}，不在进行。`,
  noOpinions: '没有还没处理的意见。',
  opinions: (survey: SurveyView, count: number, lines: readonly string[]) =>
    `${nick(survey)} 共 ${count} 条意见，先列 ${lines.length} 条（门牌、姓名、电话已隐去）：\n${lines.join('\n')}`,
  alreadyWork: '这条意见已经立过诉求了。',
  madeWork: (text: string) => `已立诉求：“${text.slice(0, 40)}”。`,
  noCommunity: '还不知道您说的是哪个社区。请写上社区名，如“发起评议 百合社区”，或在该社区的工作群里发。',
  noDepartments: '还没有部门名录。请先发“部门名录 添加 民政局、住建局、城管局”。',
  departments: (names: readonly string[]) =>
    names.length === 0
      ? '还没有受评部门。发“部门名录 添加 民政局、住建局”。'
      : `受评部门 ${names.length} 个：${names.join('、')}`,
  noItem: '没有这项整改。发“整改”看列表。',
  itemPast: (number: string) => `${number} 已经登记过整改结果了。`,
  sayHowMended: '请写一句怎么整改的，如“整改完成 BH-Z1 已取消重复报表”。',
  mended: (number: string) => `${number} 已登记整改完成。请发布复评，由社区再打一次分：`,
  noItems: '没有整改事项。',
  itemRow: (item: {
    number: string
    department: string
    aspect: string
    score: number
    dueOn: string
    status: string
    newScore: number | null
  }) =>
    `${item.number} ${item.department}·${item.aspect} ${item.score.toFixed(1)} 分${item.newScore === null ? '' : ` → ${item.newScore.toFixed(1)} 分`} · ${ITEM_STATUS[item.status] ?? item.status} · 期限 ${item.dueOn}`,
  overdue: (rows: readonly string[]) => `整改已到期，还没有结果：\n${rows.join('\n')}`,
  satisfactionTitle: '办结后满意率',
  satisfactionLine: (month: string, satisfied: Estimate, asked: number, answered: number) =>
    `${Number(month.slice(5))} 月办结 ${asked} 件，${answered} 位邻居评价，满意率 ${withInterval(satisfied)}。谢谢大家！`,
  hireHow: '请写：登记第三方 机构名 工号 姓名，如“登记第三方 甬城调查 S01 李明”。',
  staffNoTaken: (staffNo: string, name: string) => `工号 ${staffNo} 已是${name}，请换一个。`,
  ownStaff: (name: string) => `${name}是社区或街道的工作人员，不能当独立的调查员。`,
  hired: (organisation: string, staffNo: string, name: string) =>
    `已登记第三方：${organisation}（${name}）。请${name}私聊我发“绑定 ${staffNo} ${name}”，确认后就能发起评议。`,
  exported: '全部结果（含分组与词语归类）：',
} as const

const ratedRow = ({ label, asked, answered, satisfied }: RatedGroup): string =>
  `· ${label} ${satisfied ? withInterval(satisfied) : answered === 0 ? '还没有评价' : '评价少不显示'}（办结 ${asked}，评价 ${answered}）`

/** Closings of a month: satisfied with what it rests on, by block and by worker. */
export function satisfactionText({ month, total, solved, grids, workers }: Satisfaction): string {
  const head = `${month} ${texts.satisfactionTitle}（满意＋基本满意）：${total.satisfied ? withInterval(total.satisfied) : '评价太少，不显示'}`
  return [
    `${head}\n办结 ${total.asked} 件，评价 ${total.answered} 件${solved ? `，解决率 ${withInterval(solved)}` : ''}`,
    ...grids.filter((group) => group.asked > 0).map(ratedRow),
    ...workers.filter((group) => group.asked > 0).map(ratedRow),
  ].join('\n')
}
