import type { Understanding } from '../../../kernel/intent.js'
import { maskText } from '../../../kernel/masking.js'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { numberIn, readPhrase } from '../phrases.js'
import { findReference, recentInChat, similarOpen } from '../store.js'
import { excerpt, texts } from '../texts.js'
import type { RequestView } from '../types.js'
import { detailed } from './detail.js'
import { understood } from './own.js'
import {
  attachmentsOf,
  happened,
  LEAVE,
  onTurn,
  type RefInput,
  refInput,
  refuse,
  say,
  toWorker,
  withAttachments,
} from './shared.js'

const HOUR_MS = 3_600_000
/** A me-too without an address leans on what the group heard this recently. */
const LEAN_MS = 24 * HOUR_MS

interface State {
  readonly request: RequestView | null
  /** Named or quoted outright, so that the sender expects an answer. */
  readonly named: boolean
  readonly households: number
}

/** 附议 0007, or “我家也是” in plain words: another household joins. In a group it is noted silently. */
export const metoo = command<RefInput, State>({
  name: 'requests.metoo',
  help: { say: '附议 0007', does: '同样的问题，加上您这一户', roles: ['resident'] },
  roles: 'anyone',
  input: refInput,
  match: (turn) => {
    if (turn.said.kind !== 'text') return null
    const phrase = readPhrase(turn.said.text, ['附议', '我也是这个问题'])
    return phrase && { number: phrase.ref, words: phrase.rest }
  },
  load: async (tx, turn, input) => {
    const found = await findReference(tx, turn, input.number ?? null, async () => [])
    const request = found.kind === 'found' ? found.request : null
    return { request, named: true, households: request?.reporters.length ?? 0 }
  },
  decide: join,
})

export const metooUnderstood = command<RefInput, State>({
  name: 'requests.metoo-understood',
  roles: 'anyone',
  input: refInput,
  match: (turn) => understood(turn, 'metoo'),
  load: async (tx, turn) => {
    const request = await leaningOn(tx, turn)
    return { request, named: false, households: request?.reporters.length ?? 0 }
  },
  decide: join,
})

/** The request a me-too leans on: the quoted one, one of the same place and kind, else the group's latest of that kind. */
async function leaningOn(tx: Parameters<typeof recentInChat>[0], turn: Turn): Promise<RequestView | null> {
  const quoted = turn.said.kind === 'text' ? turn.said.quoted : null
  if (numberIn(quoted?.subject) ?? numberIn(quoted?.text)) {
    const found = await findReference(tx, turn, null, async () => [])
    return found.kind === 'found' ? found.request : null
  }
  const { understanding, community } = turn
  if (!understanding || !community) return null
  if (understanding.category && understanding.address.building) {
    const since = new Date(turn.now.getTime() - community.settings.sameProblemDays * 24 * HOUR_MS)
    const [same] = await similarOpen(tx, community.id, understanding.address, understanding.category, since)
    if (same) return same
  }
  const recent = await recentInChat(tx, turn.place.chatId, new Date(turn.now.getTime() - LEAN_MS))
  return bestFit(recent, understanding)
}

/** Whom the words lean on: the place counts more than the kind, which a short “我家也是” rarely tells. Newest first. */
export function bestFit(
  recent: readonly RequestView[],
  { category, address }: Pick<Understanding, 'category' | 'address'>,
): RequestView | null {
  const placed = recent.filter(
    (one) => !address.building || !one.address.building || one.address.building === address.building,
  )
  const here = address.building ? placed.filter((one) => one.address.building === address.building) : []
  const among = here.length > 0 ? here : placed
  return among.find((one) => one.category === category) ?? (here.length > 0 || !category ? (among[0] ?? null) : null)
}

function join({ request, named, households }: State, turn: Turn, input: RefInput): Decision {
  if (!request || request.communityId !== turn.community?.id) return named ? refuse(turn, texts.metooWhich) : LEAVE
  if (request.status === 'closed') return named ? refuse(turn, texts.closedAlready(request)) : LEAVE
  const already = request.reporters.some((one) => one.accountId === turn.actor.accountId)
  if (already) return named ? refuse(turn, texts.metooJoined(request)) : addition(request, turn, input.words)
  const event = happened(request, 'joined', `附议：${excerpt(maskText(input.words), 80) || '同样的问题'}`, {
    accountId: turn.actor.accountId,
    householdId: turn.actor.householdId,
    chatId: turn.place.chatId,
    words: input.words,
    ...withAttachments(turn),
  })
  return {
    events: [event],
    drafts: [
      ...(named || turn.place.kind === 'private' ? [say(turn, texts.metooJoined(request))] : []),
      toWorker(request, onTurn(turn, 'joined'), texts.metooToWorker(request, households + 1), { priority: 'push' }),
    ],
  }
}

const SHORT_WORDS = 6

/** One who reported it already and says more of it: new facts are passed on, a nod is not. */
const addition = (request: RequestView, turn: Turn, words: string): Decision =>
  words.length > SHORT_WORDS || attachmentsOf(turn).length > 0
    ? detailed(request, turn, { words, attachments: attachmentsOf(turn) })
    : LEAVE
