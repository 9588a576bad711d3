import type { Decision, Draft, Turn } from '../../kernel/module.js'
import { logTexts } from './texts.js'

/** Answers where the worker spoke; out of a residents' group in private. */
export function reply(turn: Turn, name: string, text: string): Draft {
  const key = `turn:${turn.inboxId}:visit-${name}`
  const inGroup = turn.place.kind === 'residents' || turn.place.kind === 'subdistrict'
  if (!inGroup || turn.actor.personId === null || turn.community === null)
    return { key, to: { kind: 'here' }, text, priority: 'reply', mention: true }
  return {
    key,
    to: { kind: 'person', personId: turn.actor.personId, communityId: turn.community.id, privateOnly: true },
    text: `${text}\n${logTexts.privately}`,
    priority: 'reply',
  }
}

export const say = (turn: Turn, name: string, text: string): Decision => ({
  events: [],
  drafts: [reply(turn, name, text)],
})
