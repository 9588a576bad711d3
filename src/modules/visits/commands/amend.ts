import { z } from 'zod'
import { responsibleFor } from '../../../community/responsible.js'
import type { Tx } from '../../../db/transaction.js'
import { instant, localDate } from '../../../kernel/local-time.js'
import { type CommunityView, command, type Turn } from '../../../kernel/module.js'
import { type Amendable, type AmendState, decideAmend, decideWithdraw } from '../decide-amend.js'
import { isDay } from '../decide-day.js'
import { isBareAddress, readHead } from '../decide-head.js'
import { readOutcome } from '../decide-outcome.js'
import { isAside, plainText } from '../decide-plain.js'
import { say } from '../decide-reply.js'
import { readSlips } from '../decide-slip.js'
import { findHousehold } from '../find-household.js'
import { prepareCounts } from '../prepare.js'
import { gridSpans, gridsOn } from '../spans.js'
import { householdRow, latestVisit, seqOf, visitByKey } from '../store.js'
import { logTexts } from '../texts.js'
import type { Slip, VisitView } from '../types.js'
import { staffWords, VISITORS } from './staff.js'

/** How far back “改” and “撤” without a quote reach. */
const RECENT_MS = 12 * 3_600_000

const amendInput = z.object({
  /** Null means the quoted or the latest one. */
  key: z.string().nullable(),
  text: z.string().max(2000).optional(),
  householdId: z.number().int().optional(),
  supplement: z.boolean().optional(),
})
type AmendInput = z.infer<typeof amendInput>

/** Key of the visit that the quoted receipt is about. */
export const quotedKey = (turn: Turn): string | null =>
  turn.said.kind === 'text' && turn.said.quoted?.subject?.startsWith('visit:')
    ? turn.said.quoted.subject.slice('visit:'.length)
    : null

const AMEND = /^(?:改|更正|改一下|改成|改为)(?:走访|上一[条户]|刚才(?:那[条户])?)?(?:[\s:：,，]+(.+))?$/s

/** 改: by phrase, button or as the answer to our question. */
export const amend = command<AmendInput, AmendState | null>({
  name: 'visits.amend',
  help: { say: '改 没人（或新房号、昨天、整句情况）', does: '更正刚记的走访，原记录保留', roles: VISITORS },
  roles: VISITORS,
  input: amendInput,
  match: (turn) => {
    const found = AMEND.exec(staffWords(turn) ?? '')
    if (!found || turn.place.kind === 'residents') return null
    return { key: quotedKey(turn), ...(found[1] ? { text: found[1] } : {}) }
  },
  accepts: (turn) =>
    turn.said.kind === 'text' && turn.said.text !== '' && turn.said.text.length <= 300 && !isAside(turn.said.text),
  load: async (tx, turn, input) => {
    const { community, actor } = turn
    if (!community || actor.personId === null) return null
    const words = turn.said.kind === 'answer' ? turn.said.text : input.text
    const named = input.key === null && words ? await namedVisit(tx, turn, community, words) : null
    const visit = named ?? (await wantedVisit(tx, turn, actor.personId, input.key))
    const found = visit && (await amendable(tx, turn, community, visit))
    const change = visit && (await readChange(tx, turn, community, visit, words, input))
    return { community, found, change: change ?? null }
  },
  decide: (state, turn, input) =>
    state
      ? decideAmend(state, turn, { supplement: input.supplement ?? false })
      : say(turn, 'amend', logTexts.nothingToday),
})

const wantedVisit = (tx: Tx, turn: Turn, workerId: number, key: string | null): Promise<VisitView | null> =>
  key === null ? latestVisit(tx, workerId, new Date(turn.now.getTime() - RECENT_MS)) : visitByKey(tx, key)

/** `更正 3-1-301 拒访` is about the visit there, not the latest one; a mere address moves the latest. */
async function namedVisit(tx: Tx, turn: Turn, community: CommunityView, words: string): Promise<VisitView | null> {
  const slip = readFragment(words, turn, community)
  if (!slip || slip.address.room === null || (slip.text === '' && !readOutcome(words) && !saysOutcome(words, slip)))
    return null
  return ownVisitAt(tx, turn, community, slip)
}

/** The speaker's own valid visit of today to the home that some words name. */
async function ownVisitAt(tx: Tx, turn: Turn, community: CommunityView, slip: Slip): Promise<VisitView | null> {
  const workerId = turn.actor.personId
  if (workerId === null) return null
  const own = gridsOn(await gridSpans(tx, community, workerId), localDate(turn.now, community.timezone))
  const found = await findHousehold(tx, community.id, slip, own, null)
  if (found.kind !== 'found') return null
  return latestVisit(tx, workerId, new Date(turn.now.getTime() - RECENT_MS), found.household.id)
}

const saysOutcome = (words: string, slip: Slip): boolean => slip.outcome !== 'met' || /见到|在家/.test(words)

/** What the new words change. Words without an address keep the household. */
async function readChange(
  tx: Tx,
  turn: Turn,
  community: CommunityView,
  visit: VisitView,
  words: string | undefined,
  input: AmendInput,
): Promise<AmendState['change']> {
  const slip =
    words === undefined && input.householdId === undefined ? null : readFragment(words ?? '', turn, community)
  if (!slip) return null
  const spans = await gridSpans(tx, community, visit.workerId)
  const own = gridsOn(spans, localDate(turn.now, community.timezone))
  const before = await householdRow(tx, visit.householdId)
  const lastPlace = before && { building: before.building, unit: before.unit || null, room: before.room }
  const wanted = { ...slip, householdId: input.householdId ?? null, name: null }
  const resolution = await findHousehold(tx, community.id, wanted, own, lastPlace)
  const day = slip.day !== null && isDay(slip.day) ? slip.day : visit.day
  const gridId = resolution.kind === 'found' ? resolution.household.gridId : visit.gridId
  const responsible = await responsibleFor(tx, gridId, instant(day, 23, 59, community.timezone))
  return {
    slip,
    saysOutcome: readOutcome(words ?? '') !== null || saysOutcome(words ?? '', slip),
    resolution,
    place: { responsibleId: responsible?.id ?? null, outside: !gridsOn(spans, day).includes(gridId) },
  }
}

/** Reads `没人`, `3-2-502`, `昨天`, `血压正常` as the parts of a visit. */
function readFragment(words: string, turn: Turn, community: CommunityView): Slip | null {
  const today = localDate(turn.now, community.timezone)
  const [slip] = readSlips(readHead(words, today) ? words : `走访 ${words}`, today) ?? []
  if (!slip) return null
  const said = readOutcome(slip.name ? `${slip.name} ${slip.text}` : slip.text)
  // A name without an address is not looked up here: words before the rest of the note.
  const text = slip.name ? `${slip.name}${slip.text ? ` ${slip.text}` : ''}` : slip.text
  return said ? { ...slip, outcome: said.outcome, text: said.rest } : { ...slip, text }
}

export async function amendable(
  tx: Tx,
  turn: Turn,
  community: CommunityView,
  visit: VisitView,
): Promise<Amendable | null> {
  const household = await householdRow(tx, visit.householdId)
  const worker = await tx.person.findUnique({ where: { id: visit.workerId }, select: { name: true } })
  if (!household) return null
  const today = localDate(turn.now, community.timezone)
  return {
    visit,
    household,
    workerName: worker?.name ?? '',
    seq: await seqOf(tx, `visit:${visit.key}`),
    counts: await prepareCounts(tx, community, visit.workerId, [visit.day], today),
  }
}

const withdrawInput = z.object({
  keys: z.array(z.string()).max(60),
  /** The home, in the worker's words. */
  home: z.string().max(40).optional(),
})
const WITHDRAW = /^(?:撤|撤销|撤回|撤掉|取消)(?:走访|上一[条户]|刚才(?:那[条户])?)$|^(?:撤|撤回|撤销)$/
const WITHDRAW_HOME = /^(?:撤销|撤回|撤掉|取消|撤)(?:走访)?[\s:：]*([^\s].{2,30}?)(?:的?走访)?$/

/** 撤: the latest visit, the quoted one, or all of a receipt. */
export const withdraw = command<z.infer<typeof withdrawInput>, readonly Amendable[] | null>({
  name: 'visits.withdraw',
  help: { say: '撤（或“撤销走访 3-2-501”）', does: '撤回刚记的走访，原记录保留', roles: VISITORS },
  roles: VISITORS,
  input: withdrawInput,
  match: (turn) => {
    const words = staffWords(turn) ?? ''
    if (turn.place.kind === 'residents') return null
    const home = plainText(WITHDRAW_HOME.exec(words)?.[1] ?? '')
    if (isBareAddress(home)) return { keys: [], home }
    if (!WITHDRAW.test(words)) return null
    const key = quotedKey(turn)
    return { keys: key === null ? [] : [key] }
  },
  load: async (tx, turn, { keys, home }) => {
    const { community, actor } = turn
    if (!community || actor.personId === null) return null
    if (home !== undefined) {
      const slip = readFragment(home, turn, community)
      const visit = slip && (await ownVisitAt(tx, turn, community, slip))
      const one = visit && (await amendable(tx, turn, community, visit))
      return one ? [one] : []
    }
    const wanted = keys.length > 0 ? keys : [null]
    const found: Amendable[] = []
    for (const key of wanted) {
      const visit = await wantedVisit(tx, turn, actor.personId, key)
      const one = visit && (await amendable(tx, turn, community, visit))
      if (one) found.push(one)
    }
    return found
  },
  decide: (found, turn, { home }) => {
    if (home !== undefined && found?.length === 0) return say(turn, 'withdraw', logTexts.nothingHere(home))
    return turn.community
      ? decideWithdraw(found ?? [], turn, turn.community)
      : say(turn, 'withdraw', logTexts.nothingToday)
  },
})
