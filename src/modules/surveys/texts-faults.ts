import type { z } from 'zod'

/** Words in both languages: a survey's file is also checked on the command line. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** What is wrong with a survey as somebody wrote it, and in which line. */
export interface Fault extends Words {
  readonly line: number | null
}

export const joined = (first: Words, second: Words): Words => ({
  zh: `${first.zh}${second.zh}`,
  en: `${first.en}${second.en}`,
})

const named = (field: string): Words => (field === '' ? { zh: '', en: 'it' } : { zh: `“${field}”`, en: `"${field}"` })

export const faults = {
  question: (number: number): Words => ({ zh: `第 ${number} 题：`, en: `question ${number}: ` }),
  yaml: (reason: string): Words => ({ zh: `写法有误：${reason}`, en: `bad YAML: ${reason}` }),
  line: (line: string): Words => ({
    zh: `看不懂：“${line.slice(0, 30)}”。请写成“题目 单选：甲/乙/丙”，类型可用：单选、多选、满意度、1-5分、1-10分、矩阵、数字、填空`,
    en: `not understood: write "question 单选：a/b/c", with one of 单选, 多选, 满意度, 1-5分, 1-10分, 矩阵, 数字, 填空`,
  }),
  noQuestions: {
    zh: '还没有题目。第一行写标题，以下每行一题，如“1. 是否同意改造 单选：同意/不同意”',
    en: 'there are no questions: a title in the first line, then a question a line',
  },
  repeatedKey: (key: string): Words => ({ zh: `代号 ${key} 前面已经用过`, en: `the key ${key} was used before` }),
  repeatedOption: { zh: '有重复的选项', en: 'an option stands twice' },
  labels: (count: number, points: number): Words => ({
    zh: `${points} 分制要写 ${points} 个标签，现在是 ${count} 个`,
    en: `${points} points need ${points} labels, there are ${count}`,
  }),
  range: (min: number, max: number): Words => ({
    zh: `最小 ${min} 应小于最大 ${max}`,
    en: `min ${min} must be below max ${max}`,
  }),
  reasonBelow: (points: number): Words => ({
    zh: `“低于要说明”不能超过 ${points}`,
    en: `reasonBelow must not be above ${points}`,
  }),
  ruleNowhere: (key: string): Words => ({
    zh: `显示条件指向 ${key}，但它前面没有这一题`,
    en: `showIf names ${key}, which is no question before it`,
  }),
  ruleKind: {
    zh: '显示条件只能看单选、多选、打分或数字题',
    en: 'showIf may look at a single, multiple, scale or number question only',
  },
  ruleEmpty: {
    zh: '显示条件要写“属于”（选项号）或“低于”（分数）',
    en: 'showIf needs in (numbers of options) or below (a mark)',
  },
  ruleOff: (numbers: readonly number[], most: number): Words => ({
    zh: `显示条件的选项 ${numbers.join('、')} 不存在（共 ${most} 项）`,
    en: `showIf names option ${numbers.join(', ')}, there are ${most}`,
  }),
  needsWeights: {
    zh: '评议社区的问卷至少要有一题写明权重，综合得分才算得出来',
    en: 'an evaluation of the community needs a weight on at least one question, or there is no composite',
  },
  issue: (issue: z.core.$ZodIssue, field: string, found: unknown): Words => {
    const name = named(field)
    const of = (zh: string, en: string): Words => joined(name, { zh, en })
    switch (issue.code) {
      case 'unrecognized_keys':
        return {
          zh: `不认识的项 ${issue.keys.map((key) => `“${key}”`).join('、')}`,
          en: `unknown: ${issue.keys.join(', ')}`,
        }
      case 'invalid_union': {
        const given =
          typeof found === 'string' ? { zh: `（写的是“${found}”）`, en: `, it says "${found}"` } : { zh: '', en: '' }
        return {
          zh: `${name.zh || '“类型”'} 不在可选范围内${given.zh}`,
          en: `${field === '' ? '"kind"' : name.en} is none of those there are${given.en}`,
        }
      }
      case 'too_small':
        return issue.origin === 'array'
          ? of(` 至少要 ${issue.minimum} 项`, ` needs at least ${issue.minimum}`)
          : of(` 太短或太小（最小 ${issue.minimum}）`, ` is too short or too small, at least ${issue.minimum}`)
      case 'too_big':
        return issue.origin === 'array'
          ? of(` 最多 ${issue.maximum} 项`, ` takes at most ${issue.maximum}`)
          : of(` 太长或太大（最大 ${issue.maximum}）`, ` is too long or too large, at most ${issue.maximum}`)
      case 'invalid_value':
        return of(` 只能是 ${issue.values.join('、')}`, ` must be one of ${issue.values.join(', ')}`)
      case 'invalid_type': {
        if (found === undefined) return { zh: `缺少 ${name.zh}`, en: `${name.en} is missing` }
        const wanted = issue.expected === 'array' ? '一列' : issue.expected === 'number' ? '数字' : '文字'
        return of(` 应为${wanted}`, ` must be a ${issue.expected === 'array' ? 'list' : issue.expected}`)
      }
      default:
        return of(' 写法不对', ' is not written right')
    }
  },
} as const
