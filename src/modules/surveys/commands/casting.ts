import { type LocalDate, localDate } from '../../../kernel/local-time.js'
import type { Decision, DomainEvent, Turn } from '../../../kernel/module.js'
import type { Cast } from '../ballot-box.js'
import { settled } from '../decide-flow.js'
import { unrecorded } from '../events.js'
import { texts } from '../texts.js'
import type { Answers, ProgressView, SurveyView } from '../types.js'
import { categoryOf } from '../words.js'
import { say } from './shared.js'

/** The event that keeps a half-filled ballot. */
export const saved = (survey: SurveyView, progress: ProgressView, answers: Answers, faults: number) =>
  unrecorded('progressed', survey.communityId, `survey:${survey.number}`, {
    ...{ token: progress.token, surveyId: survey.id, accountId: progress.accountId },
    ...{ subjectId: progress.subjectId, cell: progress.cell, answers: { ...answers }, faults },
  })

/** Full ballots on their way into the box. */
export const castEvent = (survey: SurveyView, ballots: readonly Cast[]): DomainEvent =>
  unrecorded('cast', survey.communityId, `survey:${survey.number}`, { ballots: [...ballots] })

/** A full ballot as the box takes it. */
export function ballotOf(
  survey: SurveyView,
  from: { readonly subjectId: number; readonly cell: string; readonly token: string | null },
  given: Answers,
  day: LocalDate,
): Cast {
  const answers = settled(survey.definition, given)
  const { questions } = survey.definition
  const choices = questions.map(({ kind, key }) => (kind === 'text' ? null : (answers[key] ?? null)))
  const words = Object.entries(answers).flatMap(([question, text]) =>
    typeof text === 'string' && text !== '' ? [{ question, category: categoryOf(text), text }] : [],
  )
  return {
    surveyId: survey.id,
    anonymous: survey.anonymous,
    ...from,
    choices: JSON.stringify(choices),
    words,
    day,
  }
}

/** Puts a full ballot into the box, whether it was filled in on the page or in the chat. */
export function castBallot(survey: SurveyView, progress: ProgressView, answers: Answers, turn: Turn): Decision {
  const { subjectId, cell, token } = progress
  const day = localDate(turn.now, turn.community?.timezone ?? 'Asia/Shanghai')
  const event = castEvent(survey, [ballotOf(survey, { subjectId, cell, token }, answers, day)])
  const thanks = say(turn, texts.cast(survey), { key: `ballot:thanks:${turn.inboxId}` })
  return { events: [event], drafts: [thanks] }
}
