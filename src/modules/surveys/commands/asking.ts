import type { Draft, Question as PendingQuestion, Turn } from '../../../kernel/module.js'
import { howFar, nextStep, type Step } from '../decide-flow.js'
import { texts } from '../texts.js'
import type { Answers, SurveyView } from '../types.js'

/** How long a question waits for its answer; the ballot itself is kept until the round ends. */
const PATIENCE_MS = 24 * 3_600_000

/** The next question of a ballot, with its choices and the wait for an answer. */
export function askNext(
  survey: SurveyView,
  token: string,
  answers: Answers,
  turn: Turn,
  before = '',
): { drafts: Draft[]; ask?: PendingQuestion } {
  const step = nextStep(survey.definition, answers)
  if (!step) return { drafts: [] }
  const { done, total } = howFar(survey.definition, answers)
  const label = survey.anonymous || done > 0 ? '' : `${texts.named}\n`
  const text = step.why ? whyText(survey, step) : texts.question(step.question, done + 1, total)
  return {
    drafts: [
      {
        key: `ballot:${token}:${turn.inboxId}`,
        to: { kind: 'here' },
        text: `${before}${label}${text}`,
        priority: 'reply',
        ...choicesOf(step, token),
      },
    ],
    ask: {
      command: step.why || step.question.kind === 'text' ? 'surveys.words' : 'surveys.answer',
      input: { token },
      expiresInMs: PATIENCE_MS,
    },
  }
}

export const mustSayWhy = (survey: SurveyView): boolean => survey.kind === 'departments'

const whyText = (survey: SurveyView, { question }: Step): string =>
  mustSayWhy(survey) ? texts.whyRequired(question) : texts.why(question)

/** Buttons where one tap is an answer. Numbers, marks and words are typed: there a choice's number would be misread. */
function choicesOf({ question, why, key }: Step, token: string): Pick<Draft, 'choices'> {
  if (why) return {}
  const choice = (label: string, value: number | null) => ({
    label,
    command: 'surveys.answer',
    input: { token, step: key, value },
  })
  const skip = question.optional ? [choice('跳过', null)] : []
  if (question.kind === 'single')
    return { choices: [...question.options.map((label, index) => choice(label, index + 1)), ...skip] }
  if (question.kind === 'scale' && question.labels)
    return { choices: [...question.labels.map((label, index) => choice(label, question.points - index)), ...skip] }
  return {}
}
