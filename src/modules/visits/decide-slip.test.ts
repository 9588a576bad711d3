import { describe, expect, it } from 'vitest'
import { findingsOf, readNote } from './decide-note.js'
import { splitName } from './decide-outcome.js'
import { readSlips } from './decide-slip.js'

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
    expect(read('走访 3-2-501 谢绝')).toEqual(['3-2-501|refused|'])
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

describe('odd ways of telling a visit', () => {
  const loose = (text: string) => {
    const slips = readSlips(text, TODAY, { loose: true })
    return slips?.map((one) => `${one.address.room}|${one.outcome}|${one.text}${one.day ? `|${one.day}` : ''}`) ?? null
  }

  it('name several homes that share the words behind them', () => {
    for (const text of ['3-2-501 502 601 都没人', '3-2-501、3-2-502、3-2-601 没人', '3-2-501、502和601 均没人'])
      expect(loose(`走访 ${text}`), text).toEqual(['501|not_home|', '502|not_home|', '601|not_home|'])
    expect(loose('走访 3-2-501和3-2-502都在家，一切正常')).toEqual(['501|met|一切正常', '502|met|一切正常'])
    expect(loose('走访 3-2-501 和 3-2-502 吵架')).toEqual(['501|met|和 3-2-502 吵架'])
    expect(loose('走访 3-2-501 120 来过')).toEqual(['501|met|120 来过'])
  })

  it('go on with the household before, where a line names nobody', () => {
    expect(loose('走访 3-2-501 血压高\n明天再去看\n3-2-502 没人')).toEqual([
      '501|met|血压高，明天再去看',
      '502|not_home|',
    ])
    expect(loose('走访情况：\n3-2-501 正常\n拒访 3-2-502\n3-2-601 正常')).toEqual([
      '501|met|正常',
      '502|refused|',
      '601|met|正常',
    ])
  })

  it('need not say 走访 where a worker speaks to us alone', () => {
    expect(loose('3-2-501 没人')).toEqual(['501|not_home|'])
    expect(loose('3-2-501 走访 没人')).toEqual(['501|not_home|'])
    expect(loose('拒访 3-2-501')).toEqual(['501|refused|'])
    expect(loose('今天去了3-2-501，老人摔了一跤')).toEqual(['501|met|老人摔了一跤|2026-11-22'])
    expect(loose('打电话给3-2-501，没接')).toEqual(['501|phone|没接'])
    expect(loose('微信 3-2-501 聊了聊')).toEqual(['501|chat|聊了聊'])
    expect(loose('补记 前天 3-2-501 正常')).toEqual(['501|met|正常|2026-11-20'])
    expect(loose('补记：周五走访3-2-501，独居')).toEqual(['501|met|独居|2026-11-20'])
    for (const other of ['3-2-501 没水', '3-2-501 漏水了', '去3-2-501看看', '3-2-501 上次走访过吗', '3-2-501'])
      expect(loose(other), other).toBeNull()
    expect(readSlips('3-2-501 没人', TODAY)).toBeNull()
  })

  it('may be written in traditional signs or in English', () => {
    expect(loose('走訪 3-2-501 張阿姨說樓道燈壞了，已聯繫物業')).toEqual(['501|met|张阿姨说楼道灯坏了，已联系物业'])
    expect(loose('家訪 3幢2單元501 沒人')).toEqual(['501|not_home|'])
    expect(loose('visited 3-2-501 nobody home')).toEqual(['501|not_home|'])
  })

  it('may name a day that is to come, or none at all', () => {
    expect(loose('走访 明天 3-2-501 去看看')).toEqual(['501|met|去看看|2026-11-23'])
    expect(loose('走访 12-31 3-2-501 正常')).toEqual(['501|met|正常|2026-12-31'])
    expect(loose('走访 2月30日 3-2-501 正常')).toEqual(['501|met|正常|2月30日'])
  })

  it('are no visit when they only ask', () => {
    for (const text of ['走访怎么记', '走访率怎么算', '走访是什么', '走访记录 3-2-501', '走访目标 25', '走访要求'])
      expect(loose(text), text).toBeNull()
    expect(readSlips('今天走访了五户', TODAY)).toMatchObject([{ name: null, text: '' }])
    expect(readSlips('走访完了', TODAY)).toMatchObject([{ name: null, text: '' }])
  })

  it('are cut where they never end', () => {
    expect(readSlips(`走访 3-2-501 ${'说了很多'.repeat(1500)}`, TODAY)?.[0]?.text).toHaveLength(2000)
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
    expect(readNote('家里没人，贴了告知单')).toMatchObject({ problem: '家里没人', measure: '贴了告知单' })
    expect(readNote('楼道灯坏了已经联系物业了')).toMatchObject({ problem: '楼道灯坏', measure: '已经联系物业' })
    expect(readNote('慰问，身体好，体温38.5度')).toEqual({ problem: '体温38.5度', measure: '慰问', result: '身体好' })
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
    expect(findingsOf('想轻生')).toMatchObject([{ category: 'safety', urgent: true }])
    expect(findingsOf('煤气费没交')).toMatchObject([{ urgent: false }])
    expect(findingsOf('血压高、一个人冷清')).toEqual([])
  })

  it('knows the person by how they are called', () => {
    expect(splitName('张阿姨说楼道灯坏了', '张秀英')).toEqual({ name: '张阿姨', rest: '说楼道灯坏了' })
    expect(splitName('张秀英血压高', '张秀英')).toEqual({ name: '张秀英', rest: '血压高' })
    expect(splitName('楼道灯坏了', '张秀英')).toEqual({ name: null, rest: '楼道灯坏了' })
  })
})
