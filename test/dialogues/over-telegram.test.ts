import { afterEach, describe, expect, it } from 'vitest'
import {
  createTelegramHarness,
  type TelegramHarness,
  type TelegramHarnessOptions,
} from '../support/telegram-harness.js'
import { dialoguesOver } from './shared-dialogues.js'
import { createFarWorld, type FarWorld, type FarWorldOptions } from './shared-far-world.js'
import { telegramHands, userOf } from './shared-telegram.js'

const ELEVATOR = '3幢2单元电梯又坏了，我妈八十多岁下不来楼'

async function open(options: TelegramHarnessOptions = {}, more: Partial<FarWorldOptions> = {}) {
  const harness: TelegramHarness = await createTelegramHarness(options)
  return createFarWorld({ harness, hands: telegramHands(harness), ...more })
}

const traits = { edits: true, captions: true }
dialoguesOver('Telegram, polling', () => open(), traits)
dialoguesOver('Telegram, webhook', () => open({ webhook: true }), traits)

describe('what only Telegram does', () => {
  let world: FarWorld
  let harness: TelegramHarness
  afterEach(() => world.close())
  const start = async (options: TelegramHarnessOptions = {}, more: Partial<FarWorldOptions> = {}) => {
    harness = await createTelegramHarness(options)
    world = await createFarWorld({ harness, hands: telegramHands(harness), ...more })
  }
  const sentTo = (chat: string) => harness.server.sent.filter((one) => one.chat === chat)

  it('a group that becomes a supergroup keeps its community, its cards and their buttons', async () => {
    await start()
    await world.as('爱丽').says('居民群', ELEVATOR)
    const card = world.last('工作群')
    const chat = { id: Number(world.group('工作群').id), type: 'group', title: '工作群' }
    const from = userOf(world.person('陈主任'))
    const to = -1005550001
    harness.server.deliver({
      message: { message_id: harness.server.nextMessageId(), date: 1, from, chat, migrate_to_chat_id: to },
    })
    await world.settle()
    expect(
      await world.db.read.chat.findFirst({
        where: { externalId: String(to) },
        select: { kind: true, active: true, community: { select: { code: true } } },
      }),
    ).toEqual({ kind: 'workers', active: true, community: { code: 'BH' } })

    const data = harness.server.sent.find((one) => String(one.messageId) === card.id)?.buttons.flat()[0]?.callback_data
    harness.server.deliver({
      callback_query: {
        id: 'tap',
        from: userOf(world.person('王芳')),
        chat_instance: '1',
        data,
        message: { message_id: Number(card.id), date: 1, chat: { ...chat, id: to, type: 'supergroup' } },
      },
    })
    await world.settle()
    expect(sentTo(String(to)).at(-1)?.text).toContain('0001 由王芳接单')
    await world.as('阿波').says('居民群', '7幢2单元门禁坏了，老人进不来')
    expect(sentTo(String(to)).at(-1)?.text).toContain('【待接单】BH-202611-0002')
  })

  it('a card that meets the migration first goes to the new group, once', async () => {
    await start()
    const old = world.group('工作群').id
    harness.server.fail(
      {
        kind: 'error',
        code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: -1005550002 },
      },
      'sendMessage',
      1,
    )
    await world.as('爱丽').says('居民群', ELEVATOR)
    expect(sentTo('-1005550002').map((one) => one.text.includes('【待接单】BH-202611-0001'))).toEqual([true])
    expect(sentTo(old)).toEqual([])
    expect(await world.db.read.chat.count({ where: { externalId: '-1005550002', kind: 'workers' } })).toBe(1)
  })

  it('somebody who blocked the bot is told by mention in the group', async () => {
    await start()
    await world.as('爱丽').says('居民群', ELEVATOR)
    harness.server.fail(
      { kind: 'error', code: 403, description: 'Forbidden: bot was blocked by the user' },
      'sendMessage',
      1,
    )
    await world.as('王芳').taps('接单', '工作群')
    expect(world.heard('私聊:爱丽')).toEqual([])
    const told = world.last('居民群')
    expect(told).toMatchObject({ mention: '爱丽', text: '您报的 0001 王芳已接单。' })
    await world.as('王芳').says('私聊', '进展 0001 维保在路上')
    expect(world.heard('私聊:爱丽')).toEqual([])
    // Writing to the bot again opens the private chat again.
    await world.as('爱丽').says('私聊', '进度')
    await world.as('王芳').says('私聊', '进展 0001 维保到了')
    expect(world.last('私聊:爱丽').text).toContain('维保到了')
  })

  it('429 is waited out and the message delivered once', async () => {
    await start()
    const error = { kind: 'error', code: 429, description: 'Too Many Requests' } as const
    harness.server.fail({ ...error, parameters: { retry_after: 1 } })
    await harness.say(world.person('爱丽'), world.group('居民群'), ELEVATOR)
    await harness.until(() => harness.server.calls.filter((one) => one === 'sendMessage').length >= 2)
    await world.settle()
    await world.advance({ minutes: 1 })
    await expect.poll(() => world.heard('居民群').length, { timeout: 20_000 }).toBe(1)
    await world.service.idle()
    expect(world.heard('居民群')).toHaveLength(1)
    expect(await world.db.read.outboxMessage.groupBy({ by: ['status'], _count: true })).toEqual([
      { status: 'sent', _count: 2 },
    ])
  })

  it('an answer whose connection was cut is sent once more; a reminder is marked for the operator', async () => {
    await start()
    harness.server.fail({ kind: 'cut' })
    await world.as('爱丽').says('居民群', ELEVATOR)
    await world.advance({ minutes: 1 })
    await expect.poll(() => world.heard('居民群').length, { timeout: 20_000 }).toBe(2)
    expect(new Set(world.heard('居民群').map((one) => one.text)).size).toBe(1)

    await world.advanceTo('2026-11-23 17:29')
    harness.server.fail({ kind: 'cut' })
    await world.advance({ minutes: 2 })
    await world.advance({ minutes: 5 })
    expect(world.heard('私聊:王芳').filter((one) => one.text.includes('【超时】'))).toHaveLength(1)
    const overdue = { key: { contains: ':overdue:' } }
    expect(await world.db.read.outboxMessage.findMany({ where: overdue })).toMatchObject([
      { status: 'unknown', priority: 'push', attempts: 1 },
    ])
  })

  it('greets a group it is put into, and works there once a manager says what it is', async () => {
    await start()
    const fresh = harness.group('百合三区')
    await harness.setMembership(fresh, true)
    await world.settle()
    expect(harness.sent({ group: fresh }).map((one) => one.text.slice(0, 8))).toEqual(['大家好，我是邻里'])
    await harness.say(world.person('爱丽'), fresh, '绑定本群 居民群', { mentionBot: true })
    await world.settle()
    expect(harness.sent({ group: fresh }).at(-1)?.text).toContain('只有社区主任')
    await harness.say(world.person('陈主任'), fresh, '绑定本群 居民群', { mentionBot: true })
    await world.settle()
    expect(harness.sent({ group: fresh }).at(-1)?.text).toContain('这里是百合社区的居民群')
    await harness.say(world.person('爱丽'), fresh, ELEVATOR)
    await world.settle()
    expect(harness.sent({ group: fresh }).at(-1)?.text).toContain('已登记 BH-202611-0001')
  })

  it('keeps Telegram’s limits by itself: nothing is refused', { timeout: 120_000 }, async () => {
    await start({ server: { enforceLimits: true } }, { limits: {} })
    for (const words of ['电梯坏了', '楼道灯不亮', '门禁坏了'])
      await world.as('爱丽').says('私聊', `报事 3幢2单元${words}`)
    const kept = await world.db.read.outboxMessage.findMany()
    expect(kept.map((row) => [row.status, row.attempts])).toEqual(kept.map(() => ['sent', 1]))
    expect(kept).toHaveLength(6)
  })
})
