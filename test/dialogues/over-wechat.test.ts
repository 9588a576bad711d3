import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWechatHarness, type WechatHarness } from '../support/wechat-harness.js'
import { dialoguesOver } from './shared-dialogues.js'
import { createFarWorld, type FarWorld } from './shared-far-world.js'
import { wechatHands } from './shared-wechat.js'

const ELEVATOR = '3幢2单元电梯又坏了，我妈八十多岁下不来楼'

async function open() {
  const harness = await createWechatHarness()
  return createFarWorld({ harness, hands: wechatHands(harness) })
}

dialoguesOver('WeChat', open, { edits: false, captions: false })

describe('what only WeChat does', () => {
  let world: FarWorld
  let harness: WechatHarness
  beforeEach(async () => {
    harness = await createWechatHarness()
    world = await createFarWorld({ harness, hands: wechatHands(harness) })
  })
  afterEach(() => world.close())

  it('a group that came back under a new id is taken up again by a manager, never by guess', async () => {
    // 老周 never opened a private chat: he can be told in the group only.
    await world.as('老周').says('居民群', ELEVATOR)
    const everybody = ['爱丽', '老周', '王芳', '陈主任'].map((name) => world.person(name))
    const renewed = harness.group('百合居民群', ...everybody)
    await harness.setMembership(renewed, true)
    await world.settle()
    expect(harness.sent({ group: renewed }).at(-1)?.text).toContain('大家好，我是邻里')

    await harness.say(world.person('爱丽'), renewed, '接上本群', { mentionBot: true })
    await world.settle()
    expect(harness.sent({ group: renewed }).at(-1)?.text).toContain('只有社区主任')

    await harness.say(world.person('陈主任'), renewed, '接上本群', { mentionBot: true })
    await world.settle()
    const asked = harness.sent({ group: renewed }).at(-1)
    expect(asked?.text).toContain('这个群原来是哪一个')
    if (!asked) throw new Error('not asked')
    expect(asked.choices).toContain('百合居民群')
    await harness.say(world.person('陈主任'), renewed, String(asked.choices.indexOf('百合居民群') + 1), {
      quotes: asked,
    })
    await world.settle()
    expect(harness.sent({ group: renewed }).at(-1)?.text).toContain('接上了')

    const rows = await world.db.read.chat.findMany({ where: { kind: 'residents', name: '百合居民群' } })
    expect(rows.map((row) => row.externalId)).toEqual([renewed.id])
    // What happens to the old request is told in the group under its new id.
    await world.as('王芳').says('私聊', '接单 0001')
    const told = harness.sent({ group: renewed }).at(-1)
    expect(told?.text).toContain('您报的 0001 王芳已接单。')
    expect(told?.mention).toBe('老周')
  })

  it('keeps people apart who share a name, and asks nobody to guess', async () => {
    const other = harness.person('爱丽')
    await world.as('爱丽').says('私聊', ELEVATOR)
    await harness.say(other, null, '进度')
    await world.settle()
    expect(harness.sent({ person: other }).at(-1)?.text).not.toContain('0001')
  })

  it('a message that may have been sent is sent once more when somebody waits for it', async () => {
    harness.failNext('cut')
    await world.as('爱丽').says('私聊', ELEVATOR)
    await world.advance({ minutes: 1 })
    await expect.poll(() => world.heard('私聊:爱丽').length, { timeout: 20_000 }).toBe(2)
    expect(await world.db.read.request.count()).toBe(1)
  })
})
