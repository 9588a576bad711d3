import { z } from 'zod'
import { maskText } from '../../../kernel/masking.js'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { requestByNumber } from '../store.js'
import { RESOLUTION_NAMES, texts, WHOSE } from '../texts.js'
import { type RequestView, type Resolution, shortNumber } from '../types.js'
import { happened, onTurn, refuse, STAFF, say, toReporters, withAttachments } from './shared.js'
import { staffCommand } from './staff.js'

/** Closes a request and asks its reporters, once a closing, whether it is settled. */
export function closing(request: RequestView, turn: Turn, resolution: Resolution, words: string): Decision {
  const close = request.closings + 1
  const own = turn.community?.settings.texts ?? {}
  const event = happened(request, 'closed', `${RESOLUTION_NAMES[resolution]}：${words}`, {
    resolution,
    words,
    closing: close,
    ...withAttachments(turn),
  })
  const rate = (score: string) => ({
    command: 'requests.rate',
    input: { number: request.number, closing: close, score },
  })
  const asked = resolution === 'solved' || resolution === 'cannot' || resolution === 'not_ours'
  const labels =
    resolution === 'solved'
      ? (['解决了，满意', '基本满意', '没解决'] as const)
      : (['可以，满意', '基本满意', '不满意'] as const)
  const choices = asked
    ? [
        { label: labels[0], ...rate('satisfied') },
        { label: labels[1], ...rate('fairly') },
        { label: labels[2], ...rate('unsatisfied') },
      ]
    : undefined
  return {
    events: [event],
    drafts: [
      say(
        turn,
        asked ? texts.closed(request) : `${shortNumber(request.number)} 已办结（${RESOLUTION_NAMES[resolution]}）。`,
      ),
      ...toReporters(request, `closed:${close}`, (one) => texts.closedToReporter(own, one, resolution, words), {
        groupText: texts.closedInGroup(request, words),
        ...(choices ? { choices } : {}),
      }),
    ],
  }
}

export const solve = staffCommand<null>({
  name: 'requests.solve',
  verbs: ['办结', '已解决', '已处理', '完成'],
  verb: '办结',
  help: { say: '办结 0012 已更换门机皮带', does: '办好了，请居民评价' },
  askWords: texts.askResult,
  decide: (request, turn, words) => closing(request, turn, 'solved', words),
})

export const cannot = staffCommand<null>({
  name: 'requests.cannot',
  verbs: ['无法解决', '解决不了', '办不了'],
  verb: '结掉',
  help: { say: '办不了 0012 需等明年大修', does: '办不了，写明原因' },
  askWords: texts.askWhy,
  decide: (request, turn, words) => closing(request, turn, 'cannot', words),
})

/** 不受理: not ours. The resident must learn whose it is: the worker picks one or writes it. */
export const notOurs = staffCommand<null>({
  name: 'requests.not-ours',
  verbs: ['不受理', '不归我们管', '不归我们'],
  verb: '不受理',
  help: { say: '不受理 0012 属业主自用水管', does: '不归社区管，告诉居民该找谁' },
  decide: (request, turn, words) => {
    const input = (whose: string) => ({ number: request.number, reason: words, whose })
    return refuse(turn, texts.askWhose, [
      ...WHOSE.map((whose) => ({ label: whose, command: 'requests.whose', input: input(whose) })),
      { label: '其他，写一句', command: 'requests.whose', input: input('') },
    ])
  },
})

const whoseInput = z.object({ number: z.string(), reason: z.string(), whose: z.string() })

export const whose = command<z.infer<typeof whoseInput>, RequestView | null>({
  name: 'requests.whose',
  roles: STAFF,
  input: whoseInput,
  match: () => null,
  load: (tx, _turn, input) => requestByNumber(tx, input.number),
  decide: (request, turn, input) => {
    if (!request || request.communityId !== turn.community?.id) return refuse(turn, texts.noSuch(input.number))
    if (request.status === 'closed') return refuse(turn, texts.tapped)
    const named = turn.said.kind === 'answer' ? turn.said.text.trim() : input.whose
    if (named === '')
      return {
        ...refuse(turn, texts.askWhoseWords),
        ask: { command: 'requests.whose', input, expiresInMs: 10 * 60_000 },
      }
    return closing(request, turn, 'not_ours', [named, input.reason].filter(Boolean).join('，'))
  },
})

/** 不是诉求: takes a mistaken logging down; the words are kept, masked, to learn from. */
export const notARequest = staffCommand<null>({
  name: 'requests.not-a-request',
  verbs: ['不是诉求', '误登记', '撤下'],
  verb: '撤下',
  help: { say: '不是诉求 0012', does: '误登记的撤下，机器人会记住' },
  decide: (request, turn) => ({
    events: [
      happened(request, 'closed', '不是诉求，撤下', {
        resolution: 'not_a_request',
        words: '',
        closing: request.closings,
      }),
      {
        ...happened(request, 'example_kept', '', {
          text: maskText(request.text),
          intent: 'chatter',
          category: null,
          urgent: false,
          address: request.address,
          source: 'not_a_request',
        }),
        page: null,
      },
    ],
    drafts: [
      say(turn, texts.notRequest(request)),
      ...toReporters(request, onTurn(turn, 'taken-down'), texts.takenDown),
    ],
  }),
})
