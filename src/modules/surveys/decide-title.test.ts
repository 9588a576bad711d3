import { describe, expect, it } from 'vitest'
import { type TitleOutcome, titleOutcome } from './decide-title.js'

const rules = { gain: 85, keep: 80, roundsToLose: 2, leastAnswers: 30 }

/** Plays rounds one after another; newest last. */
function play(scores: readonly (number | null)[], answered = 60): string[] {
  const rounds: TitleOutcome[] = []
  for (const score of scores) rounds.unshift(titleOutcome(rounds, score, answered, rules))
  return rounds.map((round) => round.outcome).reverse()
}

describe('和谐社区', () => {
  it('is gained at the mark, warned of once, lost the second time, and gained again', () => {
    expect(play([84.9, 85, 81, 79, 78, 84, 90])).toEqual([
      'missed',
      'gained',
      'kept',
      'warned',
      'lost',
      'missed',
      'gained',
    ])
  })

  it('survives one low round between good ones', () => {
    expect(play([90, 79, 82, 79, 82])).toEqual(['gained', 'warned', 'kept', 'warned', 'kept'])
  })

  it('neither comes nor goes by a round that too few answered', () => {
    expect(play([95], 10)).toEqual(['missed'])
    expect(titleOutcome([{ outcome: 'gained', held: true }], 20, 10, rules)).toEqual({ outcome: 'kept', held: true })
    expect(titleOutcome([{ outcome: 'gained', held: true }], null, 60, rules).held).toBe(true)
  })
})
