import { expect, test } from 'vitest'
import { quotedOnce, type WordGroup } from './words.js'

const group = (question: string, quotes: readonly string[]): WordGroup => ({
  question,
  category: 'other',
  name: '其他',
  count: quotes.length,
  quotes,
})

test('the same words are quoted once, however many questions they were written to', () => {
  const groups = [
    group('民政局', ['经费没有跟上']),
    group('住建局', ['经费没有跟上', '报表重复']),
    group('城管局', ['经费没有跟上']),
  ]
  expect(quotedOnce(groups).map(({ quote }) => quote)).toEqual(['经费没有跟上', '报表重复'])
})
