import { describe, expect, it } from 'vitest'
import { findingsOf, readNote } from './decide-note.js'
import { readSlips, splitName } from './decide-slip.js'

const TODAY = '2026-11-22'
const read = (text: string) =>
  (readSlips(text, TODAY) ?? []).map(({ address: { building, unit, room }, outcome, text: words, day, name }) =>
    [
      name ?? [building, unit, room].filter((part) => part !== null).join('-'),
      outcome,
      words,
      ...(day ? [day] : []),
    ].join('|'),
  )

describe('what a worker types after a visit', () => {
  it('names a household in any of the usual ways', () => {
    for (const address of [
      '3-2-501',
      '3幢2单元501',
      '3幢2单元501室',
      '3栋2单元501',
      '3号楼2单元501',
      '3 2 501',
      '3.2.501',
      '３－２－５０１',
      '三幢二单元五零一',
      '三杠二杠五零一',
      '3撞2单元501',
    ])
      expect(read(`走访 ${address} 灯坏了`), address).toEqual(['3-2-501|met|灯坏了'])
    expect(read('走访3-501 灯坏了')).toEqual(['3-501|met|灯坏了'])
    expect(read('走访 A座1203 灯坏了')).toEqual(['A-1203|met|灯坏了'])
  })

  it('begins in any of the usual ways, slips of voice input included', () => {
    for (const head of ['走访', '走访了', '走访：', '走房', '我刚走访了', '入户走访', '入户', '/走访', '家访'])
      expect(read(`${head} 3-2-501 灯坏了`), head).toEqual(['3-2-501|met|灯坏了'])
    for (const other of ['入户门坏了', '走访目标 25', '走访榜单', '今天去哪里走走', '入户率多少'])
      expect(readSlips(other, TODAY), other).toBeNull()
  })

  it('tells how it went', () => {
    expect(read('走访 3-2-501 没人')).toEqual(['3-2-501|not_home|'])
    expect(read('走访 3-2-501 敲门没人应，留了条')).toEqual(['3-2-501|not_home|留了条'])
    expect(read('走访 3-2-501 张阿姨不在家')).toEqual(['3-2-501|not_home|张阿姨'])
    expect(read('走访 3-2-501 拒访')).toEqual(['3-2-501|refused|'])
    expect(read('走访 3-2-501 不让进门，说没空')).toEqual(['3-2-501|refused|说没空'])
    expect(read('电访 3-2-501 一切正常')).toEqual(['3-2-501|phone|一切正常'])
    expect(read('微信走访 3-2-501 一切正常')).toEqual(['3-2-501|chat|一切正常'])
    expect(read('走访 3-2-501 打了电话，说在外地')).toEqual(['3-2-501|phone|说在外地'])
    expect(read('走访 3-2-501 在 说电梯吵')).toEqual(['3-2-501|met|说电梯吵'])
  })

  it('does not take a missing son for a missing household', () => {
    expect(read('走访 3-2-501 儿子不在身边，独居')).toEqual(['3-2-501|met|儿子不在身边，独居'])
    expect(read('走访 3-2-501 灯坏了，电话13812341234')).toEqual(['3-2-501|met|灯坏了，电话13812341234'])
    expect(read('走访 3-2-501 灯坏了，没人管')).toEqual(['3-2-501|met|灯坏了，没人管'])
    expect(read('走访 3-2-501 老人不在乎')).toEqual(['3-2-501|met|老人不在乎'])
  })

  it('may be several, line by line or in one line', () => {
    expect(read('走访 3-2-502 没人 3-2-601 在 说电梯吵')).toEqual(['3-2-502|not_home|', '3-2-601|met|说电梯吵'])
    expect(read('走访\n3-2-501 灯坏了\n3-2-502 没人\n2. 3-2-601 一切正常')).toEqual([
      '3-2-501|met|灯坏了',
      '3-2-502|not_home|',
      '3-2-601|met|一切正常',
    ])
    expect(read('走访 3-2-501 正常，502 没人，601 在')).toEqual([
      '3-2-501|met|正常',
      '3-2-502|not_home|',
      '3-2-601|met|',
    ])
    expect(read('走访 3-2-501 正常\n电访 3-2-502 在外地')).toEqual(['3-2-501|met|正常', '3-2-502|phone|在外地'])
  })

  it('leaves another address inside a sentence alone', () => {
    expect(read('走访 3-2-501 说楼上3-2-601漏水')).toEqual(['3-2-501|met|说楼上3-2-601漏水'])
    expect(read('走访 3-2-501 反映 3-2-601 漏水')).toEqual(['3-2-501|met|反映 3-2-601 漏水'])
  })

  it('may be of another day', () => {
    expect(read('走访 昨天 3-2-501 正常')).toEqual(['3-2-501|met|正常|2026-11-21'])
    expect(read('昨天走访 3-2-501 正常')).toEqual(['3-2-501|met|正常|2026-11-21'])
    expect(read('补记 11-20 走访 3-2-501 正常')).toEqual(['3-2-501|met|正常|2026-11-20'])
    expect(read('走访\n昨天 3-2-501 正常\n3-2-502 没人')).toEqual([
      '3-2-501|met|正常|2026-11-21',
      '3-2-502|not_home||2026-11-21',
    ])
  })

  it('may name a person in place of an address, or nothing yet', () => {
    expect(read('走访 张阿姨 血压高')).toEqual(['张阿姨|met|血压高'])
    expect(read('走访 张爱丽，灯坏了')).toEqual(['张爱丽|met|灯坏了'])
    expect(read('走访')).toEqual(['|met|'])
    expect(read('走访 501 灯坏了')).toEqual(['501|met|灯坏了'])
  })
})

describe('the diary form', () => {
  it('parts what is wrong from what was done and what came of it', () => {
    expect(readNote('楼道灯坏了，已联系物业；血压高')).toEqual({
      problem: '楼道灯坏、血压高',
      measure: '已联系物业',
      result: '',
    })
    expect(readNote('楼道灯坏了已报物业 血压高提醒复查')).toEqual({
      problem: '楼道灯坏、血压高',
      measure: '已报物业、提醒复查',
      result: '',
    })
    expect(readNote('说电梯吵，已修好，表示满意')).toEqual({
      problem: '电梯吵',
      measure: '',
      result: '已修好、表示满意',
    })
    expect(readNote('一切正常')).toEqual({ problem: '', measure: '', result: '一切正常' })
    expect(readNote('问题：下水道堵；措施：联系疏通；结果：已通')).toEqual({
      problem: '下水道堵',
      measure: '联系疏通',
      result: '已通',
    })
  })

  it('sees what others should handle, and what is nobody else’s business', () => {
    expect(findingsOf('楼道灯坏、血压高')).toEqual([{ text: '楼道灯坏', category: 'facility', urgent: false }])
    expect(findingsOf('厨房煤气味很重')).toMatchObject([{ category: 'safety', urgent: true }])
    expect(findingsOf('血压高、一个人冷清')).toEqual([])
  })

  it('knows the person by how they are called', () => {
    expect(splitName('张阿姨说楼道灯坏了', '张秀英')).toEqual({ name: '张阿姨', rest: '说楼道灯坏了' })
    expect(splitName('张秀英血压高', '张秀英')).toEqual({ name: '张秀英', rest: '血压高' })
    expect(splitName('楼道灯坏了', '张秀英')).toEqual({ name: null, rest: '楼道灯坏了' })
  })
})
