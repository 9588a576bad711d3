import { describe, expect, it } from 'vitest'
import { periodOf } from './decide-period.js'
import { paceOf, presentDays, targetOf } from './decide-target.js'

const always = [{ from: null, to: null }]
const november = {
  quota: 30,
  period: periodOf('2026-11', 1),
  held: always,
  beginning: null,
  leave: [],
  shares: [],
  fullMonthDays: 20,
}

describe('the goal of a month', () => {
  it('is the quota when nothing speaks against it', () => {
    expect(targetOf(november)).toEqual({ quota: 30, target: 30, workDays: 21, reason: '' })
  })

  it('falls with leave, counted in working days', () => {
    // Tuesday to Thursday, then a Saturday on which nobody works anyway.
    const leave = [
      { from: '2026-11-24', to: '2026-11-26' },
      { from: '2026-11-28', to: '2026-11-28' },
    ]
    expect(targetOf({ ...november, leave })).toMatchObject({ target: 26, workDays: 18 })
    expect(targetOf({ ...november, leave }).reason).toContain('请假 3 个工作日')
  })

  it('counts a make-up Saturday as a working day, and the holiday it pays for as none', () => {
    const october = { ...november, period: periodOf('2026-10', 1) }
    expect(presentDays(october)).toContain('2026-10-10')
    expect(presentDays(october)).not.toContain('2026-10-07')
    expect(targetOf(october)).toMatchObject({ target: 27, workDays: 18 })
    expect(targetOf(october).reason).toContain('18 个工作日')
    // Leave on the make-up Saturday costs like any other working day.
    const leave = [{ from: '2026-10-10', to: '2026-10-10' }]
    expect(targetOf({ ...october, leave }).workDays).toBe(17)
  })

  it('is divided at a hand-over, and the two parts make the whole', () => {
    const before = targetOf({ ...november, held: [{ from: null, to: '2026-11-15' }] })
    const after = targetOf({ ...november, held: [{ from: '2026-11-16', to: null }] })
    // 10 and 11 of 21 days: 14.3 and 15.7 households, and nobody visits a part of one.
    expect([before.target, after.target]).toEqual([15, 16])
    expect(before.reason).toContain('交接')
  })

  it('counts from the day on which the service began, or the worker', () => {
    const since = (day: string, ofService: boolean, more = {}) =>
      targetOf({ ...november, held: [{ from: day, to: null }], beginning: { day, ofService }, ...more })
    expect(since('2026-11-22', true)).toEqual({
      quota: 30,
      target: 9,
      workDays: 6,
      reason: '11-22 起用邻里记走访，按 6/21 个工作日算',
    })
    expect(since('2026-11-23', false)).toMatchObject({ target: 9, reason: '11-23 起负责网格，按 6/21 个工作日算' })
    // The days before the first working day are nobody's.
    expect(since('2026-11-01', true)).toMatchObject({ target: 30, reason: '' })
    // Leave is taken off the same days: 4 of 21 are 5.7 households.
    const leave = [{ from: '2026-11-24', to: '2026-11-25' }]
    expect(since('2026-11-22', true, { leave })).toMatchObject({ target: 6, workDays: 4 })
    expect(since('2026-11-22', true, { leave }).reason).toContain('；请假 2 个工作日')
  })

  it('is nothing before the beginning, nor when it left no working day, and says which', () => {
    const began = { held: [{ from: '2026-11-22', to: null }], beginning: { day: '2026-11-22', ofService: true } }
    expect(targetOf({ ...november, ...began, period: periodOf('2026-10', 1) })).toMatchObject({
      target: 0,
      reason: '11-22 起用邻里记走访，按 0/18 个工作日算',
    })
    const held = [{ from: '2026-10-31', to: null }]
    const late = { held, beginning: { day: '2026-10-31', ofService: true }, period: periodOf('2026-10', 1) }
    expect(targetOf({ ...november, ...late })).toMatchObject({ target: 0, workDays: 0 })
    // Who began long ago and has no grid any more has none.
    const gone = { held: [{ from: '2026-01-05', to: '2026-10-30' }], beginning: { day: '2026-01-05', ofService: true } }
    expect(targetOf({ ...november, ...gone }).reason).toBe('没有负责的网格')
  })

  it('is nothing for somebody away all month', () => {
    expect(targetOf({ ...november, leave: always })).toMatchObject({ target: 0, workDays: 0 })
    expect(targetOf({ ...november, held: [] }).target).toBe(0)
  })

  it('moves with what a colleague takes over', () => {
    const given = targetOf({ ...november, shares: [{ households: -4, with: '李强' }] })
    expect(given).toMatchObject({ target: 26 })
    expect(given.reason).toBe('李强分担 4 户')
  })

  it('knows the day that a leap year adds', () => {
    const workDays = (month: string) => targetOf({ ...november, period: periodOf(month, 1) }).workDays
    // 2028 is not in the calendar of holidays yet: Monday to Friday. The 29th is a Tuesday.
    expect(presentDays({ ...november, period: periodOf('2028-02', 1) })).toContain('2028-02-29')
    expect(workDays('2028-02')).toBe(21)
  })
})

describe('pace', () => {
  const days = presentDays(november)

  it('asks for nothing on the first morning', () => {
    expect(paceOf(30, 0, days, '2026-11-01')).toMatchObject({ behind: 0, gap: 30, daysLeft: 21 })
    expect(paceOf(30, 0, days, '2026-11-02')).toMatchObject({ behind: 0 })
  })

  it('counts working days, not days', () => {
    const friday = paceOf(30, 0, days, '2026-11-20')
    const saturday = paceOf(30, 0, days, '2026-11-21')
    const monday = paceOf(30, 0, days, '2026-11-23')
    expect(friday.needed).toBe(20)
    expect([saturday.needed, monday.needed]).toEqual([21, 21])
  })

  it('is silent about a month that is done', () => {
    expect(paceOf(30, 31, days, '2026-11-30')).toMatchObject({ behind: 0, gap: 0, daysLeft: 1 })
    expect(paceOf(0, 0, [], '2026-11-10')).toMatchObject({ behind: 0, gap: 0 })
  })
})
