import type { Category } from '../../kernel/intent.js'
import type { Finding, Note } from './types.js'

const LABELLED = /(问题|情况|诉求|措施|处理|办法|结果)\s*[:：]\s*/g
/** Before these a new thought begins even where the writer put no mark: 楼道灯坏了已报物业. */
const MEASURE_START =
  '已(?:经(?=\\S)|联系|报|通知|告知|提醒|转|上报|登记|协调|安排|帮|建议|劝|约)|提醒(?!吊?牌)|建议(?!箱)|联系了?(?=物业|家属|子女|医生|社区|街道|派出所|维修|师傅|水|电)|帮(?:忙|助|他|她|其|着)|告知(?!单|书)|转告|上报|协助|安排了?|约了|嘱咐|叮嘱'
/** 已经联系物业 and 贴了告知单 are one thought. */
const SPLIT_INSIDE = new RegExp(
  `(?<=[^\\s]{2})(?<!已经?|马上|当场|及时|帮忙?|[贴留发送]了?|也|再|来)(?=${MEASURE_START})`,
)
const MEASURE =
  /^(?:已(?:经)?(?!解决|修好|好了|恢复|处理好|办好)|马上|当场|当即|现场|及时|后续|回头|下次|明天|联系|通知|上报|报(?:了|给|物业|修)|转(?:告|给|交)|告知|提醒|帮|协助|贴了?|留了?(?:言|条|字条|纸条|便条|联系|电话|卡)|慰问|看望|探望|拜访|问候|关心|陪|聊|问了|量了|测了|发了|带了|拿了|给(?:他|她|老人|家里)?[送带买发拿]|通报|登记|建议|劝|约|安排|发放|送|陪|代办|解释|宣传|讲解|检查了|记下|协调|嘱咐|叮嘱|普及|指导|教)/
const RESULT =
  /^(?:身体(?:都|还|很|挺|比较|蛮)?(?:好|不错|健康|硬朗|可以|行|正常)|精神(?:很|挺|还)?(?:好|不错)|家里(?:都|一切)?(?:好|正常)|都(?:好|正常|平安)|.{0,6}(?:回来|回家)了?$|(?:人)?在(?:外地|老家|国外)|出差|外出|没(?:人)?接|无人接听?|打不通|关机|已(?:经)?(?:解决|修好|好了|恢复|处理好|办好)|解决|修好|处理好|办好|恢复|缓解|满意|表示|同意|答应|没问题|无问题|情绪稳定|接受|愿意|一切(?:都)?(?:正常|好)|正常|平安|无异常|没事|无事|都好|都挺好|挺好|很好|健康|良好|情况(?:良好|正常|稳定))/
const SAYING =
  /^(?:(?:他|她|其|老人|对方|居民|住户|家属|人)?(?:说了?|讲|反映|反应|提出|表示|觉得|希望))(?!话|法)[:：,，]?/

const CATEGORY_WORDS: readonly (readonly [Category, RegExp])[] = [
  [
    'safety',
    /轻生|自杀|不想活|想死|跳楼|家暴|被打|冒烟|着火|起火|被困|昏迷|晕倒|消防|灭火|堵塞通道|飞线|电瓶车.{0,4}(?:上楼|充电|进)|燃气|煤气|漏气|火灾|隐患|高空|掉落|脱落|裂缝/,
  ],
  ['utilities', /停水|停电|跳闸|水管|水压|漏水|渗水|漏电|电表|水表|暖气|下水|马桶堵|管道/],
  ['facility', /灯|电梯|门禁|楼道|扶手|井盖|路面|健身器|监控|护栏|大门|单元门|台阶|栏杆|信箱/],
  ['sanitation', /垃圾|卫生|异味|臭|蟑螂|老鼠|狗屎|脏|杂物|乱堆/],
  ['neighbour', /噪音|吵|纠纷|邻居|楼上|楼下|广场舞|装修声/],
  ['parking', /停车|车位|占道|堵车|充电桩/],
  ['construction', /违建|搭建|装修|开墙|私拆/],
  ['property', /物业|保安|物业费/],
  ['care', /低保|补贴|助餐|护理|轮椅|照料|养老/],
  ['civil', /证明|户口|居住证|社保卡/],
  ['employment', /失业|找工作|就业|招聘|社保/],
]
const URGENT =
  /(?:煤气|燃气|天然气).{0,4}(?:漏|味|泄)|闻到.{0,4}(?:煤气|燃气)|漏电|着火|起火|冒烟|被困|轻生|自杀|不想活|想死|跳楼|家暴|被打|昏迷|晕倒/

/** The worker's words as 问题–措施–结果. Marks, blanks and verbs of doing part them; labels win where there are any. */
export function readNote(text: string): Note {
  const labelled = readLabelled(text)
  if (labelled) return labelled
  const parts = { problem: [] as string[], measure: [] as string[], result: [] as string[] }
  for (const clause of clausesOf(text)) {
    const bare = clause.replace(SAYING, '')
    const kind = RESULT.test(clause) || RESULT.test(bare) ? 'result' : MEASURE.test(clause) ? 'measure' : 'problem'
    const words =
      kind === 'problem' ? bare.replace(/了$/, '') : kind === 'measure' ? clause.replace(/(?<=\S{3})了$/, '') : clause
    if (words !== '') parts[kind].push(words)
  }
  return { problem: parts.problem.join('、'), measure: parts.measure.join('、'), result: parts.result.join('、') }
}

const clausesOf = (text: string): string[] =>
  text
    // Words of a foreign language stay together, and so do decimals.
    .split(/[，,；;。！!？?\n、]+|\.(?!\d)|(?<![A-Za-z])\s+|\s+(?![A-Za-z])/)
    .flatMap((clause) => clause.split(SPLIT_INSIDE))
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')

function readLabelled(text: string): Note | null {
  const marks = [...text.matchAll(LABELLED)]
  if (marks.length === 0) return null
  const parts: Record<keyof Note, string[]> = { problem: [], measure: [], result: [] }
  for (const [index, mark] of marks.entries()) {
    const words = text
      .slice(mark.index + mark[0].length, marks[index + 1]?.index)
      .trim()
      .replace(/[，,；;。\s]+$/, '')
    const kind = /措施|处理|办法/.test(mark[1] ?? '') ? 'measure' : mark[1] === '结果' ? 'result' : 'problem'
    if (words !== '') parts[kind].push(words)
  }
  return { problem: parts.problem.join('、'), measure: parts.measure.join('、'), result: parts.result.join('、') }
}

/** What in a visit could become a request: things of the house and the estate, not somebody's blood pressure. */
export function findingsOf(problem: string): Finding[] {
  return problem
    .split('、')
    .flatMap((text) => {
      const category = CATEGORY_WORDS.find(([, words]) => words.test(text))?.[0]
      return category && text.length >= 2 ? [{ text, category, urgent: URGENT.test(text) }] : []
    })
    .slice(0, 2)
}
