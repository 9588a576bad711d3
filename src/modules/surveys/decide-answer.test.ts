import { describe, expect, it } from 'vitest'
import { readAnswer } from './decide-answer.js'
import { type Question, questionSchema, SATISFACTION } from './types.js'

const question = (raw: object): Question => questionSchema.parse({ key: 'q', text: '问题', ...raw })

describe('an answer in plain words', () => {
  const scale = question({ kind: 'scale', points: 5, labels: SATISFACTION })
  it.each([
    ['1', 5],
    ['一', 5],
    ['②', 4],
    ['第二个', 4],
    ['满意', 4],
    ['满意！', 4],
    ['非常满意', 5],
    ['非常不满意!', 1],
    ['不太满意', 2],
    ['我觉得一般吧', 3],
    ['还行', 3],
    ['比较满意', 4],
    ['５', 1],
  ])('on a scale of satisfaction, %s', (text, value) => expect(readAnswer(scale, text)).toBe(value))

  it.each(['7', '0', '说不上满意', '满意和一般之间', '楼道灯坏了', ''])('is not %s', (text) =>
    expect(readAnswer(scale, text)).toBeUndefined(),
  )

  it.each([
    ['9', 9],
    ['十', 10],
    ['8分', 8],
    ['满分', 10],
    ['11', undefined],
    ['7.5', undefined],
  ])('on ten points, %s', (text, value) =>
    expect(readAnswer(question({ kind: 'scale', points: 10 }), text)).toBe(value),
  )

  const many = question({ kind: 'multiple', options: ['停车', '电梯', '卫生', '噪音'], most: 3 })
  it.each([
    ['1 3', [1, 3]],
    ['13', [1, 3]],
    ['停车、噪音', [1, 4]],
    ['三和一', [1, 3]],
    ['2', [2]],
    ['1234', undefined],
    ['1 9', undefined],
  ])('of several choices, %s', (text, value) => expect(readAnswer(many, text)).toEqual(value))

  const matrix = question({ kind: 'matrix', rows: ['甲', '乙', '丙'], points: 10 })
  it.each([
    ['9 8 10', [9, 8, 10]],
    ['9，八，10分', [9, 8, 10]],
    ['9 - 7', [9, null, 7]],
    ['全部8', [8, 8, 8]],
    ['都8分，第2项5分', [8, 5, 8]],
    ['9 8', undefined],
    ['9 8 11', undefined],
  ])('in a matrix, %s', (text, value) => expect(readAnswer(matrix, text)).toEqual(value))

  const number = question({ kind: 'number', min: 0, max: 200, unit: '元' })
  it.each([
    ['80', 80],
    ['80元', 80],
    ['三十五', 35],
    ['约 12.5 元', 12.5],
    ['201', undefined],
    ['不知道', undefined],
  ])('as a number, %s', (text, value) => expect(readAnswer(number, text)).toBe(value))

  it('may be passed over only where the question allows it', () => {
    expect(readAnswer(question({ kind: 'scale', points: 5, optional: true }), '跳过')).toBeNull()
    expect(readAnswer(question({ kind: 'scale', points: 5 }), '跳过')).toBeUndefined()
    expect(readAnswer(question({ kind: 'text' }), '没有了')).toBeNull()
    expect(readAnswer(question({ kind: 'text' }), ' 车位太少 ')).toBe('车位太少')
  })
})
