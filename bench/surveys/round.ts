import type { Database } from '../../src/db/client.js'
import type { CommunityView, DomainEvent } from '../../src/kernel/module.js'
import { castAll as castTogether } from '../../src/modules/surveys/ballot-box.js'
import { resultsOf } from '../../src/modules/surveys/closing.js'
import { draftedEvent, newSurvey } from '../../src/modules/surveys/commands/write.js'
import { recorded } from '../../src/modules/surveys/events.js'
import { drawFrame } from '../../src/modules/surveys/frame.js'
import { candidatesOf, surveyByNumber } from '../../src/modules/surveys/store.js'
import { communityEvaluation } from '../../src/modules/surveys/templates.js'
import type { SurveyView } from '../../src/modules/surveys/types.js'

export interface Round {
  readonly db: Database
  readonly community: CommunityView
  readonly now: Date
  apply(events: readonly DomainEvent[]): Promise<void>
}

const NUMBER = 'BN-W1'

export async function surveyOf({ db }: Round): Promise<SurveyView> {
  const survey = await surveyByNumber(db.read, NUMBER)
  if (!survey) throw new Error('the round was not written')
  return survey
}

/** From the register to the written roll, as publishing does it. */
export async function drawAndStart(round: Round): Promise<{ seconds: number }> {
  const { db, community, now } = round
  const base = { number: NUMBER, communityId: community.id, owner: 'surveyor' as const, seed: 'bench' }
  const scope = { scopeKind: 'community' as const, scopeId: community.id, series: `community:${community.id}` }
  const survey = newSurvey(communityEvaluation(community.name, '2026', {}), { ...base, ...scope }, now)
  await round.apply([draftedEvent(survey, 1)])
  const started = performance.now()
  const { candidates, excluded } = await candidatesOf(db.read, survey, now)
  const frame = drawFrame(candidates, survey.definition.sample, survey.seed)
  const { length: invited } = frame.invited
  await round.apply([
    recorded('started', survey, '', {
      ...{ number: NUMBER, hash: survey.definitionHash, seed: survey.seed, eligible: invited, excluded, invited },
      ...{ cells: [...frame.cells], endsAt: new Date(now.getTime() + 10 * 86_400_000).toISOString() },
    }),
  ])
  return { seconds: (performance.now() - started) / 1000 }
}

const WORDS = ['停车位太少', '电梯老坏', '', '', '楼道卫生', '', '希望多办活动', '']

/** Transactions under way together. */
const AT_ONCE = 64

/** Households that have not answered yet, `size` ballots a transaction. Answers ballots a second. */
export async function castAll(round: Round, size: number, most = Number.POSITIVE_INFINITY): Promise<number> {
  const survey = await surveyOf(round)
  const waiting = await round.db.read.surveyRoll.findMany({ where: { surveyId: survey.id, state: 'w' } })
  const open = waiting.slice(0, most)
  const started = performance.now()
  const handIn = (at: number) =>
    round.db.write((tx) => {
      const ballots = open.slice(at, at + size).map(({ subjectId, cell }, index) => {
        const mark = (step: number) => 5 - (Math.floor((at + index) / step) % 5)
        const text = WORDS[(at + index) % WORDS.length] ?? ''
        const words = text === '' ? [] : [{ question: 'opinion', category: 'parking', text }]
        const choices = JSON.stringify([mark(1), mark(5), mark(25), null])
        return { surveyId: survey.id, subjectId, anonymous: true, cell, choices, words, day: '2026-11-23', token: null }
      })
      return castTogether(tx, ballots, round.now)
    })
  // As they come in: several at once, whose commits the writer lane gathers.
  for (let at = 0; at < open.length; at += size * AT_ONCE)
    await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) => at + index * size).flatMap((start) =>
        start < open.length ? [handIn(start)] : [],
      ),
    )
  return (open.length * 1000) / (performance.now() - started)
}

export async function countBallots(round: Round): Promise<{ seconds: number; ballots: number }> {
  const survey = await surveyOf(round)
  const started = performance.now()
  const results = await round.db.write((tx) => resultsOf(tx, survey, 5))
  return { seconds: (performance.now() - started) / 1000, ballots: results.answered }
}
