import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { drawFrame, quotas } from './frame.js'

const town = (sizes: readonly number[]) =>
  sizes.flatMap((size, grid) =>
    Array.from({ length: size }, (_, index) => ({
      ...{ id: grid * 1000 + index, cell: `G${grid}`, label: `第${grid}网格`, name: `${grid}-1-${index}` },
    })),
  )

describe('who is asked', () => {
  it('is everybody without a sample', () => {
    expect(drawFrame(town([3, 2]), undefined, 'x').invited).toHaveLength(5)
  })

  it('is shared by size, largest remainders first, and never more than there are', () => {
    expect(quotas([100, 50, 50], { total: 10 })).toEqual([5, 3, 2])
    expect(quotas([3, 400], { perGrid: 10 })).toEqual([3, 10])
    expect(quotas([3, 4], { total: 100 })).toEqual([3, 4])
  })

  it('can be drawn again by anybody who has the seed and the list', () => {
    const candidates = town([40])
    const drawn = drawFrame(candidates, { total: 7 }, 'seed').invited.map((one) => one.name)
    const byHand = candidates
      .map((one) => one.name)
      .sort((a, b) => (lot(a) < lot(b) ? -1 : 1))
      .slice(0, 7)
    expect(drawn).toEqual(byHand)
    // The order in which the register happens to stand does not matter.
    expect(drawFrame([...candidates].reverse(), { total: 7 }, 'seed').invited.map((one) => one.name)).toEqual(byHand)
    expect(drawFrame(candidates, { total: 7 }, 'other').invited.map((one) => one.name)).not.toEqual(byHand)
  })
})

const lot = (name: string): string => createHash('sha256').update(`seed|${name}`).digest('hex')
