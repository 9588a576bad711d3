import { z } from 'zod'
import { localDate } from '../../../kernel/local-time.js'
import { type CommunityView, command, type Turn } from '../../../kernel/module.js'
import { readHead } from '../decide-head.js'
import { decideLog } from '../decide-log.js'
import { readOutcome } from '../decide-outcome.js'
import { isAside } from '../decide-plain.js'
import { say } from '../decide-reply.js'
import { MOST_SIGNS, readSlips } from '../decide-slip.js'
import { prepareLog } from '../prepare.js'
import { suggestHouseholds } from '../suggest.js'
import { logTexts } from '../texts.js'
import { type LogState, type Photos, photosSchema, type Slip, slipSchema } from '../types.js'
import { VISITORS } from './staff.js'

/** Visits of one message. */
const MOST = 60
const inputSchema = z.object({
  slips: z.array(slipSchema).min(1).max(MOST),
  photos: photosSchema,
  /** Those beyond the most. */
  dropped: z.number().int().default(0),
})
type LogInput = z.infer<typeof inputSchema>

const photosOf = (turn: Turn): Photos =>
  turn.said.kind === 'text' || turn.said.kind === 'answer'
    ? turn.said.attachments.map(({ reference, mime }) => ({ reference, mime, channel: turn.place.channel }))
    : []

/** 走访: one visit or many, as typed, tapped or answered. */
export const log = command<LogInput, LogState | null>({
  name: 'visits.log',
  help: {
    say: '走访 3-2-501 张阿姨说楼道灯坏了，已联系物业',
    does: '记走访（可多户、可写没人／拒访／昨天；电访、微信走访另计）',
    roles: VISITORS,
  },
  roles: VISITORS,
  input: inputSchema,
  match: (turn) => {
    if (turn.said.kind !== 'text') return null
    const isStaff = VISITORS.some((role) => turn.actor.roles.includes(role))
    // A resident's words are left alone, save in private where 走访 can only be meant for us.
    if (!isStaff && !(turn.place.kind === 'private' && /^走访/.test(turn.said.text))) return null
    const today = localDate(turn.now, turn.community?.timezone ?? 'Asia/Shanghai')
    const slips = readSlips(turn.said.text, today, { loose: isStaff && turn.place.kind === 'private' })
    if (!slips || (isOverheard(turn) && !slips.some((one) => tells(one, today)))) return null
    return { slips: slips.slice(0, MOST), photos: photosOf(turn), dropped: Math.max(0, slips.length - MOST) }
  },
  accepts: (turn) => turn.said.kind === 'text' && (CANCEL.test(turn.said.text) || names(turn.said.text)),
  load: async (tx, turn, input) => {
    const { community, actor } = turn
    if (!community || actor.personId === null) return null
    const worker = { id: actor.personId, name: actor.name }
    const slips = answered(turn, community, input.slips)
    return prepareLog(tx, turn, community, worker, slips, (grids) =>
      suggestHouseholds(tx, community, worker.id, grids, turn.now),
    )
  },
  decide: (state, turn, input) => {
    if (turn.said.kind === 'answer' && CANCEL.test(turn.said.text)) return say(turn, 'dropped', logTexts.dropped)
    return state
      ? decideLog(state, turn, input.photos, input.dropped)
      : say(turn, 'nowhere', logTexts.whichHouseholdPlain)
  },
})

const CANCEL = /^(?:算了|不记了?|取消|不用了?|放弃)[。!！]?$/

/** Talk among colleagues: “今天走访了五户” and “明天走访3-2-501” are not told to us. */
const isOverheard = (turn: Turn): boolean =>
  turn.said.kind === 'text' && turn.place.kind !== 'private' && !turn.said.addressed

const tells = (slip: Slip, today: string): boolean =>
  (slip.address.room !== null || (slip.name !== null && slip.text !== '')) && (slip.day === null || slip.day <= today)

/** Whether an answer names a household: by address, room or a person's name. */
function names(text: string): boolean {
  if (isAside(text)) return false
  const [first] = readSlips(`走访 ${text}`, '2000-01-01') ?? []
  return first !== undefined && (first.address.room !== null || (first.name !== null && text.length <= 60))
}

/** The first slip with what the answer adds: the address or name, and any words behind it. */
function answered(turn: Turn, community: CommunityView, slips: readonly Slip[]): readonly Slip[] {
  if (turn.said.kind !== 'answer') return slips
  const [waiting, ...rest] = slips
  const today = localDate(turn.now, community.timezone)
  const text = readHead(turn.said.text, today) ? turn.said.text : `走访 ${turn.said.text}`
  const [first, ...more] = readSlips(text, today) ?? []
  if (!waiting || !first) return slips
  const outcome = readOutcome(first.text)?.outcome ?? (first.outcome === 'met' ? waiting.outcome : first.outcome)
  const words = [waiting.text, first.text].filter((part) => part !== '').join('，')
  return [{ ...first, outcome, day: first.day ?? waiting.day, text: words.slice(0, MOST_SIGNS) }, ...more, ...rest]
}

/** The words after a household was tapped in a plan. */
export const describe = command<{ householdId: number }, LogState | null>({
  name: 'visits.describe',
  roles: VISITORS,
  input: z.object({ householdId: z.number().int() }),
  match: () => null,
  accepts: (turn) => turn.said.kind === 'text' && turn.said.text !== '' && !isAside(turn.said.text),
  load: async (tx, turn, { householdId }) => {
    const { community, actor, said } = turn
    if (!community || actor.personId === null || said.kind !== 'answer') return null
    const worker = { id: actor.personId, name: actor.name }
    const outcome = readOutcome(said.text)
    const slip: Slip = {
      address: { building: null, unit: null, room: null },
      householdId,
      outcome: outcome?.outcome ?? 'met',
      day: null,
      name: null,
      text: (outcome ? outcome.rest : said.text).slice(0, MOST_SIGNS),
    }
    return prepareLog(tx, turn, community, worker, [slip], async () => [])
  },
  decide: (state, turn) =>
    state ? decideLog(state, turn, photosOf(turn)) : say(turn, 'nowhere', logTexts.whichHouseholdPlain),
})
