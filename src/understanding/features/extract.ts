import type { UnderstandingContext } from '../../kernel/intent.js'
import type { AddressReading } from '../address/index.js'
import { type FeatureBag, named } from './bag.js'
import { CONCEPTS, FIRST_DANGER, FIRST_MOVE, findConcepts } from './concepts.js'
import { GatedPatterns } from './gated-patterns.js'
import { PATTERNS } from './patterns.js'
import { Shaper } from './shape.js'

/** What a line looks like as a whole, read on the shaped text. */
const FORMS: readonly (readonly [string, RegExp])[] = [
  ['问句结尾', /[?吗么呢伐不没][ !?]*$/],
  ['有问号', /[?]/],
  ['有感叹号', /[!]/],
  ['【】开头', /^【[^】]{2,14}】/],
  ['通知体', /^[【[]|尊敬的|各位(?:业主|居民|邻居|家长)|温馨提示|特此|请知悉|敬请/],
  ['外文', /^[^\u4e00-\u9fff]*[a-z][^\u4e00-\u9fff]*$/],
  ['落款', /(?:物业|社区|居委会|客服|服务中心|业委会|民警)[^ ]{0,6}$/],
]
/** Read on the normalised text, since shaping takes their signs away. */
const LIST_ITEMS = /\d[、.．)]\s?[\u4e00-\u9fff].*\d[、.．)]\s?[\u4e00-\u9fff]/s
/** How a line opens, read on the shaped text. */
const OPENINGS: readonly (readonly [string, RegExp])[] = [
  ['开头:我', /^(?:我|俺|阿拉|本人|咱)/],
  ['开头:请问', /^(?:请问|问下|问一下|请教|想问|咨询|问问)/],
  ['开头:@', /^\ue001/],
  ['开头:谁', /^(?:谁|哪位|哪个|有没有|有人|求)/],
  ['开头:收到', /^(?:收到|好的|好嘞|ok|嗯|已|刚|您好)/i],
  ['开头:建议', /^(?:建议|希望|要求|呼吁|反映|投诉|咨询|关于|请求)/],
]
/** Of longer texts only so much is searched for a list. */
const LONGEST_LIST = 1000
const LENGTHS = [2, 5, 9, 15, 25, 45, 90, Number.POSITIVE_INFINITY]

const lengthCodes = LENGTHS.map((most) => named(`长度:≤${most}`))
const ALL_PATTERNS = [...FORMS, ...OPENINGS, ...PATTERNS]
const patternCodes = ALL_PATTERNS.map(([name]) => named(name))
const patterns = new GatedPatterns(ALL_PATTERNS.map(([, pattern]) => pattern))
const conceptCodes = CONCEPTS.map((name) => named(`词:${name}`))
const pairCodes = CONCEPTS.map((a) => CONCEPTS.map((b) => named(`合:${a}+${b}`)))
const LIST = named('条目')
const LINES = named('多行')
const NO_DANGER = named('无险情词')
const QUOTES = named('引用')
const ADDRESS = {
  room: named('地址:室'),
  building: named('地址:幢'),
  unit: named('地址:单元'),
  several: named('地址:多处'),
}

const found: number[] = []
const shaper = new Shaper()

/**
 * Fills the bag with everything the linear models see of one message.
 * @param text normalised
 * @returns the shaped text the n-grams' origins point into
 */
export function extract(bag: FeatureBag, text: string, reading: AddressReading, context: UnderstandingContext): string {
  bag.reset()
  shaper.read(text)
  const shaped = shaper.text()
  bag.addGrams(shaper.codes, shaper.length)
  findConcepts(shaper.codes, 1, shaper.length - 1, found)
  addConcepts(bag)
  let length = 0
  while (text.length > (LENGTHS[length] as number)) length++
  bag.add(lengthCodes[length] as number)
  const hits = patterns.match(shaped, shaper.codes, 1, shaper.length - 1)
  for (let i = 0; i < hits.length; i++) if (hits[i] === 1) bag.add(patternCodes[i] as number)
  if (LIST_ITEMS.test(text.length > LONGEST_LIST ? text.slice(0, LONGEST_LIST) : text)) bag.add(LIST)
  if (text.includes('\n')) bag.add(LINES)
  const { building, unit, room } = reading.address
  if (room !== null) bag.add(ADDRESS.room)
  else if (building !== null) bag.add(ADDRESS.building)
  else if (unit !== null) bag.add(ADDRESS.unit)
  else if (reading.rule === 'several') bag.add(ADDRESS.several)
  if (context.quoted !== undefined) bag.add(QUOTES)
  return shaped
}

/** Each concept alone, and each move with everything it comes with: 故障+电梯. */
function addConcepts(bag: FeatureBag): void {
  let danger = false
  for (const concept of found) {
    bag.add(conceptCodes[concept] as number)
    if (concept >= FIRST_DANGER) danger = true
  }
  if (!danger) bag.add(NO_DANGER)
  for (const a of found) {
    if (a < FIRST_MOVE || a >= FIRST_DANGER) continue
    const codes = pairCodes[a] as readonly number[]
    for (const b of found) if (b < FIRST_MOVE || b > a) bag.add(codes[b] as number)
  }
}
