import { describe, expect, it } from 'vitest'
import { readPastDay, readSpan } from './decide-day.js'

const TODAY = '2026-11-22'
const day = (text: string, today = TODAY) => readPastDay(text, today)?.day ?? null

describe('a day that a worker names', () => {
  it('is read from the words at the start', () => {
    expect(day('昨天 3-2-501')).toBe('2026-11-21')
    expect(day('前天走访')).toBe('2026-11-20')
    expect(day('大前天 3-2-501')).toBe('2026-11-19')
    expect(day('昨天下午 3-2-501')).toBe('2026-11-21')
    expect(day('11-20 3-2-501')).toBe('2026-11-20')
    expect(day('11月20日 3-2-501')).toBe('2026-11-20')
    expect(day('20号 3-2-501')).toBe('2026-11-20')
    expect(day('周五 3-2-501')).toBe('2026-11-20')
    expect(day('上周五 3-2-501')).toBe('2026-11-13')
  })

  it('is not read into an address or other words', () => {
    expect(day('3-2-501 没人')).toBeNull()
    expect(day('11-201 没人')).toBeNull()
    expect(day('前面那家')).toBeNull()
    expect(day('20号楼')).toBeNull()
  })

  it('falls into last month or year where this one has not come so far', () => {
    expect(day('31号', '2026-11-02')).toBe('2026-10-31')
    expect(day('12-31', '2027-01-02')).toBe('2026-12-31')
    expect(day('昨天 3-2-501', '2028-03-01')).toBe('2028-02-29')
    expect(day('昨天 3-2-501', '2027-03-01')).toBe('2027-02-28')
    expect(day('2-29', '2027-03-01')).toBe('2024-02-29')
  })

  it('may be a span', () => {
    expect(readSpan('11-24 到 11-26 家里有事', TODAY)).toMatchObject({ from: '2026-11-24', to: '2026-11-26' })
    expect(readSpan('11-24到26', TODAY)).toMatchObject({ from: '2026-11-24', to: '2026-11-26' })
    expect(readSpan('明天 看病', TODAY)).toMatchObject({ from: '2026-11-23', to: '2026-11-23', end: 2 })
    expect(readSpan('12-30至1-2', TODAY)).toMatchObject({ from: '2026-12-30', to: '2027-01-02' })
    expect(readSpan('下周一到周三', TODAY)).toMatchObject({ from: '2026-11-23', to: '2026-11-25' })
    expect(readSpan('11-26 到 11-24', TODAY)).toMatchObject({ to: '2027-11-24' })
    expect(readSpan('看病', TODAY)).toBeNull()
  })
})
