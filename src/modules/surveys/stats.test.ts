import { describe, expect, it } from 'vitest'
import { averageOf, shareOf, wilson } from './stats.js'

const cell = (size: number, n: number, yes: number) => ({ size, n, sum: yes, squares: yes })

describe('intervals', () => {
  it("are Wilson's, as printed in textbooks", () => {
    // 81 of 263: Agresti and Coull's example, (0.2553, 0.3662).
    const { low, high } = wilson(81 / 263, 263)
    expect(low).toBeCloseTo(0.2553, 3)
    expect(high).toBeCloseTo(0.3662, 3)
    // 0 of 10: never below nought, and not certain.
    expect(wilson(0, 10).low).toBe(0)
    expect(wilson(0, 10).high).toBeCloseTo(0.2775, 3)
  })

  it('shrink as the answers come near to everybody', () => {
    const some = shareOf([cell(10_000, 100, 60)], false)
    const most = shareOf([cell(110, 100, 60)], false)
    const all = shareOf([cell(100, 100, 60)], false)
    expect((most?.high ?? 1) - (most?.low ?? 0)).toBeLessThan((some?.high ?? 0) - (some?.low ?? 0))
    expect(all).toMatchObject({ low: 0.6, high: 0.6 })
  })

  it('weigh a drawn sample by the size of its cells', () => {
    // The small cell is heard as much as the large one: it must not count as much.
    const cells = [cell(900, 50, 45), cell(100, 50, 5)]
    expect(shareOf(cells, true)?.value).toBeCloseTo(0.9 * 0.9 + 0.1 * 0.1, 6)
    expect(shareOf(cells, false)?.value).toBeCloseTo(0.5, 6)
  })

  it('of a mean stay within its scale', () => {
    const squares = 9 * 100 * 100 + 60 * 60
    const mean = averageOf([{ size: 1000, n: 10, sum: 960, squares }], false, 0, 100)
    expect(mean?.value).toBe(96)
    expect(mean?.high).toBe(100)
    expect(mean?.low).toBeGreaterThan(85)
    expect(shareOf([], false)).toBeNull()
  })
})
