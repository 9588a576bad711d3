import { describe, expect, it } from 'vitest'
import { addWorkingDays, isWorkingDay, termEnd, workingDaysBetween } from './work-calendar.js'

const ZONE = 'Asia/Shanghai'

describe('the Chinese working calendar', () => {
  it('knows make-up Saturdays and holidays of the State Council', () => {
    expect(isWorkingDay('2026-10-10')).toBe(true) // Saturday made up for the National Day week
    expect(isWorkingDay('2026-10-05')).toBe(false)
    expect(isWorkingDay('2026-11-22')).toBe(false) // an ordinary Sunday
  })

  it('keeps the days off by law of a year that is not arranged yet', () => {
    const off = ['2031-01-01', '2031-01-22', '2031-01-23', '2031-05-01', '2031-06-24', '2031-10-01', '2031-10-03']
    expect(off.filter(isWorkingDay)).toEqual([]) // 2031-01-22 is the eve of the Spring Festival, 06-24 Dragon Boat
    expect(isWorkingDay('2027-04-05')).toBe(false) // Qingming, a Monday
    expect(isWorkingDay('2031-10-08')).toBe(true)
    expect(isWorkingDay('2031-01-27')).toBe(true)
  })

  it('counts terms from the day after the report', () => {
    expect(termEnd(new Date('2026-11-22T01:14:00Z'), 1, 17.5, ZONE).toISOString()).toBe('2026-11-23T09:30:00.000Z')
    expect(termEnd(new Date('2026-11-23T01:00:00Z'), 3, 17.5, ZONE).toISOString()).toBe('2026-11-26T09:30:00.000Z')
  })

  it('passes over the Spring Festival', () => {
    expect(addWorkingDays('2026-02-13', 1)).toBe('2026-02-14') // make-up Saturday
    expect(addWorkingDays('2026-02-14', 1)).toBe('2026-02-24')
  })

  it('counts both ends', () => {
    expect(workingDaysBetween('2026-11-23', '2026-11-29')).toBe(5)
    expect(workingDaysBetween('2026-11-28', '2026-11-29')).toBe(0)
  })
})
