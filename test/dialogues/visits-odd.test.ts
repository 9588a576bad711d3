import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { searchEntries } from '../../src/ledger/search/find.js'
import { verifyLedger } from '../../src/ledger/verify/index.js'
import { createWorld, type JumpingWorld } from '../support/world.js'

let world: JumpingWorld
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const says = async (who: string, text: string, place = '私聊') =>
  (await world.as(who).says(place, text)).map((one) => one.text).join('\n')
const wang = (text: string, place?: string) => says('王芳', text, place)

describe('odd words about a visit', () => {
  it('are logged where they can mean nothing else', async () => {
    expect(await wang('3-2-601 没人')).toContain('3幢2单元601 李浩然 未遇')
    expect(await wang('今天去了3-2-702，老人摔了一跤，已送医院')).toMatch(
      /问题：老人摔了一跤；措施：已送医院.*本月 1\/30/s,
    )
    expect(await wang('走访 3-2-501 502 都没人')).toMatch(/记下了 2 户.*501 张爱丽 未遇.*502 应思琪（重点） 未遇/s)
    expect(await wang('走訪 3-2-501 張阿姨說樓道燈壞了，已聯繫物業')).toContain('问题：楼道灯坏；措施：已联系物业')
    expect(await wang('走访 张爱丽家，孩子发烧')).toContain('3幢2单元501')
  })

  it('get a straight answer where they cannot be', async () => {
    expect(await wang('走访 明天 3-2-501 去看看')).toBe('11-23 还没到，走访完再记。')
    expect(await wang('走访 2月30日 3-2-501 正常')).toBe('没有“2月30日”这一天，请再看一下日期。')
    expect(await wang('走访 11-10 3-2-501 正常\n3-2-502 正常')).toMatch(/^2 户没记：2026-11-10 已超过 3 天/)
    expect(await wang('走访了3幢2单元所有人家，都正常')).toContain('要一户户记')
    expect(await wang('走访怎么记')).toMatch(/走访 3-2-501 .*怎么算：当面见到才算/s)
    expect(await wang('走访目标')).toContain('11月走访 0/30')
    expect(await world.db.read.visit.count()).toBe(0)
  })

  it('are kept to what can be stored, and said so', async () => {
    const long = await wang(`走访 3-2-501 ${'老人说了很多话，'.repeat(700)}`)
    expect(long).toContain('只存了前 2000 个字')
    expect(long.length).toBeLessThan(400)
    const rows = await world.db.read.household.findMany({ where: { grid: { code: 'BH-01' } }, take: 62 })
    const many = await wang(`走访\n${rows.map((one) => `${one.building}-${one.unit}-${one.room} 正常`).join('\n')}`)
    expect(many).toContain('记下了 60 户')
    expect(many).toContain('一次最多记 60 户，后面 2 户没记')
    expect(await world.db.read.visit.count()).toBe(61)
  })

  it('do not become the answer to a question they do not answer', async () => {
    await wang('走访 99-9-999 张三 灯坏了')
    expect(await wang('拒访 3-1-101')).not.toContain('灯坏')
    await wang('走访 99-9-999 张三 灯坏了')
    expect(await wang('算了')).toBe('好，没记。走访完再发给我。')
    await wang('走访 3-2-502 见到')
    expect(await wang('好的')).not.toContain('改好了')
    expect((await world.db.read.visit.findMany()).map((one) => one.outcome)).toEqual(['refused', 'met'])
  })

  it('are left to colleagues in their group', async () => {
    for (const talk of ['今天走访了五户', '走访完了', '大家走访的时候注意防滑', '明天走访3-2-501', '3-2-501 没人'])
      expect(await world.as('王芳').says('工作群', talk), talk).toEqual([])
    expect(await wang('走访 3-2-501 正常', '工作群')).toContain('记下了：3幢2单元501')
  })

  it('of danger are answered with what to do first', async () => {
    const [receipt] = await world.as('王芳').says('私聊', '走访 3-2-501 煤气味很重，老人头晕')
    expect(receipt?.text).toContain('先打 110、119 或 120，再点“立诉求”')
    await world.as('王芳').taps('“煤气味很重”立诉求')
    expect((await world.db.read.request.findFirstOrThrow()).urgent).toBe(true)
  })
})

describe('a visit logged earlier today', () => {
  it('is corrected or called off by its address, whatever came after', async () => {
    await wang('走访 3-1-301 正常')
    await wang('走访 3-2-501 正常')
    expect(await wang('更正 3-1-301 拒访')).toMatch(/改好了：3幢1单元301 李秀英 拒访.*本月 1\/30/s)
    expect(await wang('撤销走访 3-2-501')).toBe('撤回了：3幢2单元501。本月 0/30。原记录保留可查。')
    expect(await wang('撤销 3-2-501')).toContain('您今天没有 3-2-501 的走访记录可撤')
    expect(await wang('撤销走访')).toContain('撤回了：3幢1单元301')
    expect(await world.db.read.visit.count({ where: { status: 'valid' } })).toBe(0)
  })
})

describe('before knocking', () => {
  it('a worker sees what was found the last time, in private, and goes on from there', async () => {
    await wang('走访 3-2-501 楼道灯坏了，已联系物业')
    await world.jumpTo('2026-12-02 10:00')
    const [record] = await world.as('王芳').says('私聊', '3-2-501')
    expect(record?.text).toMatch(
      /^3幢2单元501 张爱丽：上次见到 2026-11-22（10 天前）。\n2026-11-22 见到：问题：楼道灯坏/,
    )
    expect(record?.choices).toEqual(['见到，一切正常', '未遇', '拒访'])
    const [receipt] = await world.as('王芳').taps('见到，一切正常')
    expect(receipt?.text).toContain('本月 1/')
    expect(await wang('走访记录 3-2-502')).toContain('还没有见到过')
    expect(await wang('3-2-501 上次什么时候走访的')).toContain('（今天）')
    expect(await world.as('王芳').says('工作群', '走访记录 3-2-501')).toEqual([])
    expect(await says('爱丽', '走访记录 3-2-501')).not.toContain('楼道灯')
  })
})

describe('who has no grid', () => {
  it('is told so, not given a goal of nothing', async () => {
    await says('陈主任', '走访 3-2-501 慰问')
    expect(await says('陈主任', '我的进度')).toBe('11月走访 1 户，今天 1 户。\n没有负责的网格，不设走访目标。')
    expect(await says('陈主任', '该访谁')).toContain('您自己没有网格。发“榜单”')
    expect(await says('刘洋', '该访谁')).toContain('没有负责的网格')
    await wang('走访 3-2-501 正常')
    expect(await says('陈主任', '王芳走访进度')).toContain('王芳 11月走访 1/30')
    expect(await wang('走访目标 10')).toContain('只有')
  })
})

describe('a resident who asks to be forgotten', () => {
  it('is gone from what visits say of their home, while every count stays', async () => {
    await wang('走访 3-2-501 张阿姨说楼道灯坏了；血压高，儿子爱丽不在身边')
    await world.as('王芳').says('私聊', '', { attachments: [{ reference: 'photo-1', mime: 'image/jpeg' }] })
    await wang('更正 血压很高，爱丽在照顾')
    await wang('走访 3-2-601 高先生膝盖疼')
    await wang('3-2-501')
    const before = await wang('我的进度')
    await world.as('爱丽').says('私聊', '删除我的信息')
    await world.as('爱丽').taps('确认删除')
    const home = await world.db.read.household.findFirstOrThrow({ where: { building: '3', unit: '2', room: '501' } })
    const visits = await world.db.read.visit.findMany({ where: { householdId: home.id } })
    expect(visits.map((one) => [one.status, one.outcome, one.counted, one.photos, one.problem, one.text])).toEqual([
      ['corrected', 'met', false, 1, '', ''],
      ['valid', 'met', true, 0, '', ''],
    ])
    const { read } = world.db
    const everything = JSON.stringify(
      await Promise.all([
        read.visit.findMany(),
        read.ledgerEntry.findMany(),
        read.inboxMessage.findMany(),
        read.outboxMessage.findMany(),
        read.offer.findMany(),
        read.attachment.findMany(),
      ]),
    )
    for (const word of ['血压', '张阿姨', '爱丽', 'photo-1']) expect(everything.includes(word), word).toBe(false)
    expect(everything).toContain('膝盖疼')
    expect(await wang('我的进度')).toBe(before)
    expect(await wang('走访记录 3-2-501')).toContain('（内容已按本人要求删除）')
    expect(await verifyLedger(read)).toMatchObject({ faults: [] })
    expect(await searchEntries(read, { terms: ['血压'] })).toEqual([])
  })
})
