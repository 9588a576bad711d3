import { fieldOf, reasonField } from '../../kernel/ballot-page.js'
import { readWords } from './decide-answer.js'
import { isShown, needsReason, nextStep } from './decide-flow.js'
import type { Answer, Answers, Definition, Question } from './types.js'

/** What a form sent, by the names of its fields. */
export type Fields = Readonly<Record<string, readonly string[]>>

/** Of a matrix row that cannot be judged. */
export const UNKNOWN = '-'
/** A row without a mark yet: no mark is nought. */
const OPEN = 0
/** An answer that is not complete yet is kept under this name, where the chat does not look for one. */
export const partOf = (key: string): string => `${key}.part`

const LONGEST = 1000

/** All answers as a form holds them; what was saved before is replaced. Unfinished ones are kept apart. */
export function readForm(definition: Definition, fields: Fields): Answers {
  const answers: Record<string, Answer> = {}
  for (const question of definition.questions) {
    const { key } = question
    const { answer, part } = readField(question, fields)
    if (answer !== undefined) answers[key] = answer
    else if (part !== undefined) answers[partOf(key)] = part
    const reason = (fields[reasonField(key)]?.[0] ?? '').trim()
    if (reason !== '') answers[`${key}.why`] = reason.slice(0, LONGEST)
  }
  return answers
}

function readField(question: Question, fields: Fields): { answer?: Answer; part?: Answer } {
  const sent = fields[fieldOf(question.key)] ?? []
  const first = (sent[0] ?? '').trim()
  switch (question.kind) {
    case 'single':
      return { answer: markOf(first, question.options.length) }
    case 'scale':
      return { answer: markOf(first, question.points) }
    case 'multiple': {
      const chosen = [...new Set(sent.flatMap((one) => markOf(one, question.options.length) ?? []))].sort(
        (a, b) => a - b,
      )
      if (chosen.length === 0) return {}
      return chosen.length <= (question.most ?? chosen.length) ? { answer: chosen } : { part: chosen }
    }
    case 'number': {
      if (first === '') return {}
      const value = Number(first.normalize('NFKC'))
      return value >= question.min && value <= question.max ? { answer: value } : { part: first.slice(0, 30) }
    }
    case 'text':
      return first === '' ? {} : { answer: readWords(first) }
    case 'matrix': {
      const marks = question.rows.map((_, row) => {
        const mark = fields[fieldOf(question.key, row)]?.[0]
        return mark === UNKNOWN ? null : (markOf(mark ?? '', question.points) ?? OPEN)
      })
      if (marks.every((mark) => mark === OPEN)) return {}
      return marks.includes(OPEN) ? { part: marks } : { answer: marks }
    }
  }
}

const markOf = (text: string, most: number): number | undefined =>
  /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= most ? Number(text) : undefined

/** What keeps a question from being cast as it stands; null when nothing does. */
export type Missing = 'answer' | 'rows' | 'most' | 'range' | 'reason'

export function missingOf(question: Question, answers: Answers, reasonRequired: boolean): Missing | null {
  const answer = answers[question.key]
  if (answer === undefined) {
    if (answers[partOf(question.key)] !== undefined)
      return question.kind === 'matrix' ? 'rows' : question.kind === 'multiple' ? 'most' : 'range'
    return question.optional ? null : 'answer'
  }
  const why = answers[`${question.key}.why`]
  const told = typeof why === 'string' && readWords(why) !== null
  return reasonRequired && needsReason(question, answer) && !told ? 'reason' : null
}

/** How many rows of a matrix have neither a mark nor a word that they cannot be judged. */
export function openRows(question: Question, answers: Answers): number {
  const part = answers[partOf(question.key)]
  return Array.isArray(part) ? part.filter((mark) => mark === OPEN).length : 0
}

/** The ballot as it is cast: what was left blank and may be is passed over. Null while something is missing. */
export function completed(definition: Definition, given: Answers, reasonRequired: boolean): Answers | null {
  let answers = given
  for (let step = nextStep(definition, answers); step; step = nextStep(definition, answers)) {
    if (!step.why && missingOf(step.question, answers, false) !== null) return null
    if (step.why && reasonRequired) return null
    answers = { ...answers, [step.key]: null }
  }
  const lacksReason = definition.questions.some(
    (question) => isShown(question, answers) && missingOf(question, answers, reasonRequired) === 'reason',
  )
  return lacksReason ? null : answers
}
