import { afterEach, describe, expect, it } from 'vitest'
import { modules } from '../../src/app.js'
import { createScheduler } from '../../src/schedule/scheduler.js'
import { pixelsOf } from '../support/pixels.js'
import { createWorld, type JumpingWorld } from '../support/world.js'

let world: JumpingWorld
afterEach(() => world.close())

const noop = () => undefined
const wang = () => world.as('王芳')
const heardBy = (place: string, words: RegExp) => world.heard(place).filter((one) => words.test(one.text))

/** Households of 王芳's grid as she would name them. */
async function rooms(count: number, grid = 'BH-01'): Promise<string[]> {
  const rows = await world.db.read.household.findMany({
    where: { grid: { code: grid }, tier: 'ordinary' },
    orderBy: { id: 'asc' },
    take: count,
  })
  return rows.map((row) => `${row.building}-${row.unit}-${row.room}`)
}

const visit = async (who: string, households: readonly string[]) =>
  world.as(who).says('私聊', `走访\n${households.map((one) => `${one} 正常`).join('\n')}`)

/** Runs what is due at a moment by a service of its own, as after a restart. */
async function restartedAt(localTime: string): Promise<void> {
  const now = new Date(`${localTime.replace(' ', 'T')}:00+08:00`)
  const logger = { info: noop, warn: noop, error: noop, debug: noop }
  const scheduler = createScheduler({ db: world.db, modules, clock: { now: () => now }, logger, onRun: noop })
  await scheduler.runDue()
}

const keys = async (prefix: string) =>
  (await world.db.read.outboxMessage.findMany({ where: { key: { startsWith: prefix } }, orderBy: { key: 'asc' } })).map(
    (row) => row.key,
  )

describe('a week of a worker', { timeout: 120_000 }, () => {
  it('begins on Monday with a walk that is short and starts where care is due', async () => {
    world = await createWorld()
    await world.jumpTo('2026-11-23 08:39')
    expect(world.heard('私聊:王芳')).toEqual([])
    await world.jumpTo('2026-11-23 08:45')
    const plan = world.last('私聊:王芳')
    expect(plan.text).toMatch(/^本周建议走访 \d+ 户，顺路排好：\n1幢：.*（重点）.*都还没走访过。/s)
    const houses = [...plan.text.matchAll(/(\d+)幢：/g)].map((found) => Number(found[1]))
    expect(houses).toEqual([...houses].sort((a, b) => a - b))
    expect(new Set(houses).size).toBe(houses.length)
    const first = plan.choices[0] ?? ''
    expect(first).toMatch(/^记 \d+-\d-\d{3,4}$/)
    await wang().taps(first)
    const logged = await wang().says('私聊', '老人一个人，血压高，提醒复查')
    expect(logged[0]?.text).toMatch(/问题：.*血压高；措施：提醒复查.*本月 1\/30/s)
    const [other] = await wang().taps('换一批')
    expect(other?.text).not.toContain(first.slice(2).split('-').slice(1).join('-'))
    // Nothing more on the same morning, and nothing on the next.
    await world.jumpTo('2026-11-23 09:05')
    await world.jumpTo('2026-11-24 09:05')
    expect(heardBy('私聊:王芳', /比节奏差/)).toEqual([])
  })

  it('has its plan once, though the service restarts, runs twice, or the clock jumps', async () => {
    world = await createWorld()
    await restartedAt('2026-11-23 08:50')
    await restartedAt('2026-11-23 08:50')
    await restartedAt('2026-11-22 20:00')
    await restartedAt('2026-11-23 09:30')
    const worker = await world.db.read.person.findUniqueOrThrow({ where: { staffNo: 'W01' } })
    expect(await keys(`visit-plan:W${worker.id}:`)).toEqual([`visit-plan:W${worker.id}:2026-11-23`])
  })

  it('catches up in the working day what an outage missed, and not at night', async () => {
    world = await createWorld()
    await restartedAt('2026-11-23 08:00')
    await restartedAt('2026-11-23 18:30')
    expect(await keys('visit-plan:')).toEqual([])
    await restartedAt('2026-11-24 11:00')
    expect((await keys('visit-plan:')).length).toBe(4)
  })

  it('starts on Tuesday after a Monday’s leave', async () => {
    world = await createWorld()
    await world.as('陈主任').says('私聊', '请假 王芳 11-23 看病')
    await world.jumpTo('2026-11-23 10:00')
    expect(heardBy('私聊:王芳', /本周建议/)).toEqual([])
    expect(heardBy('私聊:李强', /本周建议/)).toHaveLength(1)
    await world.jumpTo('2026-11-24 10:00')
    expect(heardBy('私聊:王芳', /本周建议/)).toHaveLength(1)
  })

  it('keeps the calendar of holidays: nothing in the golden week, work on the make-up Saturday', async () => {
    world = await createWorld({ start: '2026-09-30T09:00:00Z' })
    for (const day of ['01', '02', '04', '05', '06', '07']) await world.jumpTo(`2026-10-${day} 09:05`)
    expect(world.heard('私聊:王芳')).toEqual([])
    await world.jumpTo('2026-10-08 09:30')
    expect(heardBy('私聊:王芳', /本周建议/)).toHaveLength(1)
    const [progress] = await wang().says('私聊', '我的进度')
    expect(progress?.text).toContain('目标 27 户（满额 30）：本期只有 18 个工作日')
    // Saturday the 10th is worked: 18 days less the Thursday and Friday before it.
    await world.jumpTo('2026-10-10 10:00')
    const [saturday] = await wang().says('私聊', '我的进度')
    expect(saturday?.text).toContain('剩 16 个工作日')
    await world.jumpTo('2026-10-11 10:00')
    const [sunday] = await wang().says('私聊', '我的进度')
    expect(sunday?.text).toContain('剩 15 个工作日')
  })
})

describe('the end of a month', { timeout: 120_000 }, () => {
  it('speaks plainly to who is short, offers a colleague’s help, and tells the manager once', async () => {
    world = await createWorld()
    await visit('李强', await rooms(29, 'BH-02'))
    await visit('王芳', await rooms(20))
    // The week's plan came on the day before: on one morning there is one message.
    await world.jumpTo('2026-11-25 10:00')
    expect(heardBy('私聊:王芳', /本周建议/)).toHaveLength(1)
    await world.jumpTo('2026-11-26 10:00')
    const reminder = world.last('私聊:王芳')
    expect(reminder.text).toBe('本月 20/30，还差 10 户，只剩 3 个工作日，有点紧。要请李强分担 5 户吗？')
    expect(reminder.choices).toEqual(['请李强', '不用'])
    expect(heardBy('私聊:陈主任', /还差一些/)).toHaveLength(1)
    await wang().taps('请李强')
    expect(world.last('私聊:李强').text).toContain('王芳这个月有点紧，想请您帮忙走 5 户')
    const [thanks] = await world.as('李强').taps('可以')
    expect(thanks?.text).toContain('您的本月目标 35 户')
    expect(world.last('私聊:王芳').text).toBe('李强答应分担 5 户，您的本月目标改为 25 户。')
    const [own] = await wang().says('私聊', '我的进度')
    const [seen] = await world.as('陈主任').says('私聊', '走访进度 王芳')
    expect(seen?.text.replace('王芳 ', '')).toBe(own?.text)
    expect(own?.text).toMatch(/20\/25.*李强分担 5 户/s)
    for (const day of ['27', '28', '29', '30']) await world.jumpTo(`2026-11-${day} 09:05`)
    expect(heardBy('私聊:王芳', /有点紧|最后一个工作日/)).toHaveLength(1)
    expect(heardBy('私聊:陈主任', /还差一些/)).toHaveLength(1)
  })

  it('says nothing to who is done, on leave, or at night', async () => {
    world = await createWorld()
    await visit('王芳', await rooms(30))
    expect(world.last('私聊:王芳').text).toContain('本月 30/30。本月目标完成了')
    await world.as('陈主任').says('私聊', '请假 李强 11-23 到 12-11 进修')
    for (const day of ['23', '24', '25', '26', '27', '28', '29', '30']) {
      await world.jumpTo(`2026-11-${day} 09:05`)
      await world.jumpTo(`2026-11-${day} 22:00`)
    }
    expect(heardBy('私聊:王芳', /还差|差 \d+ 户/)).toEqual([])
    expect(heardBy('私聊:李强', /本周建议|还差/)).toEqual([])
    const sent = await world.db.read.outboxMessage.findMany({ where: { key: { startsWith: 'visit-' } } })
    const hours = sent.map((row) => (row.createdAt.getUTCHours() + 8) % 24)
    expect(Math.min(...hours)).toBeGreaterThanOrEqual(8)
    expect(Math.max(...hours)).toBeLessThan(18)
  })

  it('is summed up in the workers’ group with a picture, then closed for good', async () => {
    world = await createWorld()
    await visit('王芳', await rooms(30))
    await visit('李强', await rooms(10, 'BH-02'))
    await world.jumpTo('2026-12-01 00:15')
    await world.jumpTo('2026-12-01 10:00')
    const [summary] = heardBy('工作群', /11月走访：/)
    expect(summary?.text).toBe('11月走访：全社区 40/120 户（33%），1/4 人完成，今年覆盖 40/1000 户（4%）。辛苦大家！')
    const png = Buffer.from(summary?.message.image?.bytes ?? [])
    const pixels = pixelsOf(png)
    // One green bar of 30 and one amber of 10, as long as their numbers say.
    expect(pixels.count('#2f7d6b') / pixels.count('#d98324')).toBeCloseTo(3, 0)
    const [digest] = heardBy('私聊:陈主任', /月报/)
    expect(digest?.text).toMatch(/1\. 王芳 30\/30.*需要帮一把：\n李强 10\/30，差 20 户.*补记期还有 3 天/s)

    // Logged late within the term, it still counts for November.
    const [late] = await world.as('李强').says('私聊', `走访 11-30 ${(await rooms(11, 'BH-02'))[10]} 正常`)
    expect(late?.text).toContain('11月 11/30')
    await world.jumpTo('2026-12-04 01:00')
    const closed = await world.db.read.ledgerEntry.findFirstOrThrow({ where: { type: 'visit.month_closed' } })
    expect(closed.text).toBe('2026-11 走访定案：41/120 户')
    const before = await world.db.read.visitMonth.findMany({ where: { month: '2026-11' }, orderBy: { id: 'asc' } })

    // Leave, another goal, another holder: nothing reaches back.
    await world.as('陈主任').says('私聊', '走访目标 10 本月')
    const [past] = await world.as('陈主任').says('私聊', '请假 王芳 11-24 补假')
    expect(past?.text).toContain('已定案')
    const [refused] = await world.as('李强').says('私聊', `走访 昨天 ${(await rooms(12, 'BH-02'))[11]} 正常`)
    expect(refused?.text).toContain('本月 1/10')
    expect(await world.db.read.visitMonth.findMany({ where: { month: '2026-11' }, orderBy: { id: 'asc' } })).toEqual(
      before,
    )
    const [progress] = await wang().says('私聊', '我的进度')
    expect(progress?.text).toMatch(/^12月走访 0\/10.*往月：11月 30\/30/s)
  })

  it('of February has its 29th day in a leap year', async () => {
    world = await createWorld({ start: '2028-02-28T01:00:00Z' })
    const [first, second] = await rooms(2)
    await wang().says('私聊', `走访 ${first} 正常`)
    await world.jumpTo('2028-02-29 10:00')
    const [leapDay] = await wang().says('私聊', `走访 ${second} 正常`)
    expect(leapDay?.text).toContain('今天第 1 户，本月 2/30')
    await world.jumpTo('2028-03-01 10:00')
    const [march] = await wang().says('私聊', `走访 ${first} 正常`)
    expect(march?.text).toContain('今天第 1 户，本月 1/30')
    const [yesterday] = await wang().says('私聊', `走访 昨天 ${(await rooms(3))[2]} 正常`)
    expect(yesterday?.text).toMatch(/补记 02-29.*2月 3\/30/s)
  })

  it('of December leaves its late entries in the old year, and coverage begins anew', async () => {
    world = await createWorld({ start: '2026-12-31T02:00:00Z' })
    const [first, second, third] = await rooms(3)
    await wang().says('私聊', `走访 ${first} 正常`)
    await world.jumpTo('2027-01-03 00:30')
    await world.jumpTo('2027-01-03 10:00')
    const [late] = await wang().says('私聊', `走访 12-31 ${second} 正常`)
    expect(late?.text).toMatch(/补记 12-31.*12月 2\/30/s)
    const [fresh] = await wang().says('私聊', `走访 ${third} 正常`)
    expect(fresh?.text).toContain('今天第 1 户，本月 1/30')
    const [progress] = await wang().says('私聊', '我的进度')
    expect(progress?.text).toMatch(/^1月走访 1\/30.*今年走到 1\/250 户.*往月：12月 2\/30/s)
    const years = await world.db.read.visitGridYear.findMany({
      where: { covered: { gt: 0 } },
      orderBy: { year: 'asc' },
    })
    expect(years.map(({ year, covered }) => [year, covered])).toEqual([
      [2026, 2],
      [2027, 1],
    ])
    await world.jumpTo('2027-01-04 00:30')
    expect(await wang().says('私聊', `走访 12-31 ${third} 正常`)).toMatchObject([
      { text: expect.stringContaining('已超过 3 天') },
    ])
  })

  it('may fall on another day where the community counts so', async () => {
    world = await createWorld()
    await world.db.write((tx) => tx.community.updateMany({ data: { settings: { visits: { monthStartDay: 26 } } } }))
    const [first, second] = await rooms(2)
    const [before] = await wang().says('私聊', `走访 ${first} 正常`)
    expect(before?.text).toContain('本月 1/30')
    await world.jumpTo('2026-11-26 10:00')
    const [after] = await wang().says('私聊', `走访 ${first} 正常`)
    expect(after?.text).toContain('本月 1/30')
    expect((await wang().says('私聊', `走访 11-25 ${second} 正常`))[0]?.text).toContain('11月 2/30')
    expect((await wang().says('私聊', '我的进度'))[0]?.text).toMatch(/^12月走访 1\/30/)
  })
})

describe('what a manager may want to look at', { timeout: 120_000 }, () => {
  it('is told in the afternoon with the reason, gently, and blocks nothing', async () => {
    world = await createWorld()
    await world.jumpTo('2026-11-23 10:00')
    for (const room of await rooms(11)) await wang().says('私聊', `走访 ${room} 一切都挺正常`)
    await wang().says('私聊', '走访 8-1-502 没事')
    // All in one message is how a day is written down in the evening: no burst.
    await visit('李强', await rooms(12, 'BH-02'))
    await world.jumpTo('2026-11-23 17:45')
    const [notice] = heardBy('私聊:陈主任', /请您留意/)
    expect(notice?.text).toContain('只供参考，不影响计数')
    expect(notice?.text).toContain('王芳：10 分钟内分 12 次记录走访')
    expect(notice?.text).toContain('王芳：本月 11 户写的一样（“一切都挺正常”）')
    expect(notice?.text).toContain('王芳：走访了网格外 1 户')
    expect(notice?.text).not.toContain('李强')
    expect((await wang().says('私聊', '我的进度'))[0]?.text).toContain('11月走访 12/30')
    expect(world.heard('工作群').some((one) => /留意/.test(one.text))).toBe(false)
    await world.jumpTo('2026-11-24 18:00')
    expect(heardBy('私聊:陈主任', /请您留意/)).toHaveLength(1)
  })
})
