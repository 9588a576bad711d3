import { matchesOf } from '../text/matches.js'
import { NUMERAL, readNumeral } from './numerals.js'
import { building, type Mention, room } from './parts.js'

const TRIPLE =
  /(?<![\dA-Za-z.\-/~年]|\d:)([A-Za-z]?\d{1,3}[A-Za-z]?)(\s?[-—–－_/~]{1,2}\s?|\.)(\d{1,2})\s?(?:[-—–－_/~]{1,2}|\.)\s?(\d{3,4})(?!\d|[-/:.]\d|元|块)/g
const SPACED_TRIPLE = /(?<=^|[我住在是家,，\s])(\d{1,2})\s+(\d)\s+(\d{3,4})(?!\d|\s?\d|元|块|[年月日号点])/g
const SHORT_TRIPLE = /(?<![\dA-Za-z.\-/:~])(\d{1,3})-(\d{1,2})-(\d{1,2})(?=[室房])/g
const PAIR_WITH_ROOM =
  /(?<![\dA-Za-z.\-/:~第+])([A-Za-z]?\d{1,3}[A-Za-z]?)\s?[-—–－_]{1,2}\s?(\d{3,4})(?!\d|[-/:.]\d|元|块|人|[年月日斤克米kgml]|分钟|号(?!房)|\s?(?:车位|库位))/g
const PAIR_WITH_UNIT =
  /(?<![\dA-Za-z.\-/:~第+比])(\d{1,3})-(\d{1,2})(?!\d|[-/:.]\d)(?=\s?(?:楼[道下梯上栋]|单元|门[口洞前厅]|电梯|梯|顶楼|底楼|架空|大堂|大厅|一[楼层]|整|有没有|的|家|住|这|那|业主|居民|[一二三四五六七八九十]{1,2}[楼层]|\d{1,2}[楼层]))/g
const OWN_PAIR_WITH_UNIT =
  /(?<=(?:我们?|住|我家|我[是在]|家住|阿拉|俺|in|at|from|of)\s?)(\d{1,3})-(\d{1,2})(?!\d|[-/:.]\d|[月日号点级班岁个块天])/g
/** 11-2没水: where a line opens with it or a person is called by it, unless it counts, dates or keeps score. */
const OPENING_PAIR =
  /(?<=^|@|[!！。]\s?)(\d{1,2})-([1-6])(?!\d|[-/:.]\d)(?=[\s,，]{0,2}[\u4e00-\u9fff])(?![\s,，]{0,2}(?:[幢栋座个天人点月日号块元斤岁年层级班分度米次条张只位秒周折比胜平负赢输名件包]|小时|公[斤里]|千|百|领先|落后|逆转|绝杀|大胜|险胜|战胜|击败|结束|收工|完胜|儿童|国庆|劳动|妇女|放假|假期|节|那天|当天|之?[前后]|[上下]午|[早晚]上|开始|起|到|至|截止|左右|期间))/g
/** 也没热水 27-2: where a line closes with it; lower numbers are scores. */
const CLOSING_PAIR = /(?<=[\u4e00-\u9fff][\s,，]{1,2})([6-9]|[1-4]\d)-([1-6])(?=[\s!！。]*$)/g

/** Parcel codes and car plates look like addresses. */
const CODE_BEFORE = /取件码|取件号|取货码|提货码|尾号|单号|验证码|车牌|密码/
const SPOKEN_PAIR = new RegExp(
  `(?<![分\\d零一二三四五六七八九十百廿卅])(${NUMERAL})之(${NUMERAL})(?=的|楼|单元|\\s)`,
  'g',
)

/** Places written with dashes, slashes or spaces alone: 3-2-501, 16-2楼道, 廿一之二. */
export function* dashed(text: string): Generator<Mention> {
  for (const match of matchesOf(text, TRIPLE)) {
    const [whole, first = '', separator = '', second = '', third = ''] = match
    if (CODE_BEFORE.test(text.slice(Math.max(0, match.index - 12), match.index))) continue
    if (separator.includes('/') && /^(?:19|20)\d\d$/.test(third)) continue
    if (separator === '.' && whole.split('.').length !== 3) continue
    const name = building(first)
    if (name === null) continue
    yield {
      start: match.index,
      end: match.index + whole.length,
      building: name,
      unit: String(Number(second)),
      room: room(third),
    }
  }
  for (const pattern of [SPACED_TRIPLE, SHORT_TRIPLE]) {
    for (const match of matchesOf(text, pattern)) {
      const [whole, first = '', second = '', third = ''] = match
      yield {
        start: match.index,
        end: match.index + whole.length,
        building: building(first),
        unit: String(Number(second)),
        room: room(third),
      }
    }
  }
  for (const match of matchesOf(text, PAIR_WITH_ROOM)) {
    const [whole, first = '', second = ''] = match
    if (CODE_BEFORE.test(text.slice(Math.max(0, match.index - 12), match.index))) continue
    const name = building(first)
    // B1-117 is a bay on the first basement, 0574-8765 and 400-820 are telephone numbers.
    if (name === null || /^B\d$/.test(name) || /^0|^(?:400|800)$/.test(first)) continue
    if (/^(?:19|20)\d\d$/.test(second) && /年|届/.test(text.slice(match.index + whole.length).slice(0, 1))) continue
    yield { start: match.index, end: match.index + whole.length, building: name, unit: null, room: room(second) }
  }
  for (const match of matchesOf(text, SPOKEN_PAIR)) {
    const [whole, first = '', second = ''] = match
    const unit = readNumeral(second)
    if (unit === null || Number(unit) > 12) continue
    yield { start: match.index, end: match.index + whole.length, building: building(first), unit, room: null }
  }
  for (const pattern of [PAIR_WITH_UNIT, OWN_PAIR_WITH_UNIT, OPENING_PAIR, CLOSING_PAIR]) {
    for (const match of matchesOf(text, pattern)) {
      const [whole, first = '', second = ''] = match
      if (Number(first) === 0 || Number(second) === 0 || Number(second) > 12) continue
      const name = building(first)
      if (name === null) continue
      yield { start: match.index, end: match.index + whole.length, building: name, unit: second, room: null }
    }
  }
}
