import { matchesOf } from '../text/matches.js'
import { dashed } from './dashed.js'
import { NUMERAL, readNumeral, SPOKEN_DIGITS } from './numerals.js'
import { building, type Mention, room } from './parts.js'

const GAP = '[\\s,，、.。:：\\-—–－_~的之]{0,2}'
const UNIT_WORD = '(?:[单但蛋丹][元圆园员原源院缘远])'
const ROOM_DIGITS = '(?:[A-Z]?\\d{3,4}(?![\\d.]|-\\d{3})[A-Z]?)'
const ROOM = `(?:(${ROOM_DIGITS}|${SPOKEN_DIGITS})(?:[室房户号]|(?![幢栋楼元块斤毛度路点年月%]|号楼|单元|多[块元斤]|公[里斤]|平[米方]?)))`

/** Sounds that speech input writes for 幢 and 栋. Those of the second kind also have meanings of their own. */
const SLIP = '[撞装壮幛状庄桩妆]'
const RISKY_SLIP = '[床创窗懂洞动冻董东]'
const LETTERED = '[A-Za-z]{1,2}-?\\d{0,3}|\\d{1,3}[A-Za-z]?'
const BUILDING = new RegExp(
  `(${LETTERED}|${NUMERAL})\\s?(?:(号?[幢栋]|座|[号h]院?[楼漏搂娄喽]|[dD](?=的|楼)|#[楼栋幢]?)|(${SLIP})|(${RISKY_SLIP})(?=${NUMERAL}${UNIT_WORD}|[\\s,，]?\\d{3,4}(?!\\d)|楼|的|那[家户]|门口|底下|[前后]面|边上)|(号)(?=[\\s,，\\-]?(?:${NUMERAL}${UNIT_WORD}|\\d{3,4}(?:室|房|[^\\d元块人号件个斤年点米]|$)))|(楼)(?=${NUMERAL}${UNIT_WORD}))`,
  'g',
)
const ENGLISH_BUILDING =
  /\b(?:building|bldg\.?|block|blk\.?|tower|bld\.?|bd\.?)\s*(?:no\.?|number|#)?\s*#?(\d{1,3}[A-Za-z]?|[A-Z]\d{0,2}|(?<=(?:tower|block)\s)[a-z]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/gi
const ENGLISH_NUMBERS: Readonly<Record<string, string>> = {
  ONE: '1',
  TWO: '2',
  THREE: '3',
  FOUR: '4',
  FIVE: '5',
  SIX: '6',
  SEVEN: '7',
  EIGHT: '8',
  NINE: '9',
  TEN: '10',
  ELEVEN: '11',
  TWELVE: '12',
}
const ENGLISH_UNIT = /\b(?:unit|entrance|stairwell)\s*(?:no\.?|#)?\s*(\d{1,4}[A-Z]?|one|two|three|four|five)\b/gi
const ENGLISH_ROOM = /\b(?:room|rm\.?|apt\.?|apartment|flat|suite)\s*(?:no\.?|#)?\s*#?(\d{3,4}[A-Z]?)\b/gi
const UNIT = new RegExp(`(${NUMERAL})\\s?${UNIT_WORD}(?!测|考|试|卷|作业|课|单词|听写|复习|知识)`, 'g')

const UNIT_AFTER = new RegExp(
  `(?:${GAP}|[\\s,，]?#?)(?:(${NUMERAL})\\s?${UNIT_WORD}|(${NUMERAL})门(?=\\s?${ROOM_DIGITS})|[-\\s](\\d{1,2})(?=\\s?-\\s?\\d{3,4}(?!\\d))|(\\d{1,2})(?=-\\d{3,4}(?!\\d))|[Uu](\\d)(?![\\da-z]))`,
  'y',
)
const FLOOR_AFTER = new RegExp(`${GAP}(?:${NUMERAL}|底|顶)(?:楼|层)(?=${GAP}${ROOM_DIGITS})`, 'y')
const ROOM_AFTER = new RegExp(`${GAP}#?${ROOM}`, 'y')
const ENGLISH_COMMA = /[\s,]{0,3}(?:room|rm\.?|apt\.?|flat|#)\s*(\d{3,4}[A-Z]?)\b/iy

/** Words after which a number is no building: a count, not a name. */
const COUNTED = /(?:[这那每]|共|只有|拥有|建了?|盖了?|几|[前后旁]边|[前后]面|多)$/
const ONE_OF = /(?:[同另整哪某前后]|隔壁|旁边)$/
const PLURAL_AFTER =
  /^(?:楼房?(?![下上道顶梯前后里门东西南北])|房子|别墅|大楼|高楼|安置房|住房|步梯|电梯房|多层|建筑|居民楼)/
function isCount(text: string, start: number, numeral: string, end: number): boolean {
  if (numeral === '两') return true
  const before = text.slice(Math.max(0, start - 3), start)
  const after = text.slice(end, end + 5)
  if (numeral === '一' && ONE_OF.test(before) && !/[以之门]前$/.test(before)) return true
  if (COUNTED.test(before) && !/(?:其中|这边|那边)$/.test(before)) {
    return /^[一二三四五六七八九十]+$/.test(numeral) || PLURAL_AFTER.test(after) || /共|只有|拥有|每/.test(before)
  }
  return PLURAL_AFTER.test(after) && /^[一二三四五六七八九十]$/.test(numeral)
}

/** 9幢、10幢 · 9、10幢 · 3-5栋 · 1至4栋: the numbers before this one in the same breath. */
const LIST_BEFORE = new RegExp(
  `(?:${NUMERAL}|[A-Za-z]\\d{0,2})\\s?(?:号?[幢栋座#]|号楼)?\\s?(?:[、,，/\\-~～—&+]|和|对|vs|跟|与|到|至|还有|以及|或者?)\\s?$`,
)

function startsInsideList(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 9), start)
  const found = LIST_BEFORE.exec(before)
  if (found === null) return false
  // "12,3栋" could be a list; "3-1 5栋" is not. A comma alone joins only when the first part is a building too.
  return !/[,，]\s?$/.test(before) || /[幢栋座#楼]\s?[,，]\s?$/.test(before)
}

function extend(text: string, start: number, at: number, name: string | null, unitSoFar: string | null): Mention {
  let end = at
  let unit = unitSoFar
  if (unit === null) {
    UNIT_AFTER.lastIndex = end
    const found = UNIT_AFTER.exec(text)
    const said = found?.[1] ?? found?.[2] ?? found?.[3] ?? found?.[4] ?? found?.[5]
    const number = said === undefined ? null : readNumeral(said)
    if (found !== null && number !== null && Number(number) <= 30) {
      unit = number
      end = UNIT_AFTER.lastIndex
    }
  }
  FLOOR_AFTER.lastIndex = end
  if (FLOOR_AFTER.test(text)) end = FLOOR_AFTER.lastIndex || end
  ROOM_AFTER.lastIndex = end
  const roomFound = ROOM_AFTER.exec(text)
  let flat: string | null = null
  if (roomFound?.[1] !== undefined && !/^(?:110|119|120|122)$/.test(roomFound[1])) {
    flat = room(roomFound[1])
    if (flat !== null) end = ROOM_AFTER.lastIndex
    // Two flats with an equal claim: the building stands, neither flat does.
    if (/^\s?(?:[、/]|和|跟|与)\s?\d{3,4}(?!\d)/.test(text.slice(end))) flat = null
  } else {
    ENGLISH_COMMA.lastIndex = end
    const english = ENGLISH_COMMA.exec(text)
    if (english?.[1] !== undefined) {
      flat = room(english[1])
      end = ENGLISH_COMMA.lastIndex
    }
  }
  return { start, end, building: name, unit, room: flat }
}

function* named(text: string): Generator<Mention> {
  for (const match of matchesOf(text, BUILDING)) {
    const [whole, said = '', word, slip, , number, floor] = match
    const end = match.index + whole.length
    if (/[A-Za-z]/.test(text[match.index - 1] ?? '') && /^[A-Za-z]/.test(said)) continue
    const name = building(said)
    if (name === null) continue
    if (word?.startsWith('#') && /^(?:[口门梯机桩线岗车闸泵枪]|电梯)/.test(text.slice(end))) continue
    if (word === '座' && /^(?:[大小][桥山]|城|山|桥|的?(?:商务|车|SUV|MPV|面包))/i.test(text.slice(end))) continue
    if (word !== undefined && isCount(text, match.index, said, end)) continue
    const mention = extend(text, match.index, end, name, null)
    if (slip !== undefined && !slipIsBuilding(text, said, match.index, end, mention)) continue
    if ((number ?? floor) !== undefined && mention.unit === null && mention.room === null) continue
    yield startsInsideList(text, match.index) ? { ...mention, listed: true } : mention
  }
  for (const match of matchesOf(text, ENGLISH_BUILDING)) {
    const said = (match[1] ?? '').toUpperCase()
    yield extend(text, match.index, match.index + match[0].length, ENGLISH_NUMBERS[said] ?? said, null)
  }
}

/** 九撞 is building 9; 三天撞了两辆 and 一装就坏 are not. */
function slipIsBuilding(text: string, said: string, start: number, end: number, mention: Mention): boolean {
  if (mention.unit !== null || mention.room !== null) return true
  if (said === '一' || said === '两' || /^\d{3,}$/.test(said)) return false
  if (/[第又再被斤个百几这那每]$/.test(text.slice(0, start))) return false
  return !/^[了过到上就完好进在修满出成车人死伤]/.test(text.slice(end))
}

function* units(text: string): Generator<Mention> {
  for (const match of matchesOf(text, UNIT)) {
    const number = readNumeral(match[1] ?? '')
    const before = text.slice(Math.max(0, match.index - 4), match.index)
    if (number === null || Number(number) === 0 || Number(number) > 30 || match[1] === '两') continue
    if (/语文|数学|英语|科学|册|(?<!整)个$/.test(before)) continue
    yield extend(text, match.index, match.index + match[0].length, null, number)
  }
  for (const match of matchesOf(text, ENGLISH_UNIT)) {
    const said = (match[1] ?? '').toUpperCase()
    const number = ENGLISH_NUMBERS[said] ?? said
    const isRoom = number.length > 2
    yield {
      start: match.index,
      end: match.index + match[0].length,
      building: null,
      unit: isRoom ? null : number,
      room: isRoom ? number : null,
    }
  }
  for (const match of matchesOf(text, ENGLISH_ROOM)) {
    yield {
      start: match.index,
      end: match.index + match[0].length,
      building: null,
      unit: null,
      room: room(match[1] ?? ''),
    }
  }
}

/** Cheap looks that spare most messages the long patterns. */
const MAY_BE_DASHED = /\d[A-Za-z]?\s?[-—–－_/~.]|\d\s+\d|.之/
const MAY_BE_NAMED = /[幢栋座楼漏搂娄喽号#撞装壮幛状庄桩妆床创窗懂洞动冻董东dDh]|b[ul]|tower/i
const MAY_BE_UNIT = /[单但蛋丹]|unit|entr|stair|r[om]|apt|apart|flat|suite/i

/** All places a normalised text names, in order, without those that lie inside another. Lone rooms are elsewhere. */
export function findMentions(text: string): Mention[] {
  const found: Mention[] = []
  if (MAY_BE_DASHED.test(text)) found.push(...dashed(text))
  if (MAY_BE_NAMED.test(text)) found.push(...named(text))
  if (MAY_BE_UNIT.test(text)) found.push(...units(text))
  if (found.length === 0) return found
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Mention[] = []
  for (const mention of found) {
    const last = kept.at(-1)
    if (last === undefined || mention.start >= last.end) kept.push(mention)
    else if (mention.end > last.end && last.building === null) kept[kept.length - 1] = mention
  }
  return kept
}
