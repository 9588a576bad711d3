import { z } from 'zod'
import { shortTime } from '../../../kernel/local-time.js'
import { command, type Turn } from '../../../kernel/module.js'
import { cardChoices } from '../card.js'
import { readPhrase } from '../phrases.js'
import { findReference, openRequestsFor, type Reference } from '../store.js'
import { STATUS_NAMES, texts, title } from '../texts.js'
import type { RequestView } from '../types.js'
import { type RefInput, refInput, refuse, STAFF, say, withRequest } from './shared.js'

const SHOWN = 15

/** 待办: what a worker has in hand, a manager's whole community; the soonest due first. */
export const todo = command<{ all: boolean }, { requests: RequestView[]; timezone: string }>({
  name: 'requests.todo',
  help: { say: '待办', does: '看手上在办的诉求（主任看全社区）', roles: STAFF },
  roles: STAFF,
  input: z.object({ all: z.boolean() }),
  match: (turn) => {
    if (turn.said.kind !== 'text') return null
    const phrase = readPhrase(turn.said.text, ['我的待办', '待办', '在办'])
    return phrase && (phrase.rest === '' || phrase.rest === '全部') ? { all: phrase.rest === '全部' } : null
  },
  load: async (tx, turn, { all }) => {
    const whole = all || turn.actor.roles.includes('manager')
    const requests = turn.community
      ? await openRequestsFor(tx, turn.community.id, whole ? null : turn.actor.personId, SHOWN + 1)
      : []
    return { requests, timezone: turn.community?.timezone ?? 'Asia/Shanghai' }
  },
  decide: ({ requests, timezone }, turn) => {
    if (requests.length === 0) return refuse(turn, texts.todoNone)
    const lines = requests.slice(0, SHOWN).map((request) => texts.todoLine(request, timezone))
    const more = requests.length > SHOWN ? ['…只列最急的，发“待办 全部”或到网页看其余。'] : []
    return {
      events: [],
      drafts: [say(turn, [texts.todo(Math.min(requests.length, SHOWN)), ...lines, ...more].join('\n'))],
    }
  },
})

interface Detail {
  readonly reference: Reference
  readonly history: readonly { at: Date; text: string }[]
}

/** 详情 0012: one request's life. */
export const detailOf = command<RefInput, Detail>({
  name: 'requests.show',
  help: { say: '详情 0012', does: '看一件诉求的来龙去脉', roles: STAFF },
  roles: STAFF,
  input: refInput,
  match: (turn) => {
    if (turn.said.kind !== 'text') return null
    const phrase = readPhrase(turn.said.text, ['详情', '查看'])
    return phrase && phrase.rest === '' ? { number: phrase.ref, words: '' } : null
  },
  load: async (tx, turn, input) => {
    const candidates = () =>
      turn.community ? openRequestsFor(tx, turn.community.id, turn.actor.personId, 9) : Promise.resolve([])
    const reference = await findReference(tx, turn, input.number ?? null, candidates)
    const history =
      reference.kind === 'found'
        ? await tx.ledgerEntry.findMany({
            where: { subject: `request:${reference.request.number}` },
            orderBy: { id: 'asc' },
            select: { at: true, text: true },
          })
        : []
    return { reference, history }
  },
  decide: ({ reference, history }, turn) =>
    withRequest(turn, reference, { command: 'requests.show', verb: '看', words: '' }, (request) => ({
      events: [],
      drafts: [say(turn, life(request, history, turn), { subject: `request:${request.number}`, ...buttons(request) })],
    })),
})

const buttons = (request: RequestView) =>
  request.status === 'closed'
    ? {}
    : { choices: cardChoices(request.number, { accepted: request.status !== 'assigned' && request.status !== 'new' }) }

function life(request: RequestView, history: Detail['history'], turn: Turn): string {
  const zone = turn.community?.timezone ?? 'Asia/Shanghai'
  const head = `${request.number} ${title(request).slice(5)} ${STATUS_NAMES[request.status]}${request.worker ? `（${request.worker.name}）` : ''}`
  const joined = request.reporters.length > 1 ? [`${request.reporters.length} 户反映`] : []
  return [head, ...joined, ...history.map((one) => `${shortTime(one.at, zone)} ${one.text}`)].join('\n')
}
