import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hiddenGroups } from './small-groups.js'

describe('groups that are too small', () => {
  it('are hidden with a neighbour, so that the total gives nothing away', () => {
    expect([...hiddenGroups([40, 3, 20, 30], 5)].sort()).toEqual([1, 2])
    expect([...hiddenGroups([40, 2, 4, 30], 5)].sort()).toEqual([1, 2])
    expect([...hiddenGroups([40, 0, 20], 5)]).toEqual([])
    expect([...hiddenGroups([40, 1, 2], 5)].sort()).toEqual([0, 1, 2])
  })

  it('whatever the counts: what can be found by subtraction is never a single or a small group', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 12 }), fc.integer({ min: 2, max: 10 }), (counts, least) => {
        const hidden = hiddenGroups(counts, least)
        counts.forEach((count, index) => {
          if (count > 0 && count < least) expect(hidden.has(index)).toBe(true)
        })
        const lost = [...hidden].reduce((sum, index) => sum + (counts[index] ?? 0), 0)
        const answered = counts.filter((count) => count > 0).length
        if (hidden.size > 0 && answered > hidden.size) {
          expect(lost).toBeGreaterThanOrEqual(least)
          expect(hidden.size).toBeGreaterThan(1)
        }
      }),
    )
  })
})
