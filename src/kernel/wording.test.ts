import { describe, expect, it } from 'vitest'
import { LONGEST_WORDING, worded, wording, wordingFault } from './wording.js'

const logged = wording({
  key: 'requests-logged',
  title: '登记后的回复',
  when: '登记一件诉求后',
  standard: '已登记 {编号}，{网格员}会联系您。',
  slots: { 编号: 'BH-202611-0001', 网格员: '王芳' },
  keeps: ['{编号}'],
})
const values = { 编号: 'BH-202611-0007', 网格员: '李强' }

describe('a wording', () => {
  it('is the standard where nobody changed it, and the own words where somebody did', () => {
    expect(worded(logged, {}, values)).toBe('已登记 BH-202611-0007，李强会联系您。')
    const own = { 'requests-logged': '收到啦（{编号}），{网格员}马上来！' }
    expect(worded(logged, own, values)).toBe('收到啦（BH-202611-0007），李强马上来！')
  })

  it.each([
    ['', { kind: 'empty' }],
    ['   ', { kind: 'empty' }],
    ['{编号}'.padEnd(LONGEST_WORDING + 1, '好'), { kind: 'too_long' }],
    ['{编号}\u0007', { kind: 'control' }],
    ['{编号}\u202e', { kind: 'control' }],
    ['{编号} {电话}', { kind: 'unknown_slot', what: '{电话}' }],
    ['{编号} {constructor}', { kind: 'unknown_slot', what: '{constructor}' }],
    ['已登记，{网格员}会联系您', { kind: 'missing', what: '{编号}' }],
  ])('says what is wrong with %j, and is not said so', (words, fault) => {
    expect(wordingFault(logged, words)).toEqual(fault)
    expect(worded(logged, { 'requests-logged': words }, values)).toContain('已登记 BH-202611-0007')
  })

  it('fills no slot twice: what a name contains stays as it is', () => {
    expect(worded(logged, {}, { 编号: '{网格员}', 网格员: '李强' })).toBe('已登记 {网格员}，李强会联系您。')
  })
})
