import type { Tx } from '../../../db/transaction.js'
import type { Decision, Turn } from '../../../kernel/module.js'
import { findReference, openRequestsOf, type Reference } from '../store.js'
import { texts } from '../texts.js'
import type { RequestView } from '../types.js'
import { LEAVE, type RefInput, refuse, withRequest } from './shared.js'

export const RESIDENT = ['resident'] as const

const ownOpen = (tx: Tx, turn: Turn) => () => openRequestsOf(tx, turn.actor.accountId)

/** A resident's phrase about one of their own requests, or what the recogniser took for one. */
export async function loadOwn(tx: Tx, turn: Turn, input: RefInput): Promise<Reference> {
  const found = await findReference(tx, turn, input.number ?? null, ownOpen(tx, turn))
  if (found.kind !== 'found') return found
  const mine = found.request.reporters.some((one) => one.accountId === turn.actor.accountId)
  return mine ? found : { kind: 'none', ref: input.number ?? null }
}

/** Said to us: by name, in private or with a button. */
export const addressed = (turn: Turn): boolean => turn.said.kind !== 'text' || turn.said.addressed

/** In a group, plain talk that fits none of the sender's requests is left alone rather than asked about. */
export function quietly(
  turn: Turn,
  reference: Reference,
  about: { command: string; verb: string; words: string },
  work: (request: RequestView) => Decision,
): Decision {
  if (reference.kind === 'none' && !addressed(turn)) return LEAVE
  if (reference.kind === 'none' && !reference.ref) return refuse(turn, texts.nothingOpen)
  return withRequest(turn, reference, about, work)
}

/** Who speaks of a closed request may have it opened again. */
export const contestOffer = (request: RequestView, turn: Turn): Decision =>
  refuse(turn, `${request.number} 已办结：${request.resolutionNote ?? ''}。没解决的话点一下，我马上重开。`, [
    {
      label: '没解决',
      command: 'requests.rate',
      input: { number: request.number, closing: request.closings, score: 'unsatisfied' },
    },
  ])

/** Plain words of a resident whose meaning the recogniser is sure enough of. */
export function understood(turn: Turn, intent: 'chase' | 'withdraw' | 'feedback' | 'metoo'): RefInput | null {
  const { said, understanding } = turn
  if (said.kind !== 'text' || understanding?.intent !== intent) return null
  if (turn.actor.roles.some((role) => role !== 'resident')) return null
  if (turn.place.kind !== 'residents' && turn.place.kind !== 'private') return null
  return { number: null, words: said.text }
}
