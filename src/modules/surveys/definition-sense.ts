import { type Words, faults as words } from './texts-faults.js'
import type { Definition, Question } from './types.js'

/** A fault, with the question it stands in; null where it is the whole that lacks something. */
export interface Senseless {
  readonly question: number | null
  readonly words: Words
}

/** Faults that no single field shows: keys that repeat, rules that point nowhere, ends the wrong way round. */
export function checkSense(definition: Definition): Senseless[] {
  const found: Senseless[] = []
  const earlier = new Map<string, Question>()
  definition.questions.forEach((question, index) => {
    const tell = (fault: Words) => found.push({ question: index, words: fault })
    if (earlier.has(question.key)) tell(words.repeatedKey(question.key))
    for (const fault of checkQuestion(question)) tell(fault)
    const rule = question.showIf
    if (rule) {
      const target = earlier.get(rule.question)
      if (!target) tell(words.ruleNowhere(rule.question))
      else for (const fault of checkRule(rule, target)) tell(fault)
    }
    earlier.set(question.key, question)
  })
  if (
    definition.kind === 'community' &&
    !definition.questions.some((question) => 'weight' in question && question.weight)
  )
    found.push({ question: null, words: words.needsWeights })
  return found
}

function checkQuestion(question: Question): Words[] {
  const found: Words[] = []
  const list = question.kind === 'matrix' ? question.rows : 'options' in question ? question.options : []
  if (new Set(list).size !== list.length) found.push(words.repeatedOption)
  if (question.kind === 'scale' && question.labels && question.labels.length !== question.points)
    found.push(words.labels(question.labels.length, question.points))
  if (question.kind === 'number' && question.min >= question.max) found.push(words.range(question.min, question.max))
  if ('reasonBelow' in question && question.reasonBelow && question.reasonBelow > question.points)
    found.push(words.reasonBelow(question.points))
  return found
}

function checkRule(rule: NonNullable<Question['showIf']>, target: Question): Words[] {
  if (target.kind === 'text' || target.kind === 'matrix') return [words.ruleKind]
  if (rule.in === undefined && rule.below === undefined) return [words.ruleEmpty]
  const most = 'options' in target ? target.options.length : target.kind === 'scale' ? target.points : Infinity
  const off = (rule.in ?? []).filter((number) => number > most || (number < 1 && most !== Infinity))
  return off.length > 0 ? [words.ruleOff(off, most)] : []
}
