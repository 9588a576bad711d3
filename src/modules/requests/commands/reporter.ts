import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { maskText } from '../../../kernel/masking.js'
import { type AttachmentRef, attachmentSchema } from '../../../kernel/message.js'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { attachedText } from '../attached.js'
import { readPhrase } from '../phrases.js'
import { closedRequestsOf, findReference, openRequestsOf, type Reference } from '../store.js'
import { excerpt, texts } from '../texts.js'
import type { RequestView } from '../types.js'
import {
  happened,
  LEAVE,
  onTurn,
  type RefInput,
  refInput,
  refuse,
  say,
  toWorker,
  withAttachments,
  withRequest,
} from './shared.js'

const CHASE_PAUSE_MS = 2 * 3_600_000
const RESIDENT = ['resident'] as const
/** A picture belongs to a request reported this recently. */
const PICTURE_MS = 15 * 60_000

const ownOpen = (tx: Tx, turn: Turn) => () => openRequestsOf(tx, turn.actor.accountId)

/** A resident's phrase about one of their own requests, or what the recogniser took for one. */
async function loadOwn(tx: Tx, turn: Turn, input: RefInput): Promise<Reference> {
  const found = await findReference(tx, turn, input.number ?? null, ownOpen(tx, turn))
  if (found.kind !== 'found') return found
  const mine = found.request.reporters.some((one) => one.accountId === turn.actor.accountId)
  return mine ? found : { kind: 'none', ref: input.number ?? null }
}

const addressed = (turn: Turn): boolean => turn.said.kind !== 'text' || turn.said.addressed

/** In a group, plain talk that fits none of the sender's requests is left alone rather than asked about. */
function quietly(
  turn: Turn,
  reference: Reference,
  about: { command: string; verb: string; words: string },
  work: (request: RequestView) => Decision,
): Decision {
  if (reference.kind === 'none' && !addressed(turn)) return LEAVE
  if (reference.kind === 'none' && !reference.ref) return refuse(turn, texts.nothingOpen)
  return withRequest(turn, reference, about, work)
}

/** 进度: how my requests stand. Workers see their own list by 待办. */
export const progress = command<RefInput, { timezone: string; requests: RequestView[] }>({
  name: 'requests.progress',
  help: { say: '进度', does: '看自己报的事办到哪了', roles: RESIDENT },
  roles: 'anyone',
  input: refInput,
  match: (turn) => {
    if (turn.said.kind !== 'text') return null
    const phrase = readPhrase(turn.said.text, ['进度', '查进度', 'status', '我的诉求'])
    return phrase && (phrase.rest === '' || addressed(turn)) ? { number: phrase.ref, words: phrase.rest } : null
  },
  load: async (tx, turn, input) => {
    const timezone = turn.community?.timezone ?? 'Asia/Shanghai'
    if (input.number) {
      const own = await loadOwn(tx, turn, input)
      return { timezone, requests: own.kind === 'found' ? [own.request] : [] }
    }
    const open = await openRequestsOf(tx, turn.actor.accountId)
    if (open.length > 0) return { timezone, requests: open }
    const since = new Date(turn.now.getTime() - 30 * 24 * 3_600_000)
    return { timezone, requests: (await closedRequestsOf(tx, turn.actor.accountId, since)).slice(0, 1) }
  },
  decide: ({ timezone, requests }, turn) => {
    const [only] = requests
    if (!only) return refuse(turn, texts.nothingOpen)
    const lines = requests.map((request) => texts.progressOne(request, timezone))
    const text = requests.length === 1 ? (lines[0] ?? '') : [texts.progressList(requests.length), ...lines].join('\n')
    // Rooms and details are not for the group.
    if (turn.place.kind === 'private') return { events: [], drafts: [say(turn, text)] }
    return {
      events: [],
      drafts: [
        {
          key: `turn:${turn.inboxId}:progress`,
          to: { kind: 'account', accountId: turn.actor.accountId, groupId: turn.place.chatId },
          text,
          groupText: requests
            .map(
              (one) =>
                `${one.number.slice(-4)} ${texts.progressOne({ ...one, address: { ...one.address, room: null } }, timezone).split('：')[1] ?? ''}`,
            )
            .join('\n'),
          priority: 'reply',
        },
      ],
    }
  },
})

/** 催单, or a chase in plain words. */
export const chase = command<RefInput, Reference>({
  name: 'requests.chase',
  help: { say: '催单', does: '催一催自己报的事', roles: RESIDENT },
  roles: 'anyone',
  input: refInput,
  match: (turn) => {
    if (turn.said.kind !== 'text') return null
    const phrase = readPhrase(turn.said.text, ['催单', '催办', '催一下', '催一催', '催'])
    return phrase && (phrase.rest === '' || phrase.ref || addressed(turn))
      ? { number: phrase.ref, words: turn.said.text }
      : null
  },
  load: loadOwn,
  decide: (reference, turn, input) =>
    quietly(turn, reference, { command: 'requests.chase', verb: '催', words: input.words }, (request) =>
      chased(request, turn, input.words),
    ),
})

export const chaseUnderstood = command<RefInput, Reference>({
  name: 'requests.chase-understood',
  roles: 'anyone',
  input: refInput,
  match: (turn) => understood(turn, 'chase'),
  load: loadOwn,
  decide: (reference, turn, input) =>
    quietly(turn, reference, { command: 'requests.chase', verb: '催', words: input.words }, (request) =>
      chased(request, turn, input.words),
    ),
})

function chased(request: RequestView, turn: Turn, words: string): Decision {
  if (request.status === 'closed') return contestOffer(request, turn)
  const zone = turn.community?.timezone ?? 'Asia/Shanghai'
  const recent = request.chasedAt && turn.now.getTime() - request.chasedAt.getTime() < CHASE_PAUSE_MS
  if (recent) return refuse(turn, texts.chasedRecently(request))
  return {
    events: [
      happened(request, 'chased', `催单：${excerpt(maskText(words), 100)}`, {
        words,
        accountId: turn.actor.accountId,
        ...withAttachments(turn),
      }),
    ],
    drafts: [
      say(turn, texts.chased(request, request.worker)),
      toWorker(request, onTurn(turn, 'chased'), texts.chasedToWorker(request, words, zone)),
    ],
  }
}

const contestOffer = (request: RequestView, turn: Turn): Decision =>
  refuse(turn, `${request.number} 已办结：${request.resolutionNote ?? ''}。没解决的话点一下，我马上重开。`, [
    {
      label: '没解决',
      command: 'requests.rate',
      input: { number: request.number, closing: request.closings, score: 'unsatisfied' },
    },
  ])

/** 撤回, or “不用来了” in plain words. */
export const withdraw = command<RefInput, Reference>({
  name: 'requests.withdraw',
  help: { say: '撤回', does: '撤回自己报的事', roles: RESIDENT },
  roles: 'anyone',
  input: refInput,
  match: (turn) => {
    // A visit is called off by the module of visits: 撤销走访, 撤销 3-2-501.
    if (turn.said.kind !== 'text' || /^撤[回销]\s*(?:走访|\d+-\d+)/.test(turn.said.text)) return null
    const phrase = readPhrase(turn.said.text, ['撤回', '撤销'])
    return phrase && (phrase.rest === '' || phrase.ref || addressed(turn))
      ? { number: phrase.ref, words: phrase.rest }
      : null
  },
  load: loadOwn,
  decide: (reference, turn, input) =>
    quietly(turn, reference, { command: 'requests.withdraw', verb: '撤回', words: input.words }, (request) =>
      withdrawn(request, turn, input.words || '撤回'),
    ),
})

export const withdrawUnderstood = command<RefInput, Reference>({
  name: 'requests.withdraw-understood',
  roles: 'anyone',
  input: refInput,
  match: (turn) => understood(turn, 'withdraw'),
  load: loadOwn,
  decide: (reference, turn, input) =>
    quietly(turn, reference, { command: 'requests.withdraw', verb: '撤回', words: input.words }, (request) =>
      withdrawn(request, turn, input.words),
    ),
})

function withdrawn(request: RequestView, turn: Turn, words: string): Decision {
  if (request.status === 'closed') return refuse(turn, texts.closedAlready(request))
  // Somebody who only joined leaves it to the reporter to call it off.
  if (request.reporterId !== turn.actor.accountId) return LEAVE
  return {
    events: [
      happened(request, 'closed', `居民撤回：${excerpt(maskText(words), 80)}`, {
        resolution: 'withdrawn',
        words,
        closing: request.closings,
      }),
    ],
    drafts: [
      say(turn, texts.withdrawn(request)),
      toWorker(request, onTurn(turn, 'withdrawn'), texts.withdrawnToWorker(request, words)),
    ],
  }
}

type DetailInput = RefInput & { readonly attachments: readonly AttachmentRef[] }
const detailInput = refInput.extend({
  attachments: z.array(attachmentSchema).default([]),
})

/** 补充 0012 …, a picture after a report, or a reply to the bot's word about a request. */
export const detail = command<DetailInput, Reference>({
  name: 'requests.detail',
  help: { say: '补充 0012 下午又响了', does: '补充情况或图片', roles: RESIDENT },
  roles: 'anyone',
  input: detailInput,
  match: (turn) => {
    if (turn.said.kind !== 'text') return null
    const phrase = readPhrase(turn.said.text, ['补充'])
    return phrase && { number: phrase.ref, words: phrase.rest, attachments: turn.said.attachments }
  },
  load: loadOwn,
  decide: (reference, turn, input) =>
    quietly(turn, reference, { command: 'requests.detail', verb: '补充', words: input.words }, (request) =>
      detailed(request, turn, input),
    ),
})

/** A picture without words, or an answer to the bot's own message about one of the sender's requests. */
export const detailQuietly = command<DetailInput, Reference>({
  name: 'requests.detail-quietly',
  roles: 'anyone',
  input: detailInput,
  match: (turn) => {
    const { said } = turn
    if (said.kind !== 'text' || turn.actor.roles.some((role) => role !== 'resident')) return null
    const picture = said.attachments.length > 0 && said.text === ''
    const aboutIt = said.quoted?.subject?.startsWith('request:') && turn.triage !== 'log' && said.text.length > 3
    return picture || aboutIt ? { number: null, words: said.text, attachments: said.attachments } : null
  },
  load: async (tx, turn, input) => {
    const found = await loadOwn(tx, turn, input)
    if (found.kind === 'several' && turn.said.kind === 'text' && turn.said.text === '') {
      const [newest] = found.requests
      return newest ? { kind: 'found', request: newest } : found
    }
    return found
  },
  decide: (reference, turn, input) => {
    if (reference.kind !== 'found') return LEAVE
    const { request } = reference
    if (
      input.words === '' &&
      turn.now.getTime() - request.createdAt.getTime() > PICTURE_MS &&
      turn.place.kind !== 'private'
    )
      return LEAVE
    return detailed(request, turn, input)
  },
})

export function detailed(
  request: RequestView,
  turn: Turn,
  input: Pick<DetailInput, 'words' | 'attachments'>,
): Decision {
  if (request.status === 'closed') return contestOffer(request, turn)
  const words = input.words
  return {
    events: [
      happened(request, 'detail_added', `补充：${excerpt(maskText(words), 120) || '图片'}`, {
        words,
        attachments: input.attachments,
      }),
    ],
    drafts: [
      ...(turn.place.kind === 'private' || addressed(turn) ? [say(turn, texts.detailAdded(request))] : []),
      toWorker(request, onTurn(turn, 'detail'), texts.detailToWorker(request, words, attachedText(input.attachments))),
    ],
  }
}

/** A word on how a closed request was handled goes to whoever handled it, without noise in the group. */
export const feedback = command<RefInput, RequestView | null>({
  name: 'requests.feedback',
  roles: 'anyone',
  input: refInput,
  match: (turn) => understood(turn, 'feedback'),
  load: async (tx, turn) => {
    const days = turn.community?.settings.contestDays ?? 7
    const [latest] = await closedRequestsOf(
      tx,
      turn.actor.accountId,
      new Date(turn.now.getTime() - days * 24 * 3_600_000),
    )
    return latest ?? null
  },
  decide: (request, turn, input) =>
    request
      ? {
          events: [
            happened(request, 'feedback_given', `居民反馈：${excerpt(maskText(input.words), 120)}`, {
              words: input.words,
              ...withAttachments(turn),
            }),
          ],
          drafts: [
            ...(turn.place.kind === 'private' ? [say(turn, texts.reasonThanks)] : []),
            toWorker(request, onTurn(turn, 'feedback'), texts.feedbackToWorker(request, input.words)),
          ],
        }
      : turn.place.kind === 'private'
        ? refuse(turn, '谢谢，我转告社区。')
        : LEAVE,
})

/** Plain words of a resident whose meaning the recogniser is sure enough of. */
export function understood(turn: Turn, intent: 'chase' | 'withdraw' | 'feedback' | 'metoo'): RefInput | null {
  const { said, understanding } = turn
  if (said.kind !== 'text' || understanding?.intent !== intent) return null
  if (turn.actor.roles.some((role) => role !== 'resident')) return null
  if (turn.place.kind !== 'residents' && turn.place.kind !== 'private') return null
  return { number: null, words: said.text }
}
