import { describe, expect, it } from 'vitest'
import { hashOf, readDefinition } from './definition.js'
import type { Fault } from './texts-faults.js'

const linesOf = (text: string): readonly Fault[] => {
  const read = readDefinition(text)
  return 'faults' in read ? read.faults : []
}
const faultsOf = (text: string): readonly string[] => linesOf(text).map(({ zh }) => zh)
const definitionOf = (text: string) => {
  const read = readDefinition(text)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.definition
}

describe('a survey as somebody writes it', () => {
  it('is read from plain lines', () => {
    const { title, days, anonymous, sample, questions } = definitionOf(
      `夜间停车（5天，抽样 80）
1. 是否赞成收费 单选：赞成/反对/说不清
2、最急的事（可不答） 多选：停车／电梯／卫生
3. 您满意吗？ 满意度
4. 打几分 1-10分
5. 每月愿付多少 数字 0-300 元
6. 各项怎么样 矩阵：保洁/保安/绿化
7. 还想说什么 填空`,
    )
    expect({ title, days, anonymous, sample }).toEqual({
      ...{ title: '夜间停车', days: 5, anonymous: true, sample: { total: 80 } },
    })
    expect(questions.map((question) => question.kind)).toEqual([
      ...['single', 'multiple', 'scale', 'scale', 'number', 'matrix', 'text'],
    ])
    expect(questions[1]).toMatchObject({ options: ['停车', '电梯', '卫生'], optional: true })
    expect(questions[3]).toMatchObject({ points: 10 })
    expect(questions[4]).toMatchObject({ min: 0, max: 300, unit: '元' })
  })

  it('says that it is signed only where somebody wrote so', () => {
    expect(definitionOf('改造（记名）\n1. 同意吗 单选：是/否').anonymous).toBe(false)
    expect(definitionOf('改造（不记名）\n1. 同意吗 单选：是/否').anonymous).toBe(true)
  })

  it('is read from YAML, in English or Chinese, with rules', () => {
    const english = definitionOf(
      'title: 意见\nquestions:\n  - {key: a, kind: satisfaction, text: 满意吗}\n  - {kind: text, text: 为什么, showIf: {question: a, below: 3}}',
    )
    const chinese = definitionOf(
      '标题：意见\n题目：\n  - 代号: a\n    类型: 满意度\n    题干: 满意吗\n  - 类型: 填空\n    题干: 为什么\n    显示条件: {question: a, 低于: 3}',
    )
    expect(chinese).toEqual(english)
    expect(hashOf(chinese)).toBe(hashOf(english))
    expect(english.questions[1]).toMatchObject({ key: 'q2', showIf: { question: 'a', below: 3 } })
  })

  it('has all its faults named at once, by question, in words', () => {
    const found = faultsOf(
      `title: 意见
questions:
  - {kind: single, text: 一, options: [甲]}
  - {kind: scale, text: 二, points: 7}
  - {kind: single, text: 三, options: [甲, 乙], optoins: [丙]}
  - {kind: drawing, text: 四}`,
    )
    expect(found).toHaveLength(4)
    expect(found[0]).toBe('第 1 题：“options” 至少要 2 项')
    expect(found[1]).toContain('第 2 题：“points”')
    expect(found[2]).toBe('第 3 题：不认识的项 “optoins”')
    expect(found[3]).toContain('第 4 题')
  })

  it('has its faults told by line, in both languages', () => {
    const file = `标题：意见
题目：
  # 第一题写错了类型
  - 题干: 一
    类型: 画图
  - 题干: 二
    类型: 打分
    分制: 7
  - 题干: 三
    类型: 单选
    选项: [甲, 乙]
    选项一: 丙
`
    expect(linesOf(file).map(({ line, en }) => `${line} ${en}`)).toEqual([
      '5 question 1: "kind" is none of those there are, it says "画图"',
      '8 question 2: "points" is none of those there are',
      '12 question 3: unknown: 选项一',
    ])
    expect(linesOf('停车（5天）\n\n1. 同意吗 单选：是/否\n2. 您怎么看').map(({ line }) => line)).toEqual([4])
    expect(linesOf('停车\n1. 同意吗 单选：是/是').map(({ line }) => line)).toEqual([2])
    expect(linesOf('title: 意见\nquestions: [}').map(({ line }) => line)).toContain(2)
  })

  it.each([
    ['重复的选项', '问题\n1. 甲乙 单选：甲/甲'],
    ['前面没有这一题', 'title: 意见\nquestions:\n  - {kind: text, text: 一, showIf: {question: z, in: [1]}}'],
    [
      '选项 9 不存在',
      'title: 意见\nquestions:\n  - {key: a, kind: single, text: 一, options: [甲, 乙]}\n  - {kind: text, text: 二, showIf: {question: a, in: [9]}}',
    ],
    ['至少要有一题写明权重', 'title: 评议\nkind: community\nquestions:\n  - {kind: text, text: 一}'],
    ['看不懂', '停车意见\n1. 您怎么看停车'],
    ['还没有题目', '停车意见'],
  ])('is refused for %s', (words, text) => expect(faultsOf(text).join()).toContain(words))
})
