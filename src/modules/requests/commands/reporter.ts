import { maskText } from '../../../kernel/masking.js'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { readPhrase } from '../phrases.js'
import { closedRequestsOf, openRequestsOf, type Reference } from '../store.js'
import { excerpt, texts } from '../texts.js'
import type { RequestView } from '../types.js'
import { addressed, contestOffer, loadOwn, quietly, RESIDENT, understood } from './own.js'
import { happened, LEAVE, onTurn, type RefInput, refInput, refuse, say, toWorker, withAttachments } from './shared.js'

const CHASE_PAUSE_MS = 2 * 3_600_000
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
