import { matchesOf } from '../text/matches.js'
import { readNumeral } from './numerals.js'
import type { Mention } from './parts.js'

const OWN =
  '我是?住?在?|我家是?|我们家?是?|我住|家住|住在?|俺是?|阿拉是?|本人是?|隔壁|对门|楼[上下]的?|帮|去|到|替|给|被|找|叫|让|有请|麻烦|@|备注:|门牌|房号|租户|谢谢'
const NEVER = /^(?:110|114|119|120|122|12\d{2}5)$/
/** Numbers with a meaning of their own, when nothing says they are a flat. */
const NOT_A_ROOM =
  /^(?:110|114|119|120|122|123|315|360|365|400|404|500|502|520|521|618|666|777|888|911|985|996|211|233|1080|1314|2333|12\d{2}5)$/
const COUNTED_AFTER =
  /^\s?(?:[元块毛分角个只斤克米吨度%℃路班点年月号楼层人次件包箱瓶份盒户张页条种岁平多万千百w+]|天(?!天)|公[斤里分]|小时|停运|线|秒|k[gm]|ml|cm|块|块钱|包邮|出|卖|一[个斤盒只份套]|可小刀|私|要的|路|车位|库位|公交|现在到|到哪|到站|胶水?|左右|以[上下内]|[-~]\d|[.:：]\d)/i
const SUFFIXED =
  /(?<![\dA-Za-z.\-/:~¥$第尾])((?:[1-9]\d{2,3})|[零〇一幺壹二贰三叁四肆五伍六陆七柒八捌九玖]{3,4})\s?(?=室|房(?![子价租贷产])|住户|业主|户主|那家|这家|那户|这户|的?(?:租客|邻居|房东|家属|大爷|大妈|奶奶|爷爷|阿[婆公姨]|老太|老人|老头)|家(?![具电])|户(?=反映|的|家))/g
const PREFIXED = new RegExp(`(?<=(?:${OWN})\\s?)([1-9]\\d{2,3})(?![\\d.]|[-/]\\d)`, 'g')
const AT_START = /(?<=(?:^|[，。！？；,!?;\s]))([1-9]\d{2,3})(?=[\s,，:：]?[\u4e00-\u9fff]|[\s,，。！!]*$)(?!\d)/g
const ENGLISH_IN = /(?<=\b(?:in|at|from)\s)([1-9]\d{2,3})(?!\d|\s?(?:days|people|yuan|RMB|kg|m\b))/gi
const BARE_FINAL = /^\s?[,，。！!]*$/

function plausible(number: string, lastMax: number, never: RegExp): boolean {
  const last = Number(number.slice(-2))
  const floor = Number(number.slice(0, -2))
  return last >= 1 && last <= lastMax && floor >= 1 && floor <= 60 && !never.test(number)
}

const MAY_HOLD_ROOM = /[1-9]\d\d|[零〇一幺壹二贰三叁四肆五伍六陆七柒八捌九玖]{3}/

/** Rooms named without a building: 1206厨房水管爆了, 我102的. Numbers that count or name something else are left. */
export function findLoneRooms(text: string): Mention[] {
  if (!MAY_HOLD_ROOM.test(text)) return []
  const found: Mention[] = []
  const add = (start: number, number: string, guessed: boolean) => {
    if (found.some((other) => other.start === start)) return
    found.push({ start, end: start + number.length, building: null, unit: null, room: number, guessed })
  }
  for (const match of matchesOf(text, SUFFIXED)) {
    const said = match[1] ?? ''
    const number = /\d/.test(said) ? said : [...said].map((sign) => readNumeral(sign)).join('')
    if (plausible(number, 60, NEVER)) add(match.index, number, false)
  }
  for (const match of matchesOf(text, PREFIXED)) {
    const number = match[1] ?? ''
    const after = text.slice(match.index + number.length)
    const never = /[我住是家]/.test(text[match.index - 1] ?? '') ? NEVER : NOT_A_ROOM
    if (plausible(number, 40, never) && !COUNTED_AFTER.test(after)) add(match.index, number, false)
  }
  for (const match of matchesOf(text, ENGLISH_IN)) {
    const number = match[1] ?? ''
    if (plausible(number, 24, NOT_A_ROOM) && !/^(?:19|20)\d\d$/.test(number)) add(match.index, number, true)
  }
  for (const match of matchesOf(text, AT_START)) {
    const number = match[1] ?? ''
    const after = text.slice(match.index + number.length)
    const alone = BARE_FINAL.test(after)
    if (alone || COUNTED_AFTER.test(after) || !plausible(number, 24, NOT_A_ROOM)) continue
    if (/^(?:19|20)\d\d$/.test(number)) continue
    add(match.index, number, true)
  }
  return found.sort((a, b) => a.start - b.start)
}
