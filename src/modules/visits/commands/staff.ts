import type { Role, Turn } from '../../../kernel/module.js'

/** Those who visit. */
export const VISITORS = ['worker', 'coordinator', 'manager'] as const satisfies readonly Role[]

/** Plain words of somebody who visits, not said in front of residents unless to the bot; null for anything else. */
export function staffWords(turn: Turn): string | null {
  if (turn.said.kind !== 'text') return null
  if (!VISITORS.some((role) => turn.actor.roles.includes(role))) return null
  const overheard = turn.place.kind !== 'private' && turn.place.kind !== 'workers' && !turn.said.addressed
  return overheard ? null : turn.said.text.replace(/^@\S+\s+/, '').trim()
}

export const isManager = (turn: Turn): boolean => turn.actor.roles.includes('manager')
