/** What a round did to a community's title. */
export interface TitleOutcome {
  readonly outcome: 'gained' | 'kept' | 'warned' | 'lost' | 'missed'
  readonly held: boolean
}

export interface TitleRules {
  readonly gain: number
  readonly keep: number
  readonly roundsToLose: number
  readonly leastAnswers: number
}

/**
 * 和谐社区 by rounds (动态管理): gained at `gain` points, kept while no worse than `keep`, lost after so many low rounds in a
 * row. A round with too few answers changes nothing. `earlier` is newest first.
 */
export function titleOutcome(
  earlier: readonly TitleOutcome[],
  score: number | null,
  answered: number,
  rules: TitleRules,
): TitleOutcome {
  const held = earlier[0]?.held ?? false
  if (score === null || answered < rules.leastAnswers) return { outcome: held ? 'kept' : 'missed', held }
  if (!held) return score >= rules.gain ? { outcome: 'gained', held: true } : { outcome: 'missed', held: false }
  if (score >= rules.keep) return { outcome: 'kept', held: true }
  const good = earlier.findIndex((round) => round.outcome !== 'warned')
  const low = 1 + (good === -1 ? earlier.length : good)
  return low >= rules.roundsToLose ? { outcome: 'lost', held: false } : { outcome: 'warned', held: true }
}
