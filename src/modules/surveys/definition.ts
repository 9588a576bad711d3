import { createHash } from 'node:crypto'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { readLines } from './definition-lines.js'
import { type Places, placesIn } from './definition-place.js'
import { checkSense } from './definition-sense.js'
import { type Fault, joined, faults as words } from './texts-faults.js'
import { type Definition, definitionSchema, SATISFACTION } from './types.js'

export type Read = { readonly definition: Definition } | { readonly faults: readonly Fault[] }

/**
 * Reads a survey written as YAML or JSON, or as the plain lines a manager types in the chat. Every fault is named at once,
 * with the line and the question it stands in.
 */
export function readDefinition(text: string): Read {
  const raw = looksLikeFile(text) ? readYaml(text) : readLines(text)
  if (raw.faults.length > 0) return { faults: raw.faults }
  const parsed = definitionSchema.safeParse(raw.value)
  if (!parsed.success)
    return { faults: unlike(parsed.error.issues.map((issue) => faultOf(issue, raw.value, raw.places))) }
  const senseless = checkSense(parsed.data).map(({ question, words: fault }): Fault => {
    if (question === null) return { line: raw.places([]), ...fault }
    return { line: raw.places(['questions', question]), ...joined(words.question(question + 1), fault) }
  })
  return senseless.length > 0 ? { faults: senseless } : { definition: parsed.data }
}

/** Published at the start, so that anybody can check that what was asked is what was announced. */
export const hashOf = (definition: Definition): string =>
  createHash('sha256').update(JSON.stringify(definition)).digest('hex')

const looksLikeFile = (text: string): boolean =>
  /^\s*(\{|title\s*:|标题\s*[:：]|questions\s*:|题目\s*[:：]\s*$|#)/m.test(text)

/** Keys and kinds as a Chinese file may write them. */
const KEYS: Readonly<Record<string, string>> = {
  标题: 'title',
  种类: 'kind',
  无记名: 'anonymous',
  说明: 'intro',
  天数: 'days',
  抽样: 'sample',
  总数: 'total',
  每网格: 'perGrid',
  题目: 'questions',
  代号: 'key',
  题干: 'text',
  类型: 'kind',
  选项: 'options',
  可不答: 'optional',
  最多: 'most',
  分制: 'points',
  标签: 'labels',
  各项: 'rows',
  权重: 'weight',
  低于要说明: 'reasonBelow',
  最小: 'min',
  最大: 'max',
  单位: 'unit',
  显示条件: 'showIf',
  属于: 'in',
  低于: 'below',
}
const KINDS: Readonly<Record<string, string>> = {
  单选: 'single',
  多选: 'multiple',
  打分: 'scale',
  矩阵: 'matrix',
  数字: 'number',
  填空: 'text',
  评议社区: 'community',
  自办: 'poll',
}

function readYaml(text: string): { value: unknown; faults: Fault[]; places: Places } {
  const lineCounter = new LineCounter()
  const document = parseDocument(text.replace(/^([ \t]*-?[ \t]*[\u4e00-\u9fff]+)：[ \t]*/gm, '$1: '), { lineCounter })
  const places = placesIn(document, lineCounter, (key) => KEYS[key] ?? key)
  if (document.errors.length === 0) return { value: withKeys(translate(document.toJS())), faults: [], places }
  const faults = document.errors.map((error) => ({
    line: lineCounter.linePos(error.pos[0]).line,
    ...words.yaml(error.message.split('\n')[0]?.replace(/ at line .*$/, '') ?? ''),
  }))
  return { value: null, faults, places }
}

function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate)
  if (!value || typeof value !== 'object') return value
  const parts = Object.entries(value).map(([key, part]) => [KEYS[key] ?? key, translate(part)])
  const object = Object.fromEntries(parts) as Record<string, unknown>
  if (typeof object.kind === 'string') object.kind = KINDS[object.kind] ?? object.kind
  // A short way to write the commonest question.
  if (object.kind === 'satisfaction' || object.kind === '满意度')
    return { ...object, kind: 'scale', points: 5, labels: object.labels ?? [...SATISFACTION] }
  return object
}

/** Questions without a key are called q1, q2 … by their place. */
function withKeys(value: unknown): unknown {
  if (!value || typeof value !== 'object' || !('questions' in value) || !Array.isArray(value.questions)) return value
  const questions = value.questions.map((question: unknown, index) =>
    question && typeof question === 'object' ? { key: `q${index + 1}`, ...question } : question,
  )
  return { ...value, questions }
}

/** Each fault once: the same word may be missing in several ways. */
const unlike = (faults: readonly Fault[]): Fault[] =>
  faults.filter((fault, index) => faults.findIndex((one) => one.zh === fault.zh && one.line === fault.line) === index)

function faultOf(issue: z.core.$ZodIssue, value: unknown, places: Places): Fault {
  const [first, index, ...rest] = issue.path
  const inQuestion = first === 'questions' && typeof index === 'number'
  const field = inQuestion ? rest.join('.') : issue.path.join('.')
  const found = issue.path.reduce<unknown>(
    (part, name) => (part && typeof part === 'object' ? (part as Record<PropertyKey, unknown>)[name] : undefined),
    value,
  )
  const told = words.issue(issue, field, found)
  const stranger = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const line = places([...issue.path, ...stranger])
  return { line, ...(inQuestion ? joined(words.question(index + 1), told) : told) }
}
