import { afterEach, describe, expect, it } from 'vitest'
import { createWorld, type JumpingWorld } from '../support/world.js'

let world: JumpingWorld
afterEach(() => world.close())

const says = async (who: string, text: string) =>
  (await world.as(who).says('私聊', text)).map((one) => one.text).join('\n')

const WHY = '目标 9 户：11-22 起用邻里记走访，按 6/21 个工作日算。'

// The service begins on Sunday, 22 November: six of the month's 21 working days are left.
describe('the month in which the service begins', { timeout: 60_000 }, () => {
  it('asks for its working days only, and says why once, with the first visit', async () => {
    world = await createWorld({ isNew: true })
    expect(await says('王芳', '走访 3-2-501 正常')).toBe(
      `记下了：3幢2单元501 张爱丽。结果：正常。今天第 1 户，本月 1/9。\n${WHY}`,
    )
    expect(await says('王芳', '走访 3-2-601 正常')).toMatch(/今天第 2 户，本月 2\/9。$/)
    expect(await says('李强', '我的进度')).toMatch(
      /^11月走访 0\/9，今天 0 户。\n节奏正好，还差 9 户，剩 6 个工作日，每天 2 户够得着。\n目标 9 户（满额 30）：11-22 起用邻里记走访/,
    )
    expect((await says('陈主任', '走访进度 李强')).replace('李强 ', '')).toBe(await says('李强', '我的进度'))
  })

  it('is told by the first plan where that comes first, and then no more', async () => {
    world = await createWorld({ isNew: true })
    await world.jumpTo('2026-11-23 08:45')
    expect(world.last('私聊:王芳').text).toContain(`本月 0/9，剩 6 个工作日，按平时节奏够得着。\n${WHY}`)
    expect(await says('王芳', '走访 3-2-501 正常')).toMatch(/本月 1\/9。$/)
    await world.jumpTo('2026-11-30 08:45')
    expect(world.last('私聊:王芳').text).toMatch(/本月 1\/9，剩 1 个工作日，比平时节奏差 6 户，走不满也别硬赶/)
    expect(world.last('私聊:王芳').text).not.toContain('11-22 起')
  })

  it('is the same number on the board, in the ledger’s page and in the month’s summary; the next month is whole', async () => {
    world = await createWorld({ isNew: true })
    await says('王芳', '走访 3-2-501 正常')
    expect(await says('陈主任', '榜单')).toMatch(
      /全社区 1\/36 户.*1\. 王芳 1\/9.*各人目标已折算：11-22 起用邻里记走访/s,
    )
    await world.jumpTo('2026-11-23 00:15')
    const months = await world.db.read.visitMonth.findMany({ where: { month: '2026-11' } })
    expect(months.map(({ quota, target, workDays }) => [quota, target, workDays])).toEqual(Array(4).fill([30, 9, 6]))
    await world.jumpTo('2026-12-01 10:00')
    const summary = world.heard('工作群').find((one) => one.text.includes('11月走访：'))
    expect(summary?.text).toContain('全社区 1/36 户')
    expect(await says('王芳', '我的进度')).toMatch(/^12月走访 0\/30.*往月：11月 1\/9/s)
  })

  it('takes leave off the same days, and a hand-over begins anew for who takes the grid', async () => {
    world = await createWorld({ isNew: true })
    expect(await says('陈主任', '请假 王芳 11-24 到 11-25 培训')).toContain('已记')
    expect(await says('王芳', '我的进度')).toMatch(/0\/6，.*按 6\/21 个工作日算；请假 2 个工作日/s)
    await says('陈主任', '代管 刘洋 1区 11-24 到 11-25')
    expect(await says('刘洋', '我的进度')).toContain('没有负责的网格，不设走访目标。')
  })

  it('leaves a visit of the days before it without a goal', async () => {
    world = await createWorld({ isNew: true, start: '2026-12-01T01:00:00Z' })
    expect(await says('王芳', '走访 11-30 3-2-501 正常')).toBe(
      '记下了：3幢2单元501 张爱丽（补记 11-30）。结果：正常。11月 1 户。\n目标 0 户：12-01 起用邻里记走访，按 0/21 个工作日算。',
    )
    expect(await says('王芳', '我的进度')).toMatch(/^12月走访 0\/30/)
  })
})
