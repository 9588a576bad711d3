import type { Category } from '../../kernel/intent.js'
import type { Finding, Note } from './types.js'

const LABELLED = /(问题|情况|诉求|措施|处理|办法|结果)\s*[:：]\s*/g
/** Before these a new thought begins even where the writer put no mark: 楼道灯坏了已报物业. */
const MEASURE_START =
  '已(?:经|联系|报|通知|告知|提醒|转|上报|登记|协调|安排|帮|建议|劝|约)|提醒(?!吊?牌)|建议(?!箱)|联系了?(?=物业|家属|子女|医生|社区|街道|派出所|维修|师傅|水|电)|帮(?:忙|助|他|她|其|着)|告知|转告|上报|协助|安排了?|约了|嘱咐|叮嘱'
const SPLIT_INSIDE = new RegExp(`(?<=[^\\s]{2})(?=${MEASURE_START})`)
const MEASURE =
  /^(?:已(?:经)?(?!解决|修好|好了|恢复|处理好|办好)|马上|当场|当即|现场|及时|后续|回头|下次|明天|联系|通知|上报|报(?:了|给|物业|修)|转(?:告|给|交)|告知|提醒|帮|协助|登记|建议|劝|约|安排|发放|送|陪|代办|解释|宣传|讲解|检查了|记下|协调|嘱咐|叮嘱|普及|指导|教)/
const RESULT =
  /^(?:已(?:经)?(?:解决|修好|好了|恢复|处理好|办好)|解决|修好|处理好|办好|恢复|缓解|满意|表示|同意|答应|没问题|无问题|情绪稳定|接受|愿意|一切(?:都)?(?:正常|好)|正常|平安|无异常|没事|无事|都好|都挺好|挺好|很好|健康|良好|情况(?:良好|正常|稳定))/
const SAYING = /^(?:(?:他|她|其|老人|对方|居民|住户|家属|人)?(?:说|讲|反映|反应|提出|表示|觉得|希望))(?!话|法)[:：,，]?/

const CATEGORY_WORDS: readonly (readonly [Category, RegExp])[] = [
  ['safety', /消防|灭火|堵塞通道|飞线|电瓶车.{0,4}(?:上楼|充电|进)|燃气|煤气|漏气|火灾|隐患|高空|掉落|脱落|裂缝/],
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
const URGENT = /煤气|燃气.{0,3}(?:漏|味)|漏电|着火|冒烟|被困|轻生|自杀/

/** The worker's words as 问题–措施–结果. Marks, blanks and verbs of doing part them; labels win where there are any. */
export function readNote(text: string): Note {
  const labelled = readLabelled(text)
  if (labelled) return labelled
  const parts = { problem: [] as string[], measure: [] as string[], result: [] as string[] }
  for (const clause of clausesOf(text)) {
    const kind = RESULT.test(clause) ? 'result' : MEASURE.test(clause) ? 'measure' : 'problem'
    const words = kind === 'problem' ? clause.replace(SAYING, '').replace(/了$/, '') : clause
    if (words !== '') parts[kind].push(words)
  }
  return { problem: parts.problem.join('、'), measure: parts.measure.join('、'), result: parts.result.join('、') }
}

const clausesOf = (text: string): string[] =>
  text
    .split(/[，,；;。.！!？?\n、\s]+/)
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
