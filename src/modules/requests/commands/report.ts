import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { CATEGORIES } from '../../../kernel/intent.js'
import { attachmentSchema } from '../../../kernel/message.js'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { attachedText } from '../attached.js'
import { decideLog } from '../decide-log.js'
import { prepareLog } from '../prepare.js'
import { texts } from '../texts.js'
import type { LogState, Report, SameProblem } from '../types.js'
import { attachmentsOf, LEAVE, refuse, say } from './shared.js'

const EXPLICIT =
  /^(?:@\S+\s+)?(?:[/／](?:report|baoshi)(?:@\S+)?|(?:我要|我想)?(?:报事|报修|反映一下|上报))[\s:：,，]*/i

const input = z.object({ text: z.string(), explicit: z.boolean() })
type Input = z.infer<typeof input>

/** Probability of danger from which all are called; below it the worker alone is asked to look at once. */
const ALARM = 0.3

/** What the words make of it; an explicit report is logged whatever the recogniser thinks. */
export function reportOf(turn: Turn, text: string): Report {
  const { understanding, actor, place } = turn
  const danger = understanding?.urgent ? understanding.confidence.urgent : 0
  const category = understanding?.category ?? understanding?.likelyCategory ?? 'other'
  return {
    kind: understanding?.intent === 'consult' ? 'consult' : 'request',
    accountId: actor.accountId,
    reporterName: actor.name,
    householdId: actor.householdId,
    chatId: place.chatId,
    chatGridId: place.gridId,
    text,
    category,
    urgent: danger >= ALARM,
    maybeUrgent: danger > 0 && danger < ALARM,
    address: understanding?.address ?? { building: null, unit: null, room: null },
  }
}

function decide(state: LogState | null, turn: Turn, given: Input): Decision {
  const { community, place } = turn
  if (!community || !state) return given.explicit || place.kind === 'private' ? refuse(turn, NO_COMMUNITY) : LEAVE
  const own = state.similar.find(({ request }) =>
    request.reporters.some((one) => one.accountId === turn.actor.accountId),
  )?.request
  if (own && !given.explicit)
    // The same person about the same thing again is an addition, not a second request.
    return {
      events: [
        {
          type: 'request.detail_added',
          communityId: own.communityId,
          subject: `request:${own.number}`,
          page: 'requests',
          gridId: own.gridId,
          householdId: own.householdId,
          workerId: own.worker?.id ?? null,
          text: `补充：${given.text.slice(0, 200)}`,
          data: { number: own.number, words: given.text, attachments: attachmentsOf(turn) },
        },
      ],
      drafts: [
        ...(place.kind === 'private' ? [say(turn, texts.detailAdded(own))] : []),
        {
          key: `request:${own.number}:detail:${turn.inboxId}`,
          to: own.worker
            ? { kind: 'person', personId: own.worker.id, communityId: own.communityId }
            : { kind: 'managers', communityId: own.communityId },
          text: texts.detailToWorker(own, given.text, attachedText(attachmentsOf(turn))),
          priority: 'reply',
          subject: `request:${own.number}`,
        },
      ],
    }
  return decideLog({
    community,
    report: reportOf(turn, given.text),
    state,
    now: turn.now,
    attachments: attachmentsOf(turn),
    replyTo: { kind: 'here' },
    inGroup: place.kind !== 'private',
  })
}

const NO_COMMUNITY = '还不知道您是哪个社区的。请在您小区的居民群里说，或发“绑定 3-2-501 姓名”。'

/** The ways in for residents' own words; `sameProblem` proposes merges to the worker. */
export function reportCommands(sameProblem: SameProblem) {
  const load = async (tx: Tx, turn: Turn, given: Input): Promise<LogState | null> =>
    turn.community ? prepareLog(tx, sameProblem, turn.community, reportOf(turn, given.text), turn.now) : null

  /** `报事 …`, `@bot 报事 …`, `/report …`: always logged. */
  const reportExplicit = command<Input, LogState | null>({
    name: 'requests.report',
    help: { say: '报事 3幢2单元电梯坏了', does: '登记一件诉求（直接说问题也行）', roles: ['resident'] },
    roles: 'anyone',
    input,
    match: (turn) => {
      if (turn.said.kind !== 'text') return null
      const found = EXPLICIT.exec(turn.said.text)
      if (!found) return null
      const text = turn.said.text.slice(found[0].length).trim()
      // “报修电话多少” in a group is a question among neighbours unless it is said to us.
      if (!turn.said.addressed && !/^(?:[/／]|报事|我要)/.test(turn.said.text)) return null
      return { text, explicit: true }
    },
    load: async (tx, turn, given) => (given.text ? load(tx, turn, given) : null),
    decide: (state, turn, given) =>
      given.text === ''
        ? {
            ...refuse(turn, '请说一句：哪里（几幢几单元）、出了什么问题。'),
            ask: { command: 'requests.report-answer', input: {}, expiresInMs: 10 * 60_000 },
          }
        : decide(state, turn, given),
  })

  /** The words after a bare “报事”. */
  const reportAnswer = command<object, LogState | null>({
    name: 'requests.report-answer',
    roles: 'anyone',
    input: z.object({}),
    match: () => null,
    load: async (tx, turn) =>
      turn.said.kind === 'answer' ? load(tx, turn, { text: turn.said.text, explicit: true }) : null,
    decide: (state, turn) =>
      turn.said.kind === 'answer' ? decide(state, turn, { text: turn.said.text, explicit: true }) : LEAVE,
  })

  /** Plain talk that the recogniser takes for a request or a question to the community. */
  const reportUnderstood = command<Input, LogState | null>({
    name: 'requests.understood',
    roles: 'anyone',
    input,
    match: (turn) => {
      const { said, understanding, triage, place } = turn
      if (said.kind !== 'text' || !understanding || !spokenByResident(turn)) return null
      if (place.kind !== 'residents' && place.kind !== 'private') return null
      const consult = understanding.intent === 'consult' && understanding.confidence.intent >= CONSULT_SURE
      return triage === 'log' || consult ? { text: said.text, explicit: false } : null
    },
    load,
    decide,
  })

  /** In private the unsure are asked themselves: nobody else is troubled, and nobody is left without an answer. */
  const offerToLog = command<Offered, null>({
    name: 'requests.offer',
    roles: 'anyone',
    input: offered,
    match: (turn) => {
      const { said, understanding, place } = turn
      if (said.kind !== 'text' || place.kind !== 'private' || !understanding || !turn.community) return null
      if (!spokenByResident(turn) || said.text.length < SHORTEST) return null
      const maybe = turn.triage === 'ask_worker' || understanding.requestProbability >= WORTH_ASKING
      const { category, urgent, address } = reportOf(turn, said.text)
      return maybe ? { text: said.text, category, urgent, address, attachments: [...said.attachments] } : null
    },
    load: async () => null,
    decide: (_state, turn, given) =>
      refuse(turn, texts.offerToLog(given.text), [
        { label: '登记', command: 'requests.offered', input: given },
        { label: '不用', command: 'requests.declined', input: {} },
      ]),
  })

  const offeredLog = command<Offered, LogState | null>({
    name: 'requests.offered',
    roles: 'anyone',
    input: offered,
    match: () => null,
    load: async (tx, turn, given) =>
      turn.community ? prepareLog(tx, sameProblem, turn.community, offeredReport(turn, given), turn.now) : null,
    decide: (state, turn, given) =>
      turn.community && state
        ? decideLog({
            community: turn.community,
            report: offeredReport(turn, given),
            state,
            now: turn.now,
            attachments: given.attachments,
            replyTo: { kind: 'here' },
            inGroup: turn.place.kind !== 'private',
          })
        : refuse(turn, NO_COMMUNITY),
  })

  const declined = command<object, null>({
    name: 'requests.declined',
    roles: 'anyone',
    input: z.object({}),
    match: () => null,
    load: async () => null,
    decide: (_state, turn) => refuse(turn, texts.neededNot),
  })

  return { reportExplicit, reportAnswer, reportUnderstood, offerToLog, offeredLog, declined }
}

const CONSULT_SURE = 0.7
/** In private a question costs nobody anything. */
const WORTH_ASKING = 0.1
const SHORTEST = 4

const part = z.string().nullable()
const offered = z.object({
  text: z.string(),
  category: z.enum(CATEGORIES),
  urgent: z.boolean(),
  address: z.object({ building: part, unit: part, room: part }),
  /** What came with the words: they are kept once it is logged, not before. */
  attachments: z.array(attachmentSchema).default([]),
})
type Offered = z.infer<typeof offered>

const offeredReport = (turn: Turn, { attachments: _, ...given }: Offered): Report => ({
  ...reportOf(turn, given.text),
  ...given,
  kind: 'request',
})

/** Workers at work in a group answer and announce; they log with 报事. In private their own words are commands. */
const spokenByResident = (turn: Turn): boolean =>
  !turn.actor.roles.some((role) => role !== 'resident') || turn.place.kind === 'unknown'
