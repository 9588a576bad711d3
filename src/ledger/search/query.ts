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
/** In so many communities each is asked for its own pairs of signs. */
const MAX_WITHIN = 12
/** The part all words about a place have in common. */
const PLACE = 'place'

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
  const any = (words: readonly string[], part?: string): Group => ({ words, ...(part === undefined ? {} : { part }) })
  const threes = terms.flatMap((term) => termTokens(term).map((word) => any([word], term)))
  const place = [
    ...(gridIds
      ? [
          any(
            gridIds.map((id) => facetToken('grid', id)),
            PLACE,
          ),
        ]
      : []),
    ...(workerId === undefined ? [] : [any([facetToken('worker', workerId)], PLACE)]),
  ]
  const few = communityIds && communityIds.length <= MAX_NAMED_COMMUNITIES ? communityIds : []
  const within = (words: readonly string[]) =>
    any(
      few.flatMap((id) => words.map((word) => withinCommunity(id, word))),
      PLACE,
    )
  const pairs = few.length > 0 && few.length <= MAX_WITHIN ? terms.flatMap(termPairs).map((word) => within([word])) : []
  if (few.length === 1) {
    const inside = [...pairs, ...kinds.map((kind) => within([kind])), ...(range ? [within(range)] : [])]
    return [...inside, ...place, ...(inside.length > 0 ? [] : [any(few.map(communityToken), PLACE)]), ...threes]
  }
  const kindPairs = pairTokens(kinds)
  return [
    ...pairs,
    ...place,
    ...(communityIds && few.length === communityIds.length ? [any(few.map(communityToken), PLACE)] : []),
    ...threes,
    ...(kindPairs.length > 0 ? kindPairs : kinds).map((word) => any([word])),
    ...(range ? [any(range)] : []),
  ]
}
