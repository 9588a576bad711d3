import type { SearchQuery } from '../../src/ledger/search/query.js'
import { COMMUNITIES, createDice, wordsOf } from './fill.js'

export type Scope = 'community' | 'subdistrict' | 'district'

type Dice = (sides: number) => number

/** A part of words as they stand in the ledger: what people look for is mostly there. */
function part(dice: Dice, length: number): string {
  const words = [...wordsOf(dice)]
  const start = dice(Math.max(1, words.length - length))
  return words.slice(start, start + length).join('')
}

const month = (dice: Dice) => {
  const number = dice(24)
  return { from: new Date(Date.UTC(2025, number, 1)), to: new Date(Date.UTC(2025, number + 1, 1)) }
}

/** One of each: how long the words are, how many, and with which filter. */
const KINDS: Readonly<Record<string, (dice: Dice, community: number) => Partial<SearchQuery>>> = {
  'one sign': (dice) => ({ terms: [part(dice, 1)] }),
  'two signs': (dice) => ({ terms: [part(dice, 2)] }),
  'three to eight': (dice) => ({ terms: [part(dice, 3 + dice(6))] }),
  'two words': (dice) => ({ terms: [part(dice, 2), `${dice(30) + 1}幢`] }),
  'three words': (dice) => ({ terms: [part(dice, 2), part(dice, 2), part(dice, 1)] }),
  'with page': (dice) => ({ terms: [part(dice, 2)], page: dice(2) ? 'visits' : 'requests' }),
  'with grid': (dice, community) => ({ terms: [part(dice, 2)], gridIds: [community * 4 + dice(4)] }),
  'with category': (dice) => ({ terms: [part(dice, 2)], category: dice(2) ? 'parking' : 'care' }),
  'with status': (dice) => ({ terms: [part(dice, 2)], status: dice(2) ? 'met' : 'new' }),
  'with worker': (dice, community) => ({ terms: [part(dice, 1)], workerId: community * 4 + dice(4) }),
  'with month': (dice) => ({ terms: [part(dice, 2)], ...month(dice) }),
  'all filters': (dice, community) => ({
    terms: [part(dice, 2)],
    page: dice(2) ? 'visits' : 'requests',
    category: 'parking',
    status: dice(2) ? 'met' : 'new',
    gridIds: [community * 4, community * 4 + 1, community * 4 + 2, community * 4 + 3],
    ...month(dice),
  }),
}

export const kinds = Object.keys(KINDS)

/** `count` queries of a kind; the same at every run. */
export function queriesOf(kind: string, scope: Scope, count: number, seed: number): SearchQuery[] {
  const dice = createDice(seed)
  const make = KINDS[kind]
  if (!make) throw new Error(`no kind ${kind}`)
  return Array.from({ length: count }, () => {
    const community = dice(COMMUNITIES) + 1
    const subdistrict = Array.from({ length: 10 }, (_, index) => ((community - 1) % 50) + 1 + index * 50)
    const communityIds = { community: [community], subdistrict, district: undefined }[scope]
    return { terms: [], ...make(dice, community), ...(communityIds ? { communityIds } : {}) }
  })
}
