import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFarWorld, type FarWorld } from '../dialogues/shared-far-world.js'
import { wechatHands } from '../dialogues/shared-wechat.js'
import { createWechatHarness } from '../support/wechat-harness.js'

const TIMEOUT = 240_000
let world: FarWorld
beforeAll(async () => {
  const harness = await createWechatHarness()
  world = await createFarWorld({ harness, hands: wechatHands(harness), loud: true })
}, TIMEOUT)
afterAll(() => world.close())

describe("a poll over WeChat's client, where there are no buttons", { timeout: TIMEOUT }, () => {
  it('takes numbers, words of the option and shades of it, and explains a wrong answer once', async () => {
    const manager = world.as('陈主任')
    await manager.says('私聊', '发起问卷 停车改造（5天）\n1. 现在停车满意吗 满意度')
    await manager.says('私聊', '发布问卷 W1')
    for (const [name, words] of [
      ['阿波', '1'],
      ['李阿姨', '一'],
      ['小陈', '满意'],
      ['阿珍', '非常不满意!'],
      ['孙叔', '２'],
    ] as const) {
      await world.as(name).says('私聊', '答题')
      await world.as(name).says('私聊', words)
      expect(world.last(`私聊:${name}`).text).toContain('已投入票箱')
    }
    const aili = world.as('爱丽')
    await aili.says('私聊', '答题')
    await aili.says('私聊', '嗯嗯')
    expect(world.last('私聊:爱丽').text).toContain('没看懂')
    await aili.says('私聊', '哦哦')
    expect(world.last('私聊:爱丽').text).toContain('先不打扰')
    const marks = (await world.db.read.surveyBallot.findMany()).map(
      ({ choices }) => (JSON.parse(choices) as number[])[0],
    )
    expect(marks.sort()).toEqual([1, 4, 4, 5, 5])
    await manager.says('私聊', '结束问卷 W1')
    const posted = world.harness.sent({ group: world.group('居民群') })
    expect(posted.some((one) => one.media?.kind === 'image')).toBe(true)
    expect(posted.at(-1)?.text).toContain('谢谢 5 户邻居')
  })
})
