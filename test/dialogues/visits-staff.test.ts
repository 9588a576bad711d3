import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type JumpingWorld } from '../support/world.js'

let world: JumpingWorld
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const says = async (who: string, text: string) =>
  (await world.as(who).says('私聊', text)).map((one) => one.text).join('\n')

describe('leave', () => {
  it('is asked by the worker, confirmed by the manager, and lowers the goal with its reason', async () => {
    await says('王芳', '走访 3-2-501 正常')
    expect(await says('王芳', '请假 11-24 到 11-26 看病')).toContain('请假 11-24 到 11-26 已报主任')
    expect(await says('王芳', '我的进度')).toContain('1/30')
    expect(world.last('私聊:陈主任').text).toContain('王芳请假 11-24 到 11-26：看病')
    await world.as('陈主任').taps('同意')
    expect(world.last('私聊:王芳').text).toBe('请假 11-24 到 11-26 已确认，这几天不催。11月目标 26 户。')
    expect(await says('王芳', '我的进度')).toMatch(/1\/26.*目标 26 户（满额 30）：请假 3 个工作日（11-24 到 11-26）/s)
    const [again] = await world.as('陈主任').taps('不同意')
    expect(again?.text).toBe('这条请假已经处理过了。')
    expect(await says('王芳', '请假 11-25 有事')).toContain('这几天已有请假')
  })

  it('may be refused, recorded by the manager, and ended early', async () => {
    await says('王芳', '走访 3-2-501 正常')
    await says('王芳', '请假 明天 有事')
    await world.as('陈主任').taps('不同意')
    expect(world.last('私聊:王芳').text).toContain('没有获准')
    expect(await says('陈主任', '请假 王芳 11-23 到 11-27 培训')).toContain(
      '已记 王芳请假 11-23 到 11-27。11月目标 23 户。',
    )
    await world.jumpTo('2026-11-25 09:00')
    expect(await says('王芳', '销假')).toBe('销假了，欢迎回来。11月目标 28 户。')
    expect(await says('王芳', '销假')).toBe('现在没有在休的假。')
    expect(await says('王芳', '请假')).toContain('请这样发')
    expect(await says('陈主任', '请假 赵六 11-23 有事')).toContain('没有叫“赵六”的同事')
  })
})

describe('cover and hand-over', () => {
  it('lends a grid for some days and gives it back by itself', async () => {
    expect(await says('陈主任', '代管 刘洋 1区 11-24 到 11-26')).toContain('刘洋代管第一网格')
    expect(world.last('私聊:王芳').text).toContain('第一网格由刘洋代管，到期自动交还')
    expect(await says('刘洋', '该访谁')).toContain('没有负责的网格')
    await world.jumpTo('2026-11-24 10:00')
    expect(await says('刘洋', '该访谁')).toMatch(/建议走访 \d+ 户/)
    expect(await says('刘洋', '走访 3-2-501 正常')).not.toContain('不在您的网格')
    const covered = await world.db.read.visit.findFirstOrThrow()
    const liu = await world.db.read.person.findUniqueOrThrow({ where: { staffNo: 'W05' } })
    expect([covered.workerId, covered.responsibleId, covered.outside]).toEqual([liu.id, liu.id, false])
    await world.jumpTo('2026-11-27 10:00')
    expect(await says('刘洋', '该访谁')).toContain('没有负责的网格')
    // A visit logged late is of the day it was made on.
    expect(await says('刘洋', '走访 11-26 3-2-601 正常')).not.toContain('不在您的网格')
    expect(await says('陈主任', '代管 李强 2区 11-28 到 11-30')).toBe('第二网格本来就由李强负责。')
    expect(await says('陈主任', '代管 李强 9区 11-28 到 11-30')).toContain('没有“9区”这个网格')
    expect(await says('王芳', '代管 李强 1区 11-28')).toContain('只有')
  })

  it('divides the month where a grid changes hands, and leaves what was with whoever it was', async () => {
    await says('王芳', '走访 3-2-501 正常')
    await world.jumpTo('2026-11-23 09:00')
    const grid = await world.db.read.grid.findUniqueOrThrow({ where: { code: 'BH-01' } })
    const liu = await world.db.read.person.findUniqueOrThrow({ where: { staffNo: 'W05' } })
    await world.db.write(async (tx) => {
      await tx.gridAssignment.updateMany({ where: { gridId: grid.id }, data: { endsAt: world.now() } })
      await tx.gridAssignment.create({ data: { gridId: grid.id, personId: liu.id, startsAt: world.now() } })
    })
    await world.jumpTo('2026-11-24 00:30')
    expect(await says('刘洋', '我的进度')).toMatch(/0\/9.*11-23 起负责网格，按 6\/21 个工作日算/s)
    expect(await says('王芳', '我的进度')).toMatch(/1\/22.*期中交接，在岗 15\/21 个工作日/s)
    await says('刘洋', '走访 3-2-601 正常')
    const [first, second] = await world.db.read.visit.findMany({ orderBy: { id: 'asc' } })
    const wang = await world.db.read.person.findUniqueOrThrow({ where: { staffNo: 'W01' } })
    expect([first?.responsibleId, second?.responsibleId]).toEqual([wang.id, liu.id])
    // Coverage belongs to the households, so it goes with the grid.
    expect(await says('刘洋', '我的进度')).toContain('今年走到 2/250 户')
  })
})

describe('goals', () => {
  it('hold from the next month on, unless one says this month', async () => {
    await says('王芳', '走访 3-2-501 正常')
    expect(await says('陈主任', '走访目标 25')).toBe('百合社区走访目标 2026-12 起每月 25 户。以前的月份不变。')
    expect(await says('王芳', '我的进度')).toContain('1/30')
    expect(await says('陈主任', '走访目标 王芳 20 本月')).toContain('11月目标 20 户。')
    expect(await says('王芳', '我的进度')).toContain('1/20')
    await world.jumpTo('2026-12-01 09:00')
    expect(await says('王芳', '我的进度')).toMatch(/12月走访 0\/20.*11月 1\/20/s)
    expect(await says('李强', '我的进度')).toContain('12月走访 0/25')
    expect(await says('王芳', '走访目标 1')).toContain('只有')
  })
})

describe('a goal reaches as far as the right of who sets it', () => {
  /** 周科长 of 百丈街道, a second community there, and another subdistrict of the same district. */
  async function neighbours() {
    return world.db.write(async (tx) => {
      const own = await tx.subdistrict.findFirstOrThrow()
      const other = await tx.subdistrict.create({
        data: { code: 'DF', name: '东方街道', districtId: own.districtId },
      })
      const community = (code: string, name: string, subdistrictId: number) =>
        tx.community.create({ data: { code, name, timezone: 'Asia/Shanghai', settings: {}, subdistrictId } })
      await community('HY', '海韵社区', own.id)
      await community('DF1', '东方社区', other.id)
      return { own, other }
    })
  }
  const goals = async () =>
    (await world.db.read.visitGoal.findMany({ orderBy: { id: 'asc' } })).map((one) => [one.scopeKind, one.quota])

  it('is the subdistrict for its officer, and never another', async () => {
    const { own } = await neighbours()
    expect(await says('周科长', '走访目标 20')).toBe('百丈街道走访目标 2026-12 起每月 20 户。以前的月份不变。')
    expect(await goals()).toEqual([['subdistrict', 20]])
    expect((await world.db.read.visitGoal.findFirstOrThrow()).scopeId).toBe(own.id)
    expect(await says('周科长', '走访目标 东方社区 20')).toContain('您管的范围里没有“东方社区”')
    expect(await says('周科长', '走访目标 鄞州区 20')).toContain('您管的范围里没有“鄞州区”')
    expect(await says('周科长', '走访目标 海韵社区 18')).toBe('海韵社区走访目标 2026-12 起每月 18 户。以前的月份不变。')
    expect(await says('周科长', '走访目标 王芳 12')).toBe('王芳走访目标 2026-12 起每月 12 户。以前的月份不变。')
    expect(await says('周科长', '走访目标 20 本月')).toContain('不能一起改')
    expect(await goals()).toEqual([
      ['subdistrict', 20],
      ['community', 18],
      ['worker', 12],
    ])
    await world.jumpTo('2026-12-01 09:00')
    expect(await says('王芳', '我的进度')).toContain('12月走访 0/12')
    expect(await says('李强', '我的进度')).toContain('12月走访 0/20')
  })

  it('is the district for its officer, who may narrow it to a subdistrict', async () => {
    const { other } = await neighbours()
    await world.db.write(async (tx) => {
      const zhou = await tx.person.findFirstOrThrow({ where: { name: '周科长' } })
      const data = { scopeKind: 'district', scopeId: other.districtId }
      await tx.roleGrant.updateMany({ where: { personId: zhou.id, role: 'officer' }, data })
    })
    expect(await says('周科长', '走访目标 24')).toBe('宁波市鄞州区走访目标 2026-12 起每月 24 户。以前的月份不变。')
    expect(await says('周科长', '走访目标 东方街道 22')).toBe('东方街道走访目标 2026-12 起每月 22 户。以前的月份不变。')
    expect(await goals()).toEqual([
      ['district', 24],
      ['subdistrict', 22],
    ])
    await world.jumpTo('2026-12-01 09:00')
    expect(await says('李强', '我的进度')).toContain('12月走访 0/24')
  })

  it('stays in a manager’s own community, and leaves a worker’s own goal alone', async () => {
    await neighbours()
    await says('王芳', '走访 3-2-501 正常')
    await says('李强', '走访 8-1-502 正常')
    expect(await says('陈主任', '走访目标 海韵社区 10')).toContain('您管的范围里没有“海韵社区”')
    await says('陈主任', '走访目标 王芳 20 本月')
    await says('陈主任', '走访目标改为 26 本月')
    expect(await says('王芳', '我的进度')).toContain('11月走访 1/20')
    expect(await says('李强', '我的进度')).toContain('11月走访 1/26')
    expect(await says('陈主任', '走访目标')).toContain('请这样发：走访目标 25')
    expect(await says('陈主任', '走访目标 -5')).toContain('请这样发')
    expect(await says('陈主任', '走访目标 999')).toContain('0 到 250 之间')
  })
})

describe('the board', () => {
  it('is a picture for managers and officers, and nobody else', async () => {
    await says('王芳', '走访 3-2-501 正常')
    const [board] = await world.as('陈主任').says('私聊', '榜单')
    expect(board?.message.image?.mime).toBe('image/png')
    expect(board?.text).toContain('1. 王芳 1/30，覆盖 0%')
    const [officer] = await world.as('周科长').says('私聊', '榜单')
    expect(officer?.text).toBe('百丈街道 11月走访\n1 个社区 1/120 户（1%），今年覆盖 0%。\n1. 百合社区 1/120，覆盖 0%')
    expect(await says('周科长', '榜单 百合社区')).toContain('1. 王芳 1/30，覆盖 0%')
    expect(await says('周科长', '榜单 东方社区')).toContain('榜单是空的')
    expect(await says('王芳', '榜单')).toContain('只有')
  })

  it('is of the subdistricts for the district', async () => {
    await says('王芳', '走访 3-2-501 正常')
    await says('陈主任', '榜单')
    await world.db.write(async (tx) => {
      const { districtId } = await tx.subdistrict.findFirstOrThrow()
      const zhou = await tx.person.findFirstOrThrow({ where: { name: '周科长' } })
      const data = { scopeKind: 'district', scopeId: districtId }
      await tx.roleGrant.updateMany({ where: { personId: zhou.id, role: 'officer' }, data })
    })
    const [district] = await world.as('周科长').says('私聊', '榜单')
    expect(district?.text).toContain('宁波市鄞州区 11月走访\n1 个街道 1/120 户（1%）')
    expect(district?.text).toContain('1. 百丈街道 1/120')
    expect(district?.message.image?.mime).toBe('image/png')
  })
})
