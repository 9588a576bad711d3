import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWorkingDay } from '../../src/kernel/work-calendar.js'
import { createWorld, type JumpingWorld } from '../support/world.js'

// February 2026 as four workers and their manager live it: Spring Festival from the 15th to the 23rd, two make-up
// Saturdays (14th, 28th), a week of leave, a grid that changes hands on the 25th.
const STAFF = ['王芳', '李强', '张敏', '陈军', '刘洋', '陈主任'] as const
type Name = (typeof STAFF)[number]

interface Said {
  /** Local time, `02-02 08:45`. */
  readonly at: string
  readonly to: string
  readonly text: string
  readonly choices: readonly string[]
}

let world: JumpingWorld
const script: Said[] = []
const rooms: Record<string, string[]> = {}
const seen = new Map<string, number>()

const stamp = () => new Date(world.now().getTime() + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')
const places = () => [...STAFF.map((name) => `私聊:${name}`), '工作群']

/** Writes down all that was said since the last look; with `answers` false, only what came unasked for. */
function listen(answers: boolean): void {
  for (const place of places()) {
    const all = world.heard(place)
    for (const { text, choices } of answers ? [] : all.slice(seen.get(place) ?? 0))
      script.push({ at: stamp(), to: place.replace('私聊:', ''), text, choices })
    seen.set(place, all.length)
  }
}

async function comes(localTime: string): Promise<void> {
  await world.jumpTo(`2026-${localTime}`)
  listen(false)
}

async function says(who: Name, text: string): Promise<string> {
  listen(false)
  const heard = await world.as(who).says('私聊', text)
  listen(true)
  return heard.map((one) => one.text).join('\n')
}

const visit = (who: Name, homes: number) =>
  says(
    who,
    `走访\n${(rooms[who] ?? [])
      .splice(0, homes)
      .map((home) => `${home} 一切正常`)
      .join('\n')}`,
  )

/** A working day: the mornings' messages, the visits of the afternoon, the evening. */
async function day(date: string, visits: Partial<Record<Name, number>> = {}): Promise<void> {
  await comes(`${date} 08:45`)
  await comes(`${date} 09:05`)
  await comes(`${date} 10:35`)
  await comes(`${date} 16:30`)
  for (const [who, homes] of Object.entries(visits)) await visit(who as Name, homes)
  await comes(`${date} 17:45`)
  await comes(`${date} 22:00`)
}

const toldTo = (name: string, words = /./) => script.filter((one) => one.to === name && words.test(one.text))
const days = (told: readonly Said[]) => told.map((one) => one.at.slice(0, 5))

async function handOver(): Promise<void> {
  const grid = await world.db.read.grid.findUniqueOrThrow({ where: { code: 'BH-04' } })
  const liu = await world.db.read.person.findUniqueOrThrow({ where: { staffNo: 'W05' } })
  await world.db.write(async (tx) => {
    await tx.gridAssignment.updateMany({ where: { gridId: grid.id, endsAt: null }, data: { endsAt: world.now() } })
    await tx.gridAssignment.create({ data: { gridId: grid.id, personId: liu.id, startsAt: world.now() } })
  })
}

beforeAll(async () => {
  world = await createWorld({ start: '2026-01-31T10:00:00Z' })
  const grids = { 王芳: 'BH-01', 李强: 'BH-02', 张敏: 'BH-03', 陈军: 'BH-04', 刘洋: 'BH-04' }
  for (const [name, code] of Object.entries(grids)) {
    const homes = await world.db.read.household.findMany({
      where: { grid: { code }, tier: 'ordinary', occupancy: { not: 'vacant' } },
      orderBy: { id: name === '刘洋' ? 'desc' : 'asc' },
    })
    rooms[name] = homes.map((home) => `${home.building}-${home.unit}-${home.room}`)
  }
  const all = { 王芳: 2, 张敏: 1, 陈军: 2 }
  for (const date of ['02', '03', '04', '05', '06']) await day(`02-${date}`, all)
  await says('张敏', '请假 2-9 到 2-13 孩子手术')
  await world.as('陈主任').taps('同意')
  listen(true)
  for (const date of ['09', '10', '11', '12', '13', '14'])
    await day(`02-${date}`, { 王芳: 2, 陈军: 2, ...(date === '11' ? { 李强: 2 } : {}) })
  // The festival: the service runs, the clock passes every hour at which it might speak.
  for (const date of ['15', '16', '17', '18', '19', '20', '21', '22', '23']) await day(`02-${date}`)
  await day('02-24', { 王芳: 2, 张敏: 3, 陈军: 2 })
  await comes('02-25 09:30')
  await handOver()
  await day('02-26', { 王芳: 2, 张敏: 3, 刘洋: 2 })
  for (const date of ['27', '28']) await day(`02-${date}`, { 王芳: 1, 张敏: 3, 刘洋: 2 })
  await day('03-01')
  await day('03-02')
}, 300_000)
afterAll(() => world.close())

describe('February of a diligent worker', () => {
  it('brings a plan a week and, once the goal is reached, only who needs care', () => {
    expect(days(toldTo('王芳'))).toEqual(['02-02', '02-09', '02-24', '03-02'])
    const [first, second, third] = toldTo('王芳')
    expect(first?.text).toMatch(/^本周建议走访 \d+ 户，顺路排好：\n1幢：.*\n→ 2幢：/s)
    expect(first?.text).toMatch(/本月 0\/24，剩 16 个工作日，按平时节奏够得着。\n目标 24 户：本期只有 16 个工作日/)
    expect(second?.text).toMatch(/本月 10\/24，剩 11 个工作日，按平时节奏够得着。$/)
    expect(third?.text).toContain('本月 22/24，剩 5 个工作日')
  })

  it('ends with a word of thanks, and the same number for worker and manager', async () => {
    const own = await says('王芳', '我的进度')
    expect(own).toContain('3月走访 0/30')
    expect(own).toContain('往月：2月 28/24')
    expect((await says('陈主任', '走访进度 王芳')).replace('王芳 ', '')).toBe(own)
  })
})

describe('February of a lazy one', () => {
  it('brings a few reminders days apart, honest near the end, with a hand held out', () => {
    const told = toldTo('李强')
    expect(days(told)).toEqual(['02-02', '02-06', '02-09', '02-12', '02-24', '02-26', '03-02'])
    expect(told[1]?.text).toMatch(/^本月 0\/24，比节奏差 6 户。还差 24 户，剩 12 个工作日，每天 2 户。发“该访谁”/)
    expect(told[4]?.text).toContain('比平时节奏差 14 户')
    expect(told[5]?.text).toBe(
      '本月 2/24，还差 22 户，只剩 3 个工作日，走不满也别硬赶，先看高风险和重点户。要请王芳分担 5 户吗？',
    )
    expect(told[5]?.choices).toEqual(['请王芳', '不用'])
  })
})

describe('February of one on leave', () => {
  it('is silent while away, and starts on the make-up Saturday with a short list', () => {
    const told = toldTo('张敏')
    expect(told.filter((one) => one.at >= '02-09' && one.at < '02-14')).toEqual([])
    const saturday = told.find((one) => one.at.startsWith('02-14'))
    expect(saturday?.text).toMatch(/^本周建议走访 4 户/)
    expect(saturday?.text).toContain('本月 5/17，剩 6 个工作日')
  })
})

describe('a grid that changes hands', () => {
  it('is told to who takes it, with the part of the goal that is theirs', () => {
    const [plan] = toldTo('刘洋', /本周建议/)
    expect(plan?.at).toBe('02-26 08:45')
    expect(plan?.text).toMatch(/本月 0\/6，.*\n目标 6 户：.*02-25 起负责网格，按 4\/16 个工作日算/s)
    // One message that morning: the reminder of the last days waits.
    expect(days(toldTo('刘洋'))).toEqual(['02-26', '02-27', '03-02'])
    expect(days(toldTo('陈军', /本周建议/))).toEqual(['02-02', '02-09', '02-24'])
  })
})

describe('Spring Festival', () => {
  it('is nobody’s working time', () => {
    expect(script.filter((one) => one.at >= '02-15' && one.at < '02-24')).toEqual([])
  })

  it('and nights are silent too', () => {
    for (const { at } of script) {
      expect(isWorkingDay(`2026-${at.slice(0, 5)}`), at).toBe(true)
      expect(at.slice(6) >= '08:30' && at.slice(6) <= '17:45', at).toBe(true)
    }
  })
})

describe('February of the manager', () => {
  it('brings who is short once, with why, and the month’s digest on the first working day', () => {
    const [short, ...again] = toldTo('陈主任', /还差一些/)
    expect(again).toEqual([])
    expect(short?.at.slice(0, 5)).toBe('02-26')
    expect(short?.text).toMatch(/李强 2\/24，差 22 户，剩 3 个工作日.*刘洋 0\/6.*02-25 起负责网格/s)
    expect(short?.text).not.toContain('王芳')
    const [digest] = toldTo('陈主任', /月报/)
    expect(digest?.at.slice(0, 5)).toBe('03-02')
    expect(digest?.text).toMatch(/2月走访月报：.*需要帮一把：\n李强 2\/24，差 22 户/s)
    const [summary, ...more] = toldTo('工作群', /2月走访：/)
    expect(more).toEqual([])
    expect(summary?.text).toMatch(/^2月走访：全社区 \d+\/\d+ 户（\d+%），\d\/5 人完成，今年覆盖/)
  })

  it('is told of the same words again and again once, not every evening', () => {
    const told = toldTo('陈主任', /请您留意/)
    expect(told.map((one) => one.text.split('\n').slice(1))).toEqual([
      ['王芳：本月 20 户写的一样（“一切正常”）', '陈军：本月 20 户写的一样（“一切正常”）'],
    ])
  })
})
