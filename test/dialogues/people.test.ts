import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../support/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

describe('who is who', () => {
  it('binds a newcomer to a household once the worker confirms', async () => {
    await world.as('路人').says('私聊', '绑定 3-2-601 赵小刚')
    expect(world.last('私聊:路人').text).toContain('已请王芳确认')
    expect(world.last('私聊:王芳').text).toContain('“路人”说自己是3幢2单元601的赵小刚')
    await world.as('王芳').taps('确认')
    expect(world.last('私聊:路人').text).toContain('绑定好了：3幢2单元601')
    await world.as('路人').says('私聊', '我是谁')
    expect(world.last('私聊:路人').text).toContain('3幢2单元601')
    await world.as('王芳').taps('确认')
    expect(world.last('私聊:王芳').text).toContain('已经处理过')
  })

  it('lets only the manager confirm a colleague', async () => {
    await world.as('路人').says('私聊', '绑定 W01 王芳')
    expect(world.last('私聊:陈主任').text).toContain('工号 W01')
    expect(world.heard('私聊:李强')).toEqual([])
    await world.as('陈主任').taps('不是')
    expect(world.last('私聊:路人').text).toContain('没有确认')
    await world.as('路人').says('工作群', '待办')
    expect(world.last('工作群').text).toContain('只有社区工作人员')
  })

  it('says what is wrong with a claim', async () => {
    await world.as('路人').says('私聊', '绑定')
    expect(world.last('私聊:路人').text).toContain('绑定 幢-单元-室 姓名')
    await world.as('路人').says('私聊', '绑定 99-9-999 赵小刚')
    expect(world.last('私聊:路人').text).toContain('没有找到')
    await world.as('路人').says('居民群', '@邻里 绑定 3-2-601 赵小刚')
    expect(world.last('居民群').text).toContain('请私聊我')
  })

  it('helps by role', async () => {
    await world.as('爱丽').says('私聊', '帮助')
    expect(world.last('私聊:爱丽').text).toContain('催单')
    expect(world.last('私聊:爱丽').text).not.toContain('转派')
    await world.as('王芳').says('私聊', '帮助')
    expect(world.last('私聊:王芳').text).toContain('转派 0012 李强')
  })

  it('needs no answer to thanks, and helps with what it does not understand', async () => {
    expect(await world.as('爱丽').says('私聊', '谢谢啦')).toEqual([])
    await world.as('爱丽').says('私聊', '哈哈哈哈今天天气真不错')
    expect(world.last('私聊:爱丽').text).toContain('没听明白')
  })
})

describe('an unsure word in private', () => {
  it('is asked about, and logged at a tap', async () => {
    await world.db.write((tx) =>
      tx.community.updateMany({ data: { settings: { triage: { log: 1, urgentLog: 1, ask: 0, urgentAsk: 0 } } } }),
    )
    await world.as('爱丽').says('私聊', '楼上漏水到我家天花板了')
    expect(world.last('私聊:爱丽').choices).toEqual(['登记', '不用'])
    await world.as('爱丽').taps('登记')
    expect(world.last('私聊:爱丽').text).toContain('已登记 BH-202611-0001')
  })
})

describe('an unsure message', () => {
  const UNSURE = '哎，这楼道里的灯'

  it('asks the worker with one tap and never the group', async () => {
    const understanding = await suspicionOf(world, UNSURE)
    expect(understanding).toBe('ask_worker')
    expect(world.heard('居民群')).toEqual([])
    expect(world.last('私聊:王芳').choices).toEqual(['登记', '不是诉求', '先问问他'])
    await world.as('王芳').taps('先问问他')
    expect(world.last('私聊:爱丽').text).toContain('需要社区帮忙处理吗')
    await world.as('爱丽').taps('需要，请登记')
    expect(await world.db.read.request.count()).toBe(1)
    await world.as('王芳').taps('登记')
    expect(world.last('私聊:王芳').text).toContain('已经有人处理过了')
    expect(await world.db.read.request.count()).toBe(1)
  })

  it('learns from the worker’s no', async () => {
    await suspicionOf(world, UNSURE)
    await world.as('王芳').taps('不是诉求')
    expect(await world.db.read.labelledExample.findFirst()).toMatchObject({ intent: 'chatter', source: 'dismissed' })
  })
})

/** Sets the thresholds so that the words fall in the unsure band, whatever the model thinks of them this month. */
async function suspicionOf(of: World, text: string): Promise<string> {
  await of.db.write((tx) =>
    tx.community.updateMany({ data: { settings: { triage: { log: 1, urgentLog: 1, ask: 0, urgentAsk: 0 } } } }),
  )
  await of.as('爱丽').says('居民群', text)
  return (await of.db.read.suspicion.count()) === 1 ? 'ask_worker' : 'silent'
}
