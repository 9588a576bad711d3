import type { Address } from '../../kernel/intent.js'
import type { LocalDate } from '../../kernel/local-time.js'
import { findAddresses, loneRoom } from './decide-address.js'
import { readPastDay } from './decide-day.js'
import { type Head, readHead, readLooseHead } from './decide-head.js'
import { CALLED_NAME, readOutcome, TRIM } from './decide-outcome.js'
import { plainText } from './decide-plain.js'
import type { Outcome, Slip } from './types.js'

/** Two or three signs and a mark after them: a name, if the household's. */
const BARE_NAME = /^([\u4e00-\u9fff]{2,4})(?=$|[\s,，:：])/
/** A second address is a second visit only where the first was finished: not after “说”, “楼上”, “和”. */
const GOES_ON =
  /(?:说|讲|反映|反应|和|跟|与|同|被|给|向|对|找|是|因为?|由于|隔壁|楼上|楼下|对门|邻居|认为|怀疑|去|到|在|从)[\s,，:：]*$/

/** Words in the place of a name that are none: 走访完了, 走访了五户. */
const NO_NAME =
  /^(?:了|完|好了|一下|结束|今天|昨天|明天|我|他|她|所有|每|全|整|大家|各|[一二两三四五六七八九十几多]+[户家个])|[户楼幢栋]$|人家$/
const NOTHING_SAID = /^(?:了|完了?|好了|一下|结束了?|[一二两三四五六七八九十几\d]+(?:多)?[户家](?:人家)?)[。!！]?$/
/** A heading over the lines. */
const TITLE = /^(?:情况|如下|清单|名单|记录|日记)*[:：]?$/
/** Signs a note may have; what is longer is cut. */
export const MOST_SIGNS = 2000

/**
 * All visits that a message tells: line by line, or several in a line. With `loose` also words that tell a visit only where
 * a worker speaks to us alone: `3-2-501 没人`.
 */
export function readSlips(
  text: string,
  today: LocalDate,
  { loose = false }: { readonly loose?: boolean } = {},
): Slip[] | null {
  const lines = text
    .split(/\n+/)
    .map((line) => line.trim().replace(/^(?:\d{1,2}[、)）]|\d{1,2}\.(?!\d)|[①-⑩•·-])\s*/, ''))
  const head = readHead(lines[0] ?? '', today) ?? (loose ? readLooseHead(lines[0] ?? '', today) : null)
  if (!head) return null
  const slips: Slip[] = []
  let { day, outcome } = head
  for (const [index, line] of lines.entries()) {
    const own: Head | null = index === 0 ? head : readHead(line, today)
    const verb = own ?? verbOf(line, today)
    if (own) outcome = own.outcome
    if (verb?.day) day = verb.day
    const words = (verb?.rest ?? plainText(line)).trim()
    const last = slips.at(-1)
    if (words === '' || (lines.length > 1 && TITLE.test(words))) continue
    if (last && !verb && goesOn(words)) {
      slips[slips.length - 1] = { ...last, text: `${last.text}${last.text ? '，' : ''}${words}`.slice(0, MOST_SIGNS) }
      continue
    }
    const dated = readPastDay(words, today)
    if (dated) day = dated.day
    const rest = dated ? words.slice(dated.end).replace(/^[\s,，:：]+/, '') : words
    if (dated && rest === '') continue
    slips.push(...readLine(rest, verb?.outcome ?? outcome, day, last?.address ?? null))
  }
  return slips.length > 0 ? slips : readLine('', outcome, day, null)
}

/** A line of its own kind among others: `拒访 3-1-101`. */
const verbOf = (line: string, today: LocalDate): Head | null =>
  findAddresses(plainText(line))[0]?.start === 0 ? null : readLooseHead(line, today)

/** A line that names nobody says more of the household before it. */
const goesOn = (words: string): boolean =>
  findAddresses(words).length === 0 &&
  loneRoom(words) === null &&
  !CALLED_NAME.test(words) &&
  !/^[\u4e00-\u9fff]{2,3}[\s,，:：]/.test(words) &&
  readPastDay(words, '2000-01-01')?.end !== words.length

interface Part {
  readonly address: Address
  readonly words: string
  /** Stands in a row of rooms: 501 502 601. */
  readonly listed: boolean
}

/** The visits of one line. `before` is the address of the visit before it: 502 then is in the same house. */
function readLine(text: string, outcome: Outcome, day: LocalDate | null, before: Address | null): Slip[] {
  const found = findAddresses(text)
  const starts = found.filter(({ start }, index) => {
    const lead = text.slice(0, start)
    const previous = found[index - 1]
    if (start === 0 || isNext(lead) || (index === 0 && isLead(lead))) return true
    return previous !== undefined && JOINT.test(text.slice(previous.end, start)) && ALIKE.test(text)
  })
  const [first] = starts
  if (!first) {
    const lone = before ? loneRoom(text) : null
    if (!before || !lone) return [nameless(text, outcome, day)]
    return shared(roomsOf({ ...before, room: lone.room }, text.slice(lone.end))).map((part) =>
      slip(part.address, part.words, outcome, day),
    )
  }
  const lead = text.slice(0, first.start)
  const parts = starts.flatMap(({ address, end }, index) => {
    const words = text.slice(end, starts[index + 1]?.start ?? text.length)
    const filled = index === 0 ? address : inherit(address, starts[index - 1]?.address ?? before)
    const whole = index === 0 && lead.trim() !== '' ? `${lead.trim()} ${words.trim()}` : words
    return roomsOf(filled, whole)
  })
  return shared(parts).map((part) => slip(part.address, part.words, outcome, day))
}

const JOINT = /^\s*[、,，和及与跟&]\s*$/
/** Words that several homes may have in common. */
const ALIKE = /[都均全]|没人|未遇|拒访|正常|在家|平安|没事/

/** Words before the first address that are no sentence of their own: 今天去了, a name. */
const isLead = (text: string): boolean => text.trim().length <= 8 && !GOES_ON.test(text.replace(/去了?\s*$/, ''))
const isNext = (text: string): boolean => /[\s,，;；。、]$/.test(text) && !GOES_ON.test(text)

const inherit = (address: Address, before: Address | null): Address =>
  before && address.unit === null && address.building === before.building ? { ...address, unit: before.unit } : address

const ROOM = '[1-9]\\d{2,3}室?(?![\\d年月日号元块度岁户人点个天])'
const BETWEEN = '[\\s,，、和及与]'
const ROW_OF_ROOMS = new RegExp(
  `^${BETWEEN}*${ROOM}(?:${BETWEEN}+${ROOM}){0,30}(?=[\\s,，:：]*(?:$|都|均|全|没|不|未|拒|在|正常|一切|平安))`,
)

/** `3-2-501 没人 502 在`, `3-2-501 502 601 都没人`: rooms alone go on in the same house. */
function roomsOf(address: Address, text: string): Part[] {
  const row = ROW_OF_ROOMS.exec(text)?.[0] ?? ''
  const rooms = [address.room, ...(row.match(/\d{3,4}/g) ?? [])]
  const last = { ...address, room: rooms.at(-1) ?? address.room }
  const listed = rooms.slice(0, -1).map((room) => ({ address: { ...address, room }, words: '', listed: true }))
  const pieces = text
    .slice(row.length)
    .split(/(?<=[\s,，;；。、])(?=[1-9]\d{2,3}(?:室)?\s*(?:没|无|不|未|拒|在|见|电|微))/)
  return [
    ...listed,
    ...pieces.map((piece, index) => {
      const lone = index === 0 ? null : loneRoom(piece)
      return lone
        ? { address: { ...address, room: lone.room }, words: piece.slice(lone.end), listed: false }
        : { address: last, words: piece, listed: false }
    }),
  ]
}

/** Homes named one after another share the words behind the last: `3-2-501、3-2-502 都在家`. */
function shared(parts: readonly Part[]): Part[] {
  let common: { words: string; all: boolean } | null = null
  const done: Part[] = []
  for (const part of [...parts].reverse()) {
    const bare = part.words.replace(/^[\s,，、]*[和及与跟&]?\s*$/, '').replace(TRIM, '')
    const joined = part.listed || /[、和及与跟&]/.test(part.words)
    if (bare === '' && common && (common.all || joined)) done.push({ ...part, words: common.words })
    else {
      const all = /^(?:都|均|全都?|全部)/.test(bare)
      common = bare === '' ? null : { words: bare, all }
      done.push({ ...part, words: bare })
    }
  }
  return done.reverse()
}

function nameless(text: string, outcome: Outcome, day: LocalDate | null): Slip {
  const lone = loneRoom(text)
  if (lone) return slip({ building: null, unit: null, room: lone.room }, text.slice(lone.end), outcome, day)
  const bare = BARE_NAME.exec(text)?.[1] ?? null
  const name = CALLED_NAME.exec(text)?.[0] ?? (bare && !NO_NAME.test(bare) ? bare : null)
  const address = { building: null, unit: null, room: null }
  const rest = name ? text.slice(name.length) : NOTHING_SAID.test(text) ? '' : text
  return { ...slip(address, rest, outcome, day), name: name ?? null }
}

function slip(address: Address, words: string, outcome: Outcome, day: LocalDate | null): Slip {
  const text = words
    .replace(TRIM, '')
    .replace(/^(?:都|均|全都?|全部)(?=在|没|不|正常|好|挺|一切|见|平安|拒|未|无)/, '')
    .slice(0, MOST_SIGNS)
  const said = readOutcome(text)
  return {
    address,
    householdId: null,
    outcome: said?.outcome ?? outcome,
    day,
    name: null,
    text: said ? said.rest : text,
  }
}
