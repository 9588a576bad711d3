import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../support/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld({ loud: true })
})
afterEach(() => world.close())

const POLL = `发起问卷 停车改造意见（5天）
1. 是否同意改造 单选：同意/不同意/无所谓
2. 最想解决哪些（可不答） 多选：停车/电梯/卫生
3. 对现在停车满意吗 满意度
4. 还有什么建议 填空`

async function answerAll(name: string, parking: string, opinion: string) {
  await world.as(name).says('私聊', '答题')
  await world.as(name).taps('同意')
  await world.as(name).says('私聊', '1 3')
  await world.as(name).says('私聊', parking)
  return world.as(name).says('私聊', opinion)
}

describe("a manager's own poll", () => {
  it('is written in the chat, previewed, published, answered and shown in the group', async () => {
    const [draft] = await world.as('陈主任').says('私聊', POLL)
    expect(draft?.text).toContain('【预览】W1')
    expect(draft?.text).toContain('无记名')
    expect(draft?.choices).toEqual(['发布', '作废'])
    const published = await world.as('陈主任').taps('发布')
    expect(published[0]?.text).toMatch(/已发布，邀请 \d+ 户/)
    expect(world.last('居民群').text).toContain('每户一票')
    await world.advance({ minutes: 10 })
    expect(world.last('私聊:爱丽').choices).toEqual(['开始', '不参加'])
    const [first] = await world.as('爱丽').taps('开始')
    expect(first?.text).toBe('1/4 是否同意改造')
    expect(first?.choices).toEqual(['同意', '不同意', '无所谓'])
    await world.as('爱丽').says('私聊', '一')
    expect(world.last('私聊:爱丽').text).toContain('2/4')
    await world.as('爱丽').says('私聊', '2')
    expect(world.last('私聊:爱丽').text).toContain('3/4')
    await world.as('爱丽').says('私聊', '非常不满意!')
    await world.as('爱丽').says('私聊', '3幢2单元楼下车位太少，打我电话13812345678')
    expect(world.last('私聊:爱丽').text).toContain('已投入票箱')
    const [again] = await world.as('爱丽').says('私聊', '答题 W1')
    expect(again?.text).toContain('已经答过')
    for (const name of ['阿波', '李阿姨', '小陈', '阿珍', '孙叔']) await answerAll(name, '满意', '没有')
    const [early] = await world.as('陈主任').says('私聊', '问卷结果 W1')
    expect(early?.text).toContain('还在进行')
    const [done] = await world.as('陈主任').says('私聊', '问卷进度')
    expect(done?.text).toContain('已答 6')
    await world.as('陈主任').says('私聊', '结束问卷 W1')
    const line = world.last('居民群')
    expect(line.text).toContain('谢谢 6 户邻居')
    expect(line.text).toContain('停车')
    expect(line.message.image?.mime).toBe('image/png')
    expect(world.last('二区群').text).toBe(line.text)
    const full = world.last('私聊:陈主任').text
    expect(full).toContain('n=6')
    expect(full).not.toContain('13812345678')
  })
})
