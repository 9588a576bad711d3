import type { LocalDate } from '../../kernel/local-time.js'
import { findAddresses } from './decide-address.js'
import { readPastDay } from './decide-day.js'
import { readOutcome } from './decide-outcome.js'
import { plainText } from './decide-plain.js'
import type { Outcome } from './types.js'

/** 走访 and what voice input makes of it; 入户 but not the door of that name. */
const VISIT_WORD = '走[访仿房防纺放坊]|入户(?:走访)?(?!门|线|管|花园|水|电|网|率|光纤)|家访|visit(?:ed)?(?![a-z])'
const CALL_WORD = '电访|电话(?:走访|回访|联系|访问?)'
const CHAT_WORD = '微访|微信(?:走访|回访|联系|访问?)'
const HEAD = new RegExp(
  `^(?:@\\S+\\s+)?[/／]?(?:补记|补录|补登)?[\\s,，:：]*(?:我|刚刚?|刚才|又|已|去|I\\s)*(?:(${VISIT_WORD})|(${CALL_WORD})|(${CHAT_WORD}))(?:了|过|记录|日记|登记)?[\\s,，:：、]*`,
  'i',
)
const LEADING_DAY = /^(?:补记|补录|补登)?[\s,，:：]*/
/** Other phrases of ours that begin with the same word, and questions about visiting. */
const NOT_A_SLIP =
  /^(?:目标|进度|榜|排名|统计|计划|情况$|图|日记|记录$|名单|率|怎么|如何|咋|是什么|是啥|什么|啥|几户|多少|规定|要求|标准|制度|说明|帮助|任务|的(?!是)|还差|完成)/

/** Where a message starts to tell visits, and how they were made. */
export interface Head {
  readonly rest: string
  readonly outcome: Outcome
  readonly day: LocalDate | null
}

function behindDay(plain: string, today: LocalDate): { readonly start: string; readonly day: LocalDate | null } {
  const lead = LEADING_DAY.exec(plain)?.[0].length ?? 0
  const before = readPastDay(plain.slice(lead), today)
  if (!before) return { start: plain, day: null }
  const start = plain.slice(lead + before.end).replace(/^[\s,，:：]*(?:上午|下午|晚上|中午|早上)?\s*/, '')
  return { start, day: before.day }
}

/** The head of words that say 走访 or the like; null when they tell no visit. */
export function readHead(text: string, today: LocalDate): Head | null {
  const { start, day } = behindDay(plainText(text), today)
  const head = HEAD.exec(start)
  if (!head) return null
  const rest = start.slice(head[0].length)
  if (NOT_A_SLIP.test(rest)) return null
  // 走访记录 3-2-501 asks what there is.
  if (/(?:记录|日记)[\s,，:：、]*$/.test(head[0]) && isBareAddress(rest)) return null
  return { rest, outcome: head[2] ? 'phone' : head[3] ? 'chat' : 'met', day }
}

/** Whether a text is an address and nothing more. */
export function isBareAddress(text: string): boolean {
  const [first] = findAddresses(text)
  return first !== undefined && /^[\s的家]*$/.test(text.slice(0, first.start) + text.slice(first.end))
}

const STARTS: readonly (readonly [Outcome, RegExp])[] = [
  ['refused', /^(?:拒访|拒绝走访)[\s,，:：了]*/],
  ['not_home', /^(?:未遇|没遇[到见]|敲门没人)[\s,，:：了]*/],
  ['phone', /^(?:(?:刚|给|和|跟)?(?:打(?:了|过|个)*电话(?:给|到|问)?|电联|致电|通了?电话)了?(?:给)?)[\s,，:：]*/],
  ['chat', /^微信(?:上)?(?:问|聊|说)?了?(?:给)?[\s,，:：]*/],
  [
    'met',
    /^(?:我)?(?:(?:刚刚?|刚才|已经?)(?:去|到|从|看)|(?:去|到|来|上门|看望|慰问|探望|拜访)(?:了|过)|上门(?:看望|走访|慰问)?|看望|慰问|探望|拜访)了?[\s,，:：]*/,
  ],
]

/**
 * The head of words that do not say 走访 but can mean nothing else where a worker speaks to us alone: `3-2-501 没人`,
 * `拒访 3-2-501`, `今天去了3-2-501，…`, `补记 昨天 3-2-501 …`, `打电话给3-2-501，没接`.
 */
export function readLooseHead(text: string, today: LocalDate): Head | null {
  const plain = plainText(text)
  const { start, day } = behindDay(plain, today)
  const startsWithAddress = (words: string) => findAddresses(words)[0]?.start === 0
  if (/^(?:补记|补录|补登)/.test(plain)) {
    const rest = start.replace(/^(?:补记|补录|补登)[\s,，:：]*/, '')
    if (startsWithAddress(rest)) return { rest, outcome: 'met', day }
  }
  for (const [outcome, pattern] of STARTS) {
    const found = pattern.exec(start)
    if (found && startsWithAddress(start.slice(found[0].length)))
      return { rest: start.slice(found[0].length), outcome, day }
  }
  const [first] = findAddresses(start)
  if (first?.start !== 0) return null
  const after = start.slice(first.end).replace(/^[\s,，:：]*/, '')
  const said = /^(?:已?走访)了?(?!记录|日记|情况|过?[吗没])[\s,，:：]*/.exec(after)
  const words = said ? after.slice(said[0].length) : after
  if (/^(?:上次|记录|什么时候|几时)|[?？吗呢]$/.test(words)) return null
  return said || readOutcome(words) ? { rest: `${start.slice(0, first.end)} ${words}`, outcome: 'met', day } : null
}
