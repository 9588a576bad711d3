import type { Address } from '../../kernel/intent.js'
import type { LocalDate } from '../../kernel/local-time.js'
import { findAddresses, loneRoom } from './decide-address.js'
import { readPastDay } from './decide-day.js'
import type { Outcome, Slip } from './types.js'

/** 走访 and what voice input makes of it; 入户 but not the door of that name. */
const VISIT_WORD = '走[访仿房防纺放坊訪]|入户(?:走访)?(?!门|线|管|花园|水|电|网|率|光纤)|家访'
const CALL_WORD = '电访|电话(?:走访|回访|联系|访问?)'
const CHAT_WORD = '微访|微信(?:走访|回访|联系|访问?)'
const HEAD = new RegExp(
  `^(?:@\\S+\\s+)?[/／]?(?:补记|补录|补登)?[\\s,，:：]*(?:我|刚刚?|刚才|又|已|去)*(?:(${VISIT_WORD})|(${CALL_WORD})|(${CHAT_WORD}))(?:了|过|记录|日记|登记)?[\\s,，:：、]*`,
)
const LEADING_DAY = /^(?:补记|补录|补登)?[\s,，]*/
/** Other phrases of ours that begin with the same word. */
const NOT_A_SLIP = /^(?:目标|进度|榜|排名|统计|计划|情况$|图|日记$|名单)/

const NOT_HOME =
  /^(?:(?:敲门|按铃|上门|去了|打了)?[\s,，]*)(?:家(?:里|中)?没(?:有)?人|没(?:有)?人(?:在家|应门?|开门|在)?|无人(?:在家|应门?|应答|开门)?|未遇|没遇[到见上]|没碰[到见上]|没见[到着](?:人)?|人?不在家|人?不在(?=$|[\s,，;；。:：留贴约改已])|没应|不应|没开门?|空房?)(?![\u4e00-\u9fff]{0,3}(?:灯|水|电|管))/
const REFUSED = /^(?:拒访|拒绝(?:走访|入户|开门)?|不让进门?|不(?:肯|愿)?(?:开门|配合|见)|不愿意?|婉拒|赶出来)/
const MET = /^(?:在家|在的|在|见到了?(?:人|本人)?|见了|有人|遇到了?|碰到了?)(?=$|[\s,，;；。:：]|说|反映|聊)/
const CALLED = /^(?:电访|电话(?:联系|回访|里|沟通|问)了?|打(?:了|过)?电话)/
const CHATTED = /^(?:微信(?:联系|聊|上|沟通|问)了?|微访)/

/** How people call others: 张阿姨, 老王, 王建国老人. */
const CALLED_NAME =
  /^(?:[\u4e00-\u9fff]{1,3}(?:阿姨|叔叔|大爷|大妈|大娘|奶奶|爷爷|大伯|伯伯|师傅|老师|先生|女士|小姐|大哥|大姐|婆婆|阿婆|阿公|老人|老伯|同志|叔|姐|哥|婶|伯|家)|[老小阿][\u4e00-\u9fff])(?=$|[\s,，:：说讲反没不在见拒家人身血一生病独最近想要问])/
/** Two or three signs and a mark after them: a name, if the household's. */
const BARE_NAME = /^([\u4e00-\u9fff]{2,4})(?=$|[\s,，:：])/
/** A second address is a second visit only where the first was finished: not after “说”, “楼上”, “和”. */
const GOES_ON =
  /(?:说|讲|反映|反应|和|跟|与|同|被|给|向|对|找|是|因为?|由于|隔壁|楼上|楼下|对门|邻居|认为|怀疑|去|到|在|从)[\s,，:：]*$/

/** Letters, digits and dashes in their plain width; the writer's marks stay as they are. */
export const plainWidth = (text: string): string =>
  text.replace(/[０-９Ａ-Ｚａ-ｚ－＃／．～　]/g, (sign) => sign.normalize('NFKC')).trim()

/** Where a message starts to tell visits, and how they were made; null when it tells none. */
export function readHead(
  text: string,
  today: LocalDate,
): { readonly rest: string; readonly outcome: Outcome; readonly day: LocalDate | null } | null {
  const plain = plainWidth(text)
  const lead = LEADING_DAY.exec(plain)?.[0].length ?? 0
  const before = readPastDay(plain.slice(lead), today)
  const start = before ? plain.slice(lead + before.end).replace(/^[\s,，:：]*(?:上午|下午|晚上)?\s*/, '') : plain
  const head = HEAD.exec(start)
  if (!head) return null
  const rest = start.slice(head[0].length)
  if (NOT_A_SLIP.test(rest)) return null
  return { rest, outcome: head[2] ? 'phone' : head[3] ? 'chat' : 'met', day: before?.day ?? null }
}

/** All visits that a message tells: line by line, or several in a line. */
export function readSlips(text: string, today: LocalDate): Slip[] | null {
  const lines = text
    .split(/\n+/)
    .map((line) => line.trim().replace(/^(?:\d{1,2}[、)）]|\d{1,2}\.(?!\d)|[①-⑩•·-])\s*/, ''))
  const head = readHead(lines[0] ?? '', today)
  if (!head) return null
  const slips: Slip[] = []
  let { day, outcome } = head
  for (const [index, line] of lines.entries()) {
    const own = index === 0 ? null : readHead(line, today)
    if (own) outcome = own.outcome
    if (own?.day) day = own.day
    const words = (index === 0 ? head.rest : (own?.rest ?? plainWidth(line))).trim()
    if (words === '' && lines.length > 1) continue
    const dated = readPastDay(words, today)
    if (dated) day = dated.day
    const rest = dated ? words.slice(dated.end).replace(/^[\s,，:：]+/, '') : words
    if (dated && rest === '') continue
    slips.push(...readLine(rest, outcome, day, slips.at(-1)?.address ?? null))
  }
  return slips.length > 0 ? slips : readLine('', outcome, day, null)
}

/** The visits of one line. `before` is the address of the visit before it: 502 then is in the same house. */
function readLine(text: string, outcome: Outcome, day: LocalDate | null, before: Address | null): Slip[] {
  const starts = findAddresses(text).filter(
    ({ start }, index) => start === 0 || (index === 0 && isLead(text.slice(0, start))) || isNext(text.slice(0, start)),
  )
  const [first] = starts
  if (!first) {
    const lone = before ? loneRoom(text) : null
    if (before && lone) return [slip({ ...before, room: lone.room }, text.slice(lone.end), outcome, day)]
    return [nameless(text, outcome, day)]
  }
  const lead = text.slice(0, first.start)
  return starts.flatMap(({ address, end }, index) => {
    const words = text.slice(end, starts[index + 1]?.start ?? text.length)
    const filled = index === 0 ? address : inherit(address, starts[index - 1]?.address ?? before)
    const whole = index === 0 && lead.trim() !== '' ? `${lead.trim()} ${words.trim()}` : words
    return withLoneRooms(filled, whole, outcome, day)
  })
}

/** Words before the first address that are no sentence of their own: 今天去了, a name. */
const isLead = (text: string): boolean => text.trim().length <= 8 && !GOES_ON.test(text.replace(/去了?\s*$/, ''))
const isNext = (text: string): boolean => /[\s,，;；。、]$/.test(text) && !GOES_ON.test(text)

const inherit = (address: Address, before: Address | null): Address =>
  before && address.unit === null && address.building === before.building ? { ...address, unit: before.unit } : address

/** `3-2-501 没人 502 在`: rooms alone after a blank or mark go on in the same house. */
function withLoneRooms(address: Address, text: string, outcome: Outcome, day: LocalDate | null): Slip[] {
  const pieces = text.split(/(?<=[\s,，;；。、])(?=[1-9]\d{2,3}(?:室)?\s*(?:没|无|不|未|拒|在|见|电|微))/)
  return pieces.map((piece, index) => {
    const lone = index === 0 ? null : loneRoom(piece)
    return lone
      ? slip({ ...address, room: lone.room }, piece.slice(lone.end), outcome, day)
      : slip(address, piece, outcome, day)
  })
}

function nameless(text: string, outcome: Outcome, day: LocalDate | null): Slip {
  const lone = loneRoom(text)
  if (lone) return slip({ building: null, unit: null, room: lone.room }, text.slice(lone.end), outcome, day)
  const name = CALLED_NAME.exec(text)?.[0] ?? BARE_NAME.exec(text)?.[1] ?? null
  const address = { building: null, unit: null, room: null }
  const rest = name ? text.slice(name.length) : text
  return { ...slip(address, rest, outcome, day), name: name ?? null }
}

const TRIM = /^[\s,，;；:：。、-]+|[\s,，;；。、]+$/g

function slip(address: Address, words: string, outcome: Outcome, day: LocalDate | null): Slip {
  const text = words.replace(TRIM, '')
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

/**
 * The outcome at the start of the words, behind a name at most. Words that only look like it (“儿子不在身边”) stay words.
 */
export function readOutcome(text: string): { readonly outcome: Outcome; readonly rest: string } | null {
  const name = CALLED_NAME.exec(text)?.[0] ?? /^[\u4e00-\u9fff]{2,3}(?<![了坏好吵漏])(?=[\s,，])/.exec(text)?.[0] ?? ''
  for (const lead of name === '' ? [''] : ['', name]) {
    const rest = text.slice(lead.length).replace(TRIM, '')
    for (const [outcome, pattern] of OUTCOME_WORDS) {
      const found = pattern.exec(rest)
      if (!found) continue
      const after = rest.slice(found[0].length).replace(TRIM, '')
      if (outcome === 'not_home' && /^(?:身边|了\S|国内|本地|场)/.test(rest.slice(found[0].length))) continue
      return { outcome, rest: lead === '' ? after : `${lead} ${after}`.trim() }
    }
  }
  return null
}

const OUTCOME_WORDS: readonly (readonly [Outcome, RegExp])[] = [
  ['not_home', NOT_HOME],
  ['refused', REFUSED],
  ['phone', CALLED],
  ['chat', CHATTED],
  ['met', MET],
]

/** The words without the name at their start: `张阿姨说楼道灯坏了` → 张阿姨, 楼道灯坏了. */
export function splitName(text: string, headName: string): { readonly name: string | null; readonly rest: string } {
  const own = headName !== '' && text.startsWith(headName) ? headName : null
  const name = own ?? CALLED_NAME.exec(text)?.[0] ?? null
  return { name, rest: (name ? text.slice(name.length) : text).replace(TRIM, '') }
}
