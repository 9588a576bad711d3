import { createHash } from 'node:crypto'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { readLines } from './definition-lines.js'
import { checkSense } from './definition-sense.js'
import { faults as words } from './texts.js'
import { type Definition, definitionSchema, SATISFACTION } from './types.js'

export type Read = { readonly definition: Definition } | { readonly faults: readonly string[] }

/**
 * Reads a survey written as YAML or JSON, or as the plain lines a manager types in the chat. Every fault is named at once,
 * with the question it stands in.
 */
export function readDefinition(text: string): Read {
  const raw = looksLikeFile(text) ? readYaml(text) : readLines(text)
  if (raw.faults.length > 0) return { faults: raw.faults }
  const parsed = definitionSchema.safeParse(raw.value)
  if (!parsed.success) return { faults: [...new Set(parsed.error.issues.map((issue) => faultOf(issue, raw.value)))] }
  const senseless = checkSense(parsed.data)
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

function readYaml(text: string): { value: unknown; faults: string[] } {
  const document = parseDocument(text.replace(/^([ \t]*-?[ \t]*[\u4e00-\u9fff]+)：[ \t]*/gm, '$1: '), {
    prettyErrors: true,
  })
  if (document.errors.length > 0)
    return {
      value: null,
      faults: document.errors.map((error) =>
        words.yaml(error.linePos?.[0]?.line ?? null, error.message.split('\n')[0] ?? ''),
      ),
    }
  return { value: withKeys(translate(document.toJS())), faults: [] }
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

function faultOf(issue: z.core.$ZodIssue, value: unknown): string {
  const [first, index, ...rest] = issue.path
  const field = first === 'questions' && typeof index === 'number' ? rest.join('.') : issue.path.join('.')
  const place = first === 'questions' && typeof index === 'number' ? words.question(index + 1) : ''
  const found = issue.path.reduce<unknown>(
    (part, name) => (part && typeof part === 'object' ? (part as Record<PropertyKey, unknown>)[name] : undefined),
    value,
  )
  return `${place}${words.issue(issue, field, found)}`
}
