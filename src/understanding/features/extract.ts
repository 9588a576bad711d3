import type { UnderstandingContext } from '../../kernel/intent.js'
import type { AddressReading } from '../address/index.js'
import type { FeatureBag } from './bag.js'
import { CONCEPTS, FIRST_DANGER, FIRST_MOVE, findConcepts } from './concepts.js'
import { shape } from './shape.js'

const QUESTION_END = /[?？吗么呢伐不没][\s!?]*$/
const NOTICE = /^[【[]|尊敬的|各位(?:业主|居民|邻居|家长)|温馨提示|特此|请知悉|敬请|\d[、.．]/
const BRACKETED = /^【[^】]{2,14}】/
const SIGNED = /(?:——|--)\s*\S{2,12}$|(?:物业|社区|居委会|客服|服务中心|业委会|民警)[^。，]{0,6}$/
const LATIN = /^[^\u4e00-\u9fff]*[a-z][^\u4e00-\u9fff]*$/i
const OPENING: readonly (readonly [string, RegExp])[] = [
  ['开头:我', /^(?:我|俺|阿拉|本人|咱)/],
  ['开头:请问', /^(?:请问|问下|问一下|请教|想问|咨询|问问)/],
  ['开头:@', /^\ue001/],
  ['开头:谁', /^(?:谁|哪位|哪个|有没有|有人|求)/],
  ['开头:收到', /^(?:收到|好的|好嘞|ok|嗯|已|刚|您好)/i],
  ['开头:建议', /^(?:建议|希望|要求|呼吁|反映|投诉|咨询|关于|请求)/],
]

const found: number[] = []

function lengthName(length: number): string {
  if (length <= 2) return '长度:≤2'
  if (length <= 5) return '长度:≤5'
  if (length <= 9) return '长度:≤9'
  if (length <= 15) return '长度:≤15'
  if (length <= 25) return '长度:≤25'
  if (length <= 45) return '长度:≤45'
  return length <= 90 ? '长度:≤90' : '长度:>90'
}

/**
 * Fills the bag with everything the linear models see of one message.
 * @param text normalised
 * @returns the shaped text the n-grams' origins point into
 */
export function extract(bag: FeatureBag, text: string, reading: AddressReading, context: UnderstandingContext): string {
  bag.reset()
  const shaped = shape(text)
  bag.addGrams(shaped)
  findConcepts(shaped, found)
  for (const concept of found) bag.addNamed(`词:${CONCEPTS[concept]}`)
  for (const a of found) {
    if (a < FIRST_MOVE || a >= FIRST_DANGER) continue
    for (const b of found) if (b < FIRST_MOVE || b > a) bag.addNamed(`合:${CONCEPTS[a]}+${CONCEPTS[b]}`)
  }
  addForm(bag, text, shaped)
  const { building, unit, room } = reading.address
  if (room !== null) bag.addNamed('地址:室')
  else if (building !== null) bag.addNamed('地址:幢')
  else if (unit !== null) bag.addNamed('地址:单元')
  else if (reading.rule === 'several') bag.addNamed('地址:多处')
  if (context.quoted !== undefined) bag.addNamed('引用')
  return shaped
}

function addForm(bag: FeatureBag, text: string, shaped: string): void {
  bag.addNamed(lengthName(text.length))
  if (QUESTION_END.test(text)) bag.addNamed('问句结尾')
  if (text.includes('?') || text.includes('？')) bag.addNamed('有问号')
  if (text.includes('!') || text.includes('！')) bag.addNamed('有感叹号')
  if (BRACKETED.test(text)) bag.addNamed('【】开头')
  if (NOTICE.test(text)) bag.addNamed('通知体')
  if (text.length > 12 && SIGNED.test(text)) bag.addNamed('落款')
  if (text.includes('\n')) bag.addNamed('多行')
  if (LATIN.test(text)) bag.addNamed('外文')
  for (const [name, pattern] of OPENING) if (pattern.test(shaped)) bag.addNamed(name)
}
