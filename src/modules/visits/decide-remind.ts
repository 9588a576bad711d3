import type { Pace } from './decide-target.js'

/** How urgent the words are: three looks at the pace in a month, then the last days. */
export type Stage = 1 | 2 | 3 | 'last'

/** Working days before the end from which on words grow stronger and the manager is told. */
const LAST_DAYS = 3

/**
 * Whether a worker should hear that the month falls behind, by rule: at a quarter, a half and three quarters of the
 * worker's own days, and only when behind by two households and a tenth of the goal; in the last days whenever there is
 * a gap. Each stage is sent once a month, so that rules and not nagging decide.
 */
export function stageOf(target: number, pace: Pace): Stage | null {
  if (target === 0 || pace.gap === 0) return null
  if (pace.daysLeft <= LAST_DAYS) return 'last'
  if (pace.behind < Math.max(2, Math.ceil(target / 10))) return null
  if (pace.fraction >= 0.75) return 3
  if (pace.fraction >= 0.5) return 2
  return pace.fraction >= 0.25 ? 1 : null
}

/** Whether a moment lies in the working hours of a working day. Hours are local; 17.5 is 17:30. */
export const isWorkTime = (hour: number, isWorkday: boolean, hours: { from: number; to: number }): boolean =>
  isWorkday && hour >= hours.from && hour <= hours.to

export interface Colleague {
  readonly id: number
  readonly name: string
  readonly target: number
  readonly met: number
}

/** Who could help best, and with how much: somebody at work with the smallest gap, half of it at most five households. */
export function helperFor(
  gap: number,
  colleagues: readonly Colleague[],
): { readonly colleague: Colleague; readonly households: number } | null {
  const gapOf = (one: Colleague) => one.target - one.met
  const best = colleagues
    .filter((one) => one.target > 0 && gapOf(one) < gap / 2)
    .sort((a, b) => gapOf(a) - gapOf(b) || a.id - b.id)[0]
  const households = Math.min(5, Math.floor(gap / 2))
  return best && households > 0 ? { colleague: best, households } : null
}
