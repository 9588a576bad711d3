import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseGroups, type Group } from './plan.js'

const common = (documents: number, shares: Record<string, number>) => ({
  documents,
  shares: new Map(Object.entries(shares)),
})

const group = (...words: string[]): Group => ({ words })

describe('the choice of what the index is asked', () => {
  it('leaves a word that nearly all have to the check of the text', () => {
    const { chosen, pass } = chooseGroups([group('every'), group('rare')], common(1_000_000, { every: 0.99 }))
    expect(chosen).toEqual([group('rare')])
    expect(pass).toBeCloseTo(0.99)
  })

  it('asks for both of two words of which each alone is common', () => {
    const { chosen, pass } = chooseGroups([group('b'), group('a')], common(1_000_000, { a: 0.05, b: 0.1 }))
    expect(chosen).toEqual([group('a'), group('b')])
    expect(pass).toBe(1)
  })

  it('always asks for something, and rates a choice by all its words', () => {
    expect(chooseGroups([group('every')], common(1_000_000, { every: 1 })).chosen).toEqual([group('every')])
    expect(chooseGroups([], common(10, {}))).toEqual({ chosen: [], pass: 1 })
    const { chosen } = chooseGroups([group('a', 'b'), group('c')], common(1_000_000, { a: 0.6, b: 0.6, c: 0.001 }))
    expect(chosen).toEqual([group('c')])
  })

  it('does not take parts of one term for chances of their own', () => {
    const parts = ['one', 'two', 'three'].map((word): Group => ({ words: [word], part: 'x' }))
    const shares = { one: 0.0046, two: 0.0046, three: 0.0046, other: 0.055 }
    expect(chooseGroups([...parts, group('other')], common(1_000_000, shares)).chosen).toContainEqual(group('other'))
  })

  it('never asks for what was not wanted', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'd')
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        fc.record({ a: share, b: share }),
        fc.integer({ min: 0, max: 5_000_000 }),
        (words, shares, documents) => {
          const groups = words.map((some) => group(...some))
          const { chosen, pass } = chooseGroups(groups, common(documents, shares))
          expect(chosen.length).toBeGreaterThan(0)
          expect(chosen.every((group) => groups.includes(group))).toBe(true)
          expect(pass).toBeGreaterThanOrEqual(0)
          expect(pass).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
})
