import type { Answer, Answers, Definition, Question } from './types.js'

/** What is asked next: a question, or why an answer to it was low. */
export interface Step {
  readonly key: string
  readonly question: Question
  readonly why: boolean
}

/** Whether an earlier answer opens this question. */
export function isShown(question: Question, answers: Answers): boolean {
  const rule = question.showIf
  if (!rule) return true
  const given = answers[rule.question]
  const values = (Array.isArray(given) ? given : [given]).filter((value) => typeof value === 'number')
  const { in: listed, below } = rule
  return values.some((value) => listed?.includes(value) || (below !== undefined && value < below))
}

/** Whether an answer is so low that the question wants a reason. */
export function needsReason(question: Question, answer: Answer | undefined): boolean {
  if (question.kind !== 'scale' && question.kind !== 'matrix') return false
  const { reasonBelow } = question
  if (reasonBelow === undefined) return false
  const scores = Array.isArray(answer) ? answer : [answer]
  return scores.some((score) => typeof score === 'number' && score < reasonBelow)
}

/** Steps as the answers so far open them, in order. */
function steps(definition: Definition, answers: Answers): Step[] {
  return definition.questions
    .filter((question) => isShown(question, answers))
    .flatMap((question) => {
      const asked: Step = { key: question.key, question, why: false }
      const reason: Step = { key: `${question.key}.why`, question, why: true }
      return needsReason(question, answers[question.key]) ? [asked, reason] : [asked]
    })
}

/** The first step without an answer; null when the ballot is full. */
export const nextStep = (definition: Definition, answers: Answers): Step | null =>
  steps(definition, answers).find((step) => answers[step.key] === undefined) ?? null

/** How far a ballot is: `done` of about `total` steps. */
export function howFar(definition: Definition, answers: Answers): { done: number; total: number } {
  const open = steps(definition, answers)
  return { done: open.filter((step) => answers[step.key] !== undefined).length, total: open.length }
}

/** The answers without the last one given. */
export function stepBack(definition: Definition, answers: Answers): Answers {
  const last = steps(definition, answers)
    .filter((step) => answers[step.key] !== undefined)
    .at(-1)
  if (!last) return answers
  return Object.fromEntries(Object.entries(answers).filter(([key]) => key !== last.key))
}

/** Answers of questions that are open at the end: a change of mind upstream leaves no stray answer behind. */
export function settled(definition: Definition, answers: Answers): Answers {
  const open = new Set(steps(definition, answers).map((step) => step.key))
  return Object.fromEntries(Object.entries(answers).filter(([key]) => open.has(key)))
}
