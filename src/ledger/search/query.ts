import type { Group } from './plan.js'
import {
  communityToken,
  facetToken,
  pairTokens,
  rangeTokens,
  termPairs,
  termTokens,
  withinCommunity,
} from './tokens.js'

/** What to look for. All parts must hold; a part that is missing holds for everything. */
export interface SearchQuery {
  /** Each must stand in the text, from one sign up. */
  readonly terms: readonly string[]
  /** All communities when missing. */
  readonly communityIds?: readonly number[]
  readonly gridIds?: readonly number[]
  readonly workerId?: number
  /** Of entries; requests stand on no page. */
  readonly page?: string
  readonly category?: string
  readonly status?: string
  /** Half-open range of instants. */
  readonly from?: Date
  readonly to?: Date
  /** Only what is older than this id: the last hit of an earlier page. */
  readonly before?: number
  /** Hits to pass over; `before` is faster. */
  readonly offset?: number
  /** Default 20. */
  readonly limit?: number
}

/** So many communities are asked for by name; more are told apart when the candidates are read. */
export const MAX_NAMED_COMMUNITIES = 32

/**
 * Index words in groups: of each group at least one must be there. Facets are asked for by the shortest lists there are:
 * within the community where there is one, else in pairs.
 */
export function groupsOf(query: SearchQuery, terms: readonly string[]): Group[] {
  const { communityIds, gridIds, workerId, page, category, status } = query
  const range = rangeTokens(query.from, query.to)
  const kinds = [
    ...(page === undefined ? [] : [facetToken('page', page)]),
    ...(category === undefined ? [] : [facetToken('category', category)]),
    ...(status === undefined ? [] : [facetToken('status', status)]),
  ]
  const any = (words: readonly string[]): Group => ({ words })
  const partsOf = (term: string, words: readonly string[]): Group[] => words.map((word) => ({ words: [word], term }))
  const groups = terms.flatMap((term) => partsOf(term, termTokens(term)))
  if (gridIds) groups.push(any(gridIds.map((id) => facetToken('grid', id))))
  if (workerId !== undefined) groups.push(any([facetToken('worker', workerId)]))
  const [only] = communityIds ?? []
  if (communityIds?.length === 1 && only !== undefined) {
    const pairs = terms.flatMap((term) => partsOf(term, termPairs(term)))
    const within = [...kinds.map((kind) => any([kind])), ...pairs, ...(range ? [any(range)] : [])]
    if (within.length === 0) groups.push(any([communityToken(only)]))
    const inside = within.map((group) => ({ ...group, words: group.words.map((word) => withinCommunity(only, word)) }))
    return [...inside, ...groups]
  }
  if (communityIds && communityIds.length <= MAX_NAMED_COMMUNITIES) groups.push(any(communityIds.map(communityToken)))
  const pairs = pairTokens(kinds)
  groups.push(...(pairs.length > 0 ? pairs : kinds).map((word) => any([word])))
  return range ? [...groups, any(range)] : groups
}
