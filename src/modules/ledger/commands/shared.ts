import { z } from 'zod'
import type { Decision, Draft, DraftChoice, Turn } from '../../../kernel/module.js'

export const STAFF = ['worker', 'coordinator', 'manager', 'officer'] as const
export const LEADERS = ['manager', 'officer'] as const

export const wordsInput = z.object({ words: z.string().max(500) })
export type WordsInput = z.infer<typeof wordsInput>

/** An answer where it was asked. */
export const say = (turn: Turn, text: string, more: Partial<Draft> = {}): Draft => ({
  key: `turn:${turn.inboxId}:ledger`,
  to: { kind: 'here' },
  text,
  priority: 'reply',
  mention: true,
  ...more,
})

export const reply = (turn: Turn, text: string, choices?: readonly DraftChoice[]): Decision => ({
  events: [],
  drafts: [say(turn, text, choices ? { choices } : {})],
})

/** The ledger is spoken of in private and among colleagues only, not before the neighbours. */
export const amongColleagues = ({ place, said }: Turn): boolean =>
  said.kind === 'text' && place.kind !== 'residents' && place.kind !== 'unknown'

export const has = (turn: Turn, roles: readonly string[]): boolean =>
  turn.actor.roles.some((role) => roles.includes(role))
