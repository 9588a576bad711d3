import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFarWorld, type FarWorld } from '../dialogues/shared-far-world.js'
import { telegramHands } from '../dialogues/shared-telegram.js'
import { createTelegramHarness, type TelegramHarness } from '../support/telegram-harness.js'
import { neighbours, othersAnswer } from './support.js'

const TIMEOUT = 240_000
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])

let world: FarWorld
let harness: TelegramHarness
beforeAll(async () => {
  harness = await createTelegramHarness()
  world = await createFarWorld({ harness, hands: telegramHands(harness), loud: true })
}, TIMEOUT)
afterAll(() => world.close())

/** The last picture that Telegram was handed for a place, with its words. */
const pictureIn = (place: string) => {
  const target = place.startsWith('私聊:') ? { person: world.person(place.slice(3)) } : { group: world.group(place) }
  const seen = harness.sent(target).findLast((one) => one.media?.kind === 'image')
  if (!seen?.media) throw new Error(`no picture in ${place}`)
  return { text: seen.text, bytes: Buffer.from(seen.media.bytes) }
}

describe("whole rounds over Telegram's client", { timeout: TIMEOUT }, () => {
  it("a manager's poll: asked by button and by number, answered as people write, shown in the groups", async () => {
    const manager = world.as('陈主任')
    await manager.says(
      '私聊',
      '发起问卷 停车改造（5天）\n1. 同意吗 单选：同意/不同意\n2. 现在停车满意吗 满意度\n3. 还有什么建议 填空',
    )
    await manager.taps('发布')
    await world.advance({ minutes: 10 })
    expect(world.last('私聊:爱丽').choices).toEqual(['开始', '不参加'])
    await world.as('爱丽').taps('开始')
    await world.as('爱丽').taps('同意')
    await world.as('爱丽').taps('不满意')
    await world.as('爱丽').says('私聊', '晚上没有车位')
    expect(world.last('私聊:爱丽').text).toContain('已投入票箱')
    for (const [name, agree, mood] of [
      ['阿波', '1', '非常不满意!'],
      ['李阿姨', '一', '满意'],
      ['小陈', '２', '还可以吧'],
      ['阿珍', '第一个', '很满意。'],
      ['孙叔', '不同意', '三'],
    ] as const) {
      const me = world.as(name)
      await me.says('私聊', '答题')
      await me.says('私聊', agree)
      await me.says('私聊', mood)
      await me.says('私聊', '没有')
      expect(world.last(`私聊:${name}`).text).toContain('已投入票箱')
    }
    const before = harness.sent({ group: world.group('居民群') }).length
    await manager.says('私聊', '结束问卷 W1')
    const posted = pictureIn('居民群')
    expect(posted.text).toContain('谢谢 6 户邻居')
    expect(posted.bytes.subarray(0, 4)).toEqual(PNG)
    expect(pictureIn('二区群').bytes).toEqual(posted.bytes)
    // One message, with the picture in it.
    expect(harness.sent({ group: world.group('居民群') }).length).toBe(before + 1)
    const marks = (await world.db.read.surveyBallot.findMany()).map(({ choices }) => JSON.parse(choices) as unknown[])
    expect(marks.map(([agree, mood]) => `${agree}${mood}`).sort()).toEqual(['11', '12', '14', '15', '23', '23'])
  })

  it('residents evaluate the community: the surveyor runs it, the groups hear the score and the title', async () => {
    const surveyor = world.as('李明')
    await surveyor.says('私聊', '发起评议 百合社区 抽样 60 种子 abc')
    await surveyor.taps('发布')
    await othersAnswer(
      world,
      'BH-W2',
      40,
      (index) => [5, 5 - (index % 2), 4, null],
      () => '晚上没车位',
    )
    await surveyor.says('私聊', '结束问卷 W2')
    const posted = pictureIn('居民群')
    expect(posted.text).toMatch(/谢谢 40 户邻居.*获得“和谐社区”称号/s)
    expect(posted.bytes.subarray(0, 4)).toEqual(PNG)
    expect(world.last('私聊:李明').text).toContain('综合得分')
  })

  it('communities evaluate departments: marks in one line, ranks and aspects as pictures to the officer alone', async () => {
    await neighbours(world, 5)
    const officer = world.as('周科长')
    await officer.says('私聊', '部门名录 添加 民政局、住建局')
    await officer.says('私聊', '发起部门评议 10天')
    await officer.taps('发布')
    await world.advance({ minutes: 10 })
    const manager = world.as('陈主任')
    await manager.taps('开始')
    await manager.says('私聊', '9 8 4 9 9 9 8 8 7 9')
    await manager.says('私聊', '活交给社区，钱没有跟来')
    await manager.says('私聊', '全部8')
    expect(world.last('私聊:陈主任').text).toContain('部门只看到汇总')
    await othersAnswer(world, 'BH-W3', 5, () => [
      [9, 9, 3, 9, 9, 9, 9, 9, 9, 9],
      [8, 8, 8, 8, 8, 8, 8, 8, 8, 8],
    ])
    const groups = ['居民群', '二区群', '工作群'].map((place) => world.heard(place).length)
    await officer.says('私聊', '结束问卷 W3')
    expect(pictureIn('私聊:周科长').bytes.subarray(0, 4)).toEqual(PNG)
    expect(world.heard('私聊:周科长').some((one) => one.text.includes('BH-Z1 民政局·费随事转'))).toBe(true)
    expect(['居民群', '二区群', '工作群'].map((place) => world.heard(place).length)).toEqual(groups)
  })

  it('after a closing: one tap, once for each closing, attributed to the worker and block of that moment', async () => {
    await world.as('爱丽').says('居民群', '3幢2单元电梯又坏了，我妈八十多岁下不来楼')
    await world.as('王芳').taps('接单', '工作群')
    await world.as('王芳').says('私聊', '办结 0001 已更换门机皮带')
    expect(world.last('私聊:爱丽').choices).toContain('解决了，满意')
    await world.as('爱丽').taps('解决了，满意')
    const rated = await world.db.read.satisfaction.findFirstOrThrow()
    const worker = await world.db.read.person.findFirstOrThrow({ where: { name: '王芳' } })
    expect(rated).toMatchObject({ closing: 1, score: 'satisfied', workerId: worker.id })
    expect(rated.gridId).not.toBeNull()
    await world.as('爱丽').taps('解决了，满意')
    expect(await world.db.read.satisfaction.count()).toBe(1)
  })
})
