import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashInspectionToken, resolveInspection } from '../../src/ledger/links.js'
import { searchEntries } from '../../src/ledger/search/find.js'
import { verifyLedger } from '../../src/ledger/verify/index.js'
import { checkWorkbook } from '../../src/ledger/workbook/check.js'
import { openWorkbook } from '../../src/ledger/workbook/read.js'
import { createWorld, type World } from '../support/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const lift = () => world.as('爱丽').says('居民群', '3幢2单元电梯又坏了，我妈八十多岁下不来楼')

describe('导出台账', () => {
  it('sends the manager a workbook that can be checked, and notes it', async () => {
    await lift()
    await world.as('陈主任').says('私聊', '导出台账 2026-11')
    const { text, message } = world.last('私聊:陈主任')
    expect(text).toContain('百合社区 电子台账 2026-11')
    expect(text).toContain('含完整个人信息')
    expect(message.file?.name).toBe('百合社区 电子台账 2026-11.xlsx')
    const file = join(tmpdir(), `linli-export-${process.pid}.xlsx`)
    writeFileSync(file, message.file?.bytes ?? '')
    expect((await checkWorkbook(world.db.read, file)).faults).toEqual([])
    const book = await openWorkbook(file)
    expect(book.sheets.map((sheet) => sheet.name)).toEqual(
      expect.arrayContaining(['封面', '居民诉求', '台账流水', '校验']),
    )
    await book.close()
    const log = await world.db.read.accessLog.findMany({ where: { action: 'export' } })
    expect(log).toHaveLength(1)
  })

  it('masks for a worker and in a group, and is not for residents', async () => {
    await lift()
    await world.as('王芳').says('私聊', '导出台账')
    expect(world.last('私聊:王芳').text).toContain('个人信息已打码')
    await world.as('陈主任').says('工作群', '导出台账 本月')
    expect(world.last('工作群').text).toContain('个人信息已打码')
    await world.as('爱丽').says('私聊', '导出台账')
    expect(world.last('私聊:爱丽').message.file).toBeUndefined()
    const before = world.heard('居民群').length
    await world.as('陈主任').says('居民群', '导出台账')
    expect(world.heard('居民群')).toHaveLength(before)
    await world.as('陈主任').says('私聊', '导出台账 火星')
    expect(world.last('私聊:陈主任').text).toContain('没看懂是哪个月')
  })
})

describe('查', () => {
  it('finds requests and entries by words, month, category and state', async () => {
    await lift()
    await world.as('王芳').says('私聊', '查 电梯 3幢')
    expect(world.last('私聊:王芳').text).toMatch(/^查“电梯 3幢”：诉求 1 件/)
    expect(world.last('私聊:王芳').text).toContain('BH-202611-0001')
    await world.as('王芳').says('私聊', '查 梯 公共设施 2026-11')
    expect(world.last('私聊:王芳').text).toContain('BH-202611-0001')
    await world.as('王芳').says('私聊', '查 电梯 已办结')
    expect(world.last('私聊:王芳').text).toContain('没有查到')
    await world.as('王芳').says('私聊', '查 电梯 2026-10')
    expect(world.last('私聊:王芳').text).toContain('没有查到')
    await world.as('王芳').says('私聊', '查')
    expect(world.last('私聊:王芳').text).toContain('请写要查的词')
  })
})

describe('封账', () => {
  it('closes a month that is over, posts the fingerprint, and only once', async () => {
    await lift()
    await world.as('陈主任').says('私聊', '封账 2026-11')
    expect(world.last('私聊:陈主任').text).toContain('还没有过完')
    await world.jump({ days: 9 })
    await world.as('王芳').says('私聊', '封账 2026-11')
    expect(world.last('私聊:王芳').text).toContain('只有')
    await world.as('陈主任').says('私聊', '封账')
    const words = world.last('私聊:陈主任').text
    const fingerprint = /指纹 ([0-9A-F-]{19})/.exec(words)?.[1] ?? ''
    expect(words).toContain('2026-11 台账已封账')
    expect(world.last('工作群').text).toContain(fingerprint)
    expect(world.last('街道群').text).toContain(fingerprint)
    await world.as('陈主任').says('私聊', '月结 11月')
    expect(world.last('私聊:陈主任').text).toBe(`2026-11 已经封账，指纹 ${fingerprint}。`)
    const report = await verifyLedger(world.db.read, { expected: new Map([['BH 2026-11', fingerprint]]) })
    expect(report.faults).toEqual([])
  })

  it('happens by itself on the set day', async () => {
    await lift()
    await world.jump({ days: 12 })
    expect(await world.db.read.ledgerClose.count()).toBe(0)
    await world.jump({ days: 1 })
    expect(await world.db.read.ledgerClose.findMany()).toMatchObject([{ month: '2026-11' }])
    expect(world.heard('街道群').filter((heard) => heard.text.includes('台账已封账'))).toHaveLength(1)
  })
})

describe('台账页', () => {
  it('tells which paper ledgers each page replaces, with the community’s own', async () => {
    const page = { page: 'own-lifts', title: '电梯台账', replaces: ['电梯维保登记簿'], filter: { pages: ['requests'] } }
    const columns = [{ header: '内容', from: 'text' }]
    const settings = { ledger: { pages: [{ ...page, columns }] } }
    await world.db.write((tx) => tx.community.updateMany({ data: { settings } }))
    await world.as('陈主任').says('私聊', '台账页')
    const { text } = world.last('私聊:陈主任')
    expect(text).toContain('居民诉求：代替 15 本')
    expect(text).toContain('电梯台账：代替 1 本，如电梯维保登记簿')
    expect(text).toContain('特殊人群 6 本')
  })
})

describe('检查链接', () => {
  const now = () => world.now()

  it('opens a masked look for an inspector until it is revoked', async () => {
    await world.db.write((tx) => tx.serviceAddress.create({ data: { id: 1, url: 'https://bh.example' } as never }))
    await world.as('陈主任').says('私聊', '检查链接 市民政局 7天 居民诉求 2026-10')
    const { text } = world.last('私聊:陈主任')
    expect(text).toContain('可看：居民诉求；期间 2026-10-01 至 2026-10-31')
    const token = /inspect\/([\w-]+)/.exec(text)?.[1] ?? ''
    const look = (page: string | null, at = now()) =>
      world.db.write((tx) => resolveInspection(tx, token, { page, viewer: '10.0.0.1', now: at }))
    expect(await look('requests')).toMatchObject({ label: '市民政局', pages: ['requests'], communityId: 1 })
    expect(await look('visits')).toBeNull()
    expect(await look(null, new Date(now().getTime() + 8 * 86_400_000))).toBeNull()
    expect(await world.db.read.accessLog.findMany({ where: { action: 'inspect' } })).toMatchObject([
      { actor: 'link:1', detail: 'requests 10.0.0.1' },
    ])
    expect(JSON.stringify(await world.db.read.ledgerEntry.findMany())).not.toContain(token)
    expect(JSON.stringify(await world.db.read.ledgerEntry.findMany())).toContain(hashInspectionToken(token))
    await world.as('陈主任').says('私聊', '检查链接')
    expect(world.last('私聊:陈主任').text).toContain('看过 1 次')
    await world.as('王芳').says('私聊', '撤销链接 1')
    expect(await look('requests')).not.toBeNull()
    await world.as('陈主任').taps('撤销链接 1')
    expect(world.last('私聊:陈主任').text).toContain('已收回')
    expect(await look('requests')).toBeNull()
    await world.as('陈主任').says('私聊', '撤销链接 1')
    expect(world.last('私聊:陈主任').text).toContain('已经收回')
  })

  it('needs an address, a private chat and a sensible term', async () => {
    await world.as('陈主任').says('私聊', '检查链接 市局')
    expect(world.last('私聊:陈主任').text).toContain('还没有配置网页地址')
    await world.db.write((tx) => tx.serviceAddress.create({ data: { id: 1, url: 'https://bh.example' } as never }))
    await world.as('陈主任').says('私聊', '检查链接 市局 99天')
    expect(world.last('私聊:陈主任').text).toContain('最长 30 天')
    await world.as('陈主任').says('工作群', '检查链接 市局')
    expect(world.last('工作群').text).toContain('请私聊我')
  })
})

describe('我的数据', () => {
  it('tells a resident what is held, and forgets them on their word', async () => {
    await lift()
    await world.as('爱丽').says('私聊', '我的数据')
    const held = world.last('私聊:爱丽')
    expect(held.text).toContain('绑定的门牌：3幢2单元501')
    expect(held.text).toContain('您报的 1 件（在办 1 件）')
    expect(held.text).not.toMatch(/\d{11}/)
    await world.as('爱丽').taps('删除我的信息')
    expect(world.last('私聊:爱丽').text).toContain('还有 1 件诉求在办')
    await world.as('爱丽').taps('不删了')
    expect(world.last('私聊:爱丽').text).toContain('没有删除')
    expect(await world.db.read.person.count({ where: { name: '张爱丽' } })).toBe(1)
    await world.as('爱丽').says('私聊', '删除我的信息')
    await world.as('爱丽').taps('确认删除')
    expect(world.last('私聊:爱丽').text).toContain('已删除')

    const everything = JSON.stringify(
      await Promise.all([
        world.db.read.account.findMany(),
        world.db.read.person.findMany(),
        world.db.read.household.findMany({ where: { building: '3', room: '501' } }),
        world.db.read.request.findMany(),
        world.db.read.requestReporter.findMany(),
        world.db.read.inboxMessage.findMany(),
        world.db.read.ledgerEntry.findMany(),
      ]),
    )
    for (const word of ['爱丽', '八十多岁', 'resident-aili']) expect(everything).not.toContain(word)
    const report = await verifyLedger(world.db.read)
    expect(report).toMatchObject({ faults: [] })
    expect(report.erased).toBeGreaterThan(0)
    expect(await searchEntries(world.db.read, { terms: ['八十多岁'] })).toEqual([])
    expect(await world.db.read.request.findMany()).toMatchObject([
      { number: 'BH-202611-0001', building: '3', room: null },
    ])
    await world.as('爱丽').says('私聊', '我是谁')
    expect(world.last('私聊:爱丽').text).not.toContain('张爱丽')
  })

  it('keeps the records of those who work there, and speaks of data in private only', async () => {
    await world.as('王芳').says('私聊', '删除我的信息')
    expect(world.last('私聊:王芳').text).toContain('按规定要留存')
    await world.as('爱丽').says('居民群', '我的数据', { addressed: true })
    expect(world.last('居民群').text).toContain('私聊')
    const before = world.heard('居民群').length
    await world.as('爱丽').says('居民群', '我的数据')
    expect(world.heard('居民群')).toHaveLength(before)
  })
})

describe('what nobody asked for', () => {
  it('is dropped from the inbox after the community’s days, what was acted on stays', async () => {
    await world.as('李阿姨').says('居民群', '早啊大家 今天鸡蛋便宜')
    await lift()
    const inbox = async () => JSON.stringify(await world.db.read.inboxMessage.findMany())
    await world.jump({ days: 6 })
    expect(await inbox()).toContain('鸡蛋')
    await world.jump({ days: 3 })
    expect(await inbox()).not.toContain('鸡蛋')
    expect(await inbox()).not.toContain('李阿姨')
    expect(await inbox()).toContain('八十多岁')
  })
})
