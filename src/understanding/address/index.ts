import type { Address } from '../../kernel/intent.js'
import { findMentions } from './mentions.js'
import type { Mention } from './parts.js'
import { findLoneRooms } from './rooms.js'

/** What the grammar read, how sure it is (0 to 1), and which rule decided, for reasons. */
export interface AddressReading {
  readonly address: Address
  readonly confidence: number
  readonly rule: string
}

const NOWHERE: Address = { building: null, unit: null, room: null }
const DIGIT = 1
const NUMERAL = 2
const LETTER = 4
const SPOKEN = 8
/** Words for a building or a unit, and what speech input writes for them. */
const PLACE = 16

function signs(): Uint8Array {
  const table = new Uint8Array(0x10000)
  const mark = (text: string, kind: number) => {
    for (const sign of text) table[sign.charCodeAt(0)] = (table[sign.charCodeAt(0)] as number) | kind
  }
  mark('0123456789', DIGIT)
  mark('零一二三四五六七八九十百廿卅幺壹贰叁肆伍陆柒捌玖拾', NUMERAL)
  mark('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', NUMERAL | LETTER)
  mark('零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖', SPOKEN)
  mark('幢栋座撞壮装庄懂洞动床之号单但蛋丹楼', PLACE)
  return table
}

const SIGNS = signs()

/** Nothing to read without a digit, a numeral before a place's word, three numerals or four letters in a row. */
function mayHoldAddress(text: string): boolean {
  let letters = 0
  let spoken = 0
  let afterNumeral = false
  for (let i = 0, end = text.length; i < end; i++) {
    const code = text.charCodeAt(i)
    const kind = SIGNS[code] as number
    if (kind & DIGIT || (afterNumeral && kind & PLACE)) return true
    letters = kind & LETTER ? letters + 1 : 0
    spoken = kind & SPOKEN ? spoken + 1 : 0
    if (letters === 4 || spoken === 3) return true
    // One space may stand between the two.
    afterNumeral =
      (kind & NUMERAL) !== 0 || (code === 0x20 && ((SIGNS[text.charCodeAt(i - 1)] as number) & NUMERAL) !== 0)
  }
  return false
}

const NEGATED_BEFORE = /(?:不是|不在|并非|别去|勿是|弗是|不系|唔系)[我们住在]{0,3}$/
const CORRECTION =
  /打错|说错|讲错|写错|发错|错了|不对|更正|纠正|哦不|噢不|啊不|口误|应该是|我是说|是说|其实是|不是[,，]?\s?是|sorry|I mean|手滑/i
const OWN_HOME =
  /(?:我们?家?|俺们?家?|阿拉|本人|咱们?家?|家里?|住)[是住在的]{0,3}\s?$|(?:家住|住在|我妈|我爸|我婆婆|我爷爷|我奶奶|家父|家母|人在)[是住在的]{0,2}\s?$/

const within = (a: Mention, b: Mention) =>
  (a.building === null || b.building === null || a.building === b.building) &&
  (a.unit === null || b.unit === null || a.unit === b.unit) &&
  (a.room === null || b.room === null || a.room === b.room)

const parts = (mention: Mention) =>
  Number(mention.building !== null) + Number(mention.unit !== null) + Number(mention.room !== null)

function merge(a: Mention, b: Mention): Mention {
  return {
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
    building: a.building ?? b.building,
    unit: a.unit ?? b.unit,
    room: a.room ?? b.room,
    listed: a.listed || b.listed,
    guessed: a.guessed && b.guessed,
  }
}

/** Drops what the writer took back: 不是5幢, 11幢……打错了10幢. */
function withoutCorrected(text: string, mentions: readonly Mention[]): Mention[] {
  const standing = mentions.filter((m) => !NEGATED_BEFORE.test(text.slice(Math.max(0, m.start - 6), m.start)))
  return standing.filter((mention, i) => {
    const next = standing[i + 1]
    if (next === undefined || within(mention, next)) return true
    if (mention.building !== null && next.building === null) return true
    return !CORRECTION.test(text.slice(mention.end, next.start))
  })
}

function read(mention: Mention, confidence: number, rule: string): AddressReading {
  const { building, unit, room } = mention
  return { address: { building, unit, room }, confidence, rule }
}

function choose(text: string, mentions: readonly Mention[]): AddressReading {
  const first = mentions[0]
  if (first === undefined) return { address: NOWHERE, confidence: 0.99, rule: 'none' }
  if (mentions.length === 1) {
    if (first.listed) return { address: NOWHERE, confidence: 0.9, rule: 'several' }
    return read(first, first.guessed ? 0.8 : 0.97, first.guessed ? 'lone number' : 'one place')
  }
  const merged = mentions.reduce<Mention | null>(
    (all, m) => (all !== null && within(all, m) ? merge(all, m) : null),
    first,
  )
  if (merged !== null && !merged.listed) return read(merged, 0.93, 'parts together')
  if (mentions.some((m) => m.listed)) return { address: NOWHERE, confidence: 0.9, rule: 'several' }
  const own = mentions.filter((m) => OWN_HOME.test(text.slice(Math.max(0, m.start - 7), m.start)))
  if (own[0] !== undefined) return read(own[0], 0.88, 'own home')
  const buildings = new Set(mentions.map((m) => m.building).filter((name) => name !== null))
  const fullest = Math.max(...mentions.map(parts))
  const full = mentions.filter((m) => parts(m) === fullest)
  if (full[0] !== undefined && full.length === 1) return read(full[0], 0.8, 'the fullest')
  if (buildings.size > 1) return { address: NOWHERE, confidence: 0.8, rule: 'several' }
  return read(first, 0.65, 'the first')
}

/**
 * The one place a message is about, by the label rules: the problem's place or the writer's own home before others,
 * two places with an equal claim give none. Pure.
 * @param text normalised (see normalise)
 */
export function readAddress(text: string): AddressReading {
  if (!mayHoldAddress(text)) return { address: NOWHERE, confidence: 0.995, rule: 'none' }
  const mentions = findMentions(text)
  const lone = mentions.some((m) => m.room !== null)
    ? []
    : findLoneRooms(text).filter((r) => !mentions.some((m) => r.start < m.end && r.end > m.start))
  if (mentions.length + lone.length === 0) return { address: NOWHERE, confidence: 0.99, rule: 'none' }
  const all = [...mentions, ...lone].sort((a, b) => a.start - b.start)
  return choose(text, withoutCorrected(text, all))
}
