import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { maskText } from '../../../kernel/masking.js'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { readPhrase } from '../phrases.js'
import { closedRequestsOf, requestByNumber } from '../store.js'
import { termsOf } from '../terms.js'
import { excerpt, texts } from '../texts.js'
import { type RequestView, subjectOf } from '../types.js'
import { happened, LEAVE, onTurn, refuse, say, toWorker, withAttachments } from './shared.js'

const DAY_MS = 24 * 3_600_000
const REASON_MS = 60 * 60_000

const input = z.object({
  number: z.string(),
  closing: z.number().int(),
  score: z.enum(['satisfied', 'fairly', 'unsatisfied']),
})
type Input = z.infer<typeof input>

interface State {
  readonly request: RequestView | null
  readonly rated: boolean
}

const SOLVED = { satisfied: 'solved', fairly: 'partly', unsatisfied: 'not' } as const
const SCORE_NAMES = { satisfied: '满意', fairly: '基本满意', unsatisfied: '不满意' } as const

async function load(tx: Tx, turn: Turn, given: Input): Promise<State> {
  const request = await requestByNumber(tx, given.number)
  const key = { requestId: request?.id ?? -1, closing: given.closing, accountId: turn.actor.accountId }
  const rated = await tx.satisfaction.findUnique({ where: { requestId_closing_accountId: key }, select: { id: true } })
  return { request, rated: rated !== null }
}

/** One tap after a closing; attributed to the worker and block of that moment, asked once a closing. */
export const rate = command<Input, State>({
  name: 'requests.rate',
  roles: 'anyone',
  input,
  match: () => null,
  load,
  decide: ({ request, rated }, turn, given) => {
    if (!request?.reporters.some((one) => one.accountId === turn.actor.accountId))
      return refuse(turn, texts.noSuch(given.number))
    // Reopened or closed anew since: that closing's question is out of date.
    if (request.status !== 'closed' || request.closings !== given.closing) return refuse(turn, texts.tapped)
    if (rated) return refuse(turn, texts.rated(request))
    const event = happened(request, 'rated', `居民评价：${SCORE_NAMES[given.score]}`, {
      closing: given.closing,
      accountId: turn.actor.accountId,
      score: given.score,
      solved: SOLVED[given.score],
    })
    const ask = { command: 'requests.rate-reason', input: given, expiresInMs: REASON_MS }
    if (given.score === 'satisfied')
      return { events: [event], drafts: [say(turn, texts.thanks(turn.community?.settings.texts ?? {}))] }
    if (given.score === 'fairly') return { events: [event], drafts: [say(turn, texts.fairly)], ask }
    const refusal = mayContest(request, turn)
    return refusal
      ? { events: [event], drafts: [say(turn, refusal)] }
      : { events: [event], drafts: [say(turn, texts.contestAsk)], ask }
  },
})

/** What opens again gets its terms anew: those of the first time have passed. */
function newTerms(request: RequestView, turn: Turn): { acceptBy: string; closeBy: string } {
  if (!turn.community) return { acceptBy: request.acceptBy.toISOString(), closeBy: request.closeBy.toISOString() }
  const { acceptBy, closeBy } = termsOf(request, turn.community, turn.now)
  return { acceptBy: acceptBy.toISOString(), closeBy: closeBy.toISOString() }
}

/** Why a closing cannot be contested any more; null when it can. */
function mayContest(request: RequestView, turn: Turn): string | null {
  const days = turn.community?.settings.contestDays ?? 7
  if (request.contestedAt) return texts.contestOnce
  if (request.closedAt && turn.now.getTime() - request.closedAt.getTime() > days * DAY_MS)
    return texts.contestLate(days)
  return null
}

/** The reason after 基本满意 or 没解决; after the latter the request opens again. */
export const rateReason = command<Input, State>({
  name: 'requests.rate-reason',
  roles: 'anyone',
  input,
  match: () => null,
  // Another problem, or a phrase of ours, is not a reason.
  accepts: (turn) => turn.place.kind === 'private' || (turn.said.kind === 'text' && turn.said.addressed),
  load,
  decide: ({ request }, turn, given) => {
    if (!request || turn.said.kind !== 'answer') return LEAVE
    const words = turn.said.text.trim()
    const reason = happened(request, 'rating_explained', `评价理由：${excerpt(maskText(words), 120)}`, {
      closing: given.closing,
      accountId: turn.actor.accountId,
      reason: words,
      // Of a contest they are kept once, with its own event.
      ...(given.score === 'unsatisfied' ? {} : withAttachments(turn)),
    })
    if (given.score !== 'unsatisfied') return { events: [reason], drafts: [say(turn, texts.reasonThanks)] }
    const contested = contest(request, turn, words)
    return { events: [reason, ...contested.events], drafts: contested.drafts }
  },
})

function contest(request: RequestView, turn: Turn, words: string): Decision {
  if (request.status !== 'closed') return refuse(turn, texts.tapped)
  const refusal = mayContest(request, turn)
  if (refusal) return refuse(turn, refusal)
  const told = texts.contestedToStaff(request, words)
  return {
    events: [
      happened(request, 'contested', `居民说没解决：${excerpt(maskText(words), 120)}`, {
        words,
        ...newTerms(request, turn),
        ...withAttachments(turn),
      }),
    ],
    drafts: [
      say(turn, texts.contested(request)),
      toWorker(request, onTurn(turn, 'contested'), told),
      {
        key: `request:${request.number}:${onTurn(turn, 'contested')}:managers`,
        to: { kind: 'managers', communityId: request.communityId },
        text: told,
        priority: 'reply',
        subject: subjectOf(request.number),
      },
    ],
  }
}

/** “没解决 …” typed after a closing. */
export const contestTyped = command<{ number: string | null; words: string }, RequestView | null>({
  name: 'requests.contest',
  help: { say: '没解决 电梯还在抖', does: '办结后不满意，重开一次', roles: ['resident'] },
  roles: 'anyone',
  input: z.object({ number: z.string().nullable(), words: z.string() }),
  match: (turn) => {
    if (turn.said.kind !== 'text' || !turn.said.addressed) return null
    const phrase = readPhrase(turn.said.text, ['没解决', '没有解决', '不满意', '没修好', '重开'])
    return phrase && { number: phrase.ref, words: phrase.rest }
  },
  load: async (tx, turn, given) => {
    const days = turn.community?.settings.contestDays ?? 7
    const since = new Date(turn.now.getTime() - 2 * days * DAY_MS)
    const closed = await closedRequestsOf(tx, turn.actor.accountId, since)
    const suffix = given.number ? `-${given.number.padStart(4, '0')}` : null
    return closed.find((one) => !suffix || one.number === given.number || one.number.endsWith(suffix)) ?? null
  },
  decide: (request, turn, given) => {
    if (!request) return refuse(turn, texts.nothingToContest)
    const refusal = mayContest(request, turn)
    if (refusal) return refuse(turn, refusal)
    if (given.words === '')
      return {
        ...refuse(turn, texts.contestAsk),
        ask: {
          command: 'requests.rate-reason',
          input: { number: request.number, closing: request.closings, score: 'unsatisfied' },
          expiresInMs: REASON_MS,
        },
      }
    return contest(request, turn, given.words)
  },
})
