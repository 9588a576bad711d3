import { describe, expect, it } from 'vitest'
import { periodAt, periodOf, shiftMonth } from './decide-period.js'

describe('the month as a community counts it', () => {
  it('ends with the calendar month by default, leap years included', () => {
    expect(periodAt('2028-02-29', 1)).toEqual({ month: '2028-02', from: '2028-02-01', to: '2028-02-29' })
    expect(periodAt('2027-02-28', 1)).toMatchObject({ to: '2027-02-28' })
    expect(periodAt('2026-12-31', 1)).toMatchObject({ month: '2026-12', to: '2026-12-31' })
  })

  it('may start on another day, and is then named by the month it ends in', () => {
    expect(periodAt('2026-11-25', 26)).toEqual({ month: '2026-11', from: '2026-10-26', to: '2026-11-25' })
    expect(periodAt('2026-11-26', 26)).toMatchObject({ month: '2026-12', from: '2026-11-26' })
    expect(periodAt('2026-12-26', 26)).toMatchObject({ month: '2027-01', to: '2027-01-25' })
  })

  it('leaves no day out and none twice, whatever the start day', () => {
    for (const startDay of [1, 2, 15, 28])
      for (let i = 0, month = '2027-11'; i < 6; i += 1, month = shiftMonth(month, 1)) {
        const next = periodOf(shiftMonth(month, 1), startDay)
        const eve = new Date(Date.parse(next.from) - 86_400_000).toISOString().slice(0, 10)
        expect(periodOf(month, startDay).to).toBe(eve)
      }
  })
})
