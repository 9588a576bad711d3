import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Reader, Tx } from '../../db/transaction.js'
import { type Dialect, dialectOf } from '../dialect.js'
import { type Facet, facetToken, fold, rangeTokens, termTokens } from './tokens.js'
import { entryWords, indexKey, requestWords, SPAN } from './write.js'

/** What to look for. All parts must hold; a part that is missing holds for everything. */
export interface SearchQuery {
  /** Each must stand in the text, from one sign up. */
  readonly terms: readonly string[]
  /** All communities when missing: the more there are, the longer it takes. */
  readonly communityIds?: readonly number[]
  readonly gridIds?: readonly number[]
  readonly workerId?: number
  readonly page?: string
  readonly category?: string
  readonly status?: string
  /** Half-open range of instants. */
  readonly from?: Date
  readonly to?: Date
  /** Hits to pass over: the earlier pages of a list. */
  readonly offset?: number
  /** Default 20. */
  readonly limit?: number
}

export type EntryHit = NonNullable<Awaited<ReturnType<Reader['ledgerEntry']['findFirst']>>>
export type RequestHit = NonNullable<Awaited<ReturnType<Reader['request']['findFirst']>>>

const DEFAULT_LIMIT = 20
/** One statement asks for so many communities. */
const COMMUNITIES_AT_ONCE = 100
const LOADED_AT_ONCE = 500

/** Ledger entries that match, newest first. */
export const searchEntries = (read: Reader | Tx, query: SearchQuery): Promise<EntryHit[]> =>
  search<EntryHit>(read, query, {
    candidates: (found) => Prisma.sql`
      SELECT f.key, e.id FROM (${found}) f
      JOIN "LedgerEntry" e ON e."communityId" = f.key / ${SPAN} AND e.seq = f.key % ${SPAN}`,
    index: Prisma.sql`"EntrySearch"`,
    load: (ids) => read.ledgerEntry.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'desc' } }),
    words: entryWords,
    at: (entry) => entry.at,
  })

/** Requests that match, newest first. */
export const searchRequests = (read: Reader | Tx, query: SearchQuery): Promise<RequestHit[]> =>
  search<RequestHit>(read, query, {
    candidates: (found) => Prisma.sql`SELECT f.key, f.key % ${SPAN} AS id FROM (${found}) f`,
    index: Prisma.sql`"RequestSearch"`,
    load: (ids) => read.request.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'desc' } }),
    words: requestWords,
    at: (request) => request.createdAt,
  })

interface Source<Hit> {
  readonly index: Prisma.Sql
  /** Ids of what stands at the keys that were found. */
  candidates(found: Prisma.Sql): Prisma.Sql
  /** Newest first. */
  load(ids: readonly number[]): Promise<Hit[]>
  words(hit: Hit): string
  at(hit: Hit): Date
}

/** Where the search stands in one community. */
interface Lane {
  readonly communityId: number
  /** Candidates that were not looked at, newest first. */
  readonly ids: number[]
  /** What lies at this key and above was asked for already; null when nothing is left below. */
  below: bigint | null
}

/**
 * The index gives candidates: documents with all pairs of signs of every term, and the facets. The text itself decides. A
 * document that holds a term has all its pairs, so nothing is missed.
 */
async function search<Hit extends { readonly id: number }>(
  read: Reader | Tx,
  query: SearchQuery,
  source: Source<Hit>,
): Promise<Hit[]> {
  const terms = query.terms.map(fold).filter((term) => term !== '')
  const groups = groupsOf(query, terms)
  if (groups.some((group) => group.length === 0)) return []
  const holds = (hit: Hit) => {
    const at = source.at(hit)
    if ((query.from && at < query.from) || (query.to && at >= query.to)) return false
    const words = terms.length > 0 ? fold(source.words(hit)) : ''
    return terms.every((term) => words.includes(term))
  }
  const match = matchOf(await dialectOf(read), source.index, groups)
  const wanted = (query.offset ?? 0) + (query.limit ?? DEFAULT_LIMIT)
  const communityIds = query.communityIds ?? (await allCommunities(read))
  const lanes = communityIds.map((id): Lane => ({ communityId: id, ids: [], below: indexKey(id + 1, 0) }))
  const hits: Hit[] = []
  while (hits.length < wanted) {
    const empty = lanes.filter((lane) => lane.ids.length === 0 && lane.below !== null)
    for (let start = 0; start < empty.length; start += COMMUNITIES_AT_ONCE)
      await refill(read, source, match, empty.slice(start, start + COMMUNITIES_AT_ONCE), wanted)
    const ids = takeNewest(lanes, Math.min(LOADED_AT_ONCE, wanted - hits.length))
    if (ids.length === 0) break
    hits.push(...(await source.load(ids)).filter(holds))
  }
  return hits.slice(query.offset ?? 0)
}

/** Asks the index for the next `count` candidates of each lane. */
async function refill<Hit>(
  read: Reader | Tx,
  source: Source<Hit>,
  match: Prisma.Sql,
  lanes: readonly Lane[],
  count: number,
): Promise<void> {
  const parts = lanes.map(
    (lane) => Prisma.sql`SELECT key FROM (SELECT rowid AS key FROM ${source.index}
      WHERE ${match} AND rowid >= ${indexKey(lane.communityId, 0)} AND rowid < ${lane.below}
      ORDER BY rowid DESC LIMIT ${count}) part`,
  )
  const rows = await read.$queryRaw<{ key: bigint; id: bigint }[]>(source.candidates(Prisma.join(parts, ' UNION ALL ')))
  const found = rows.map((row) => ({ key: BigInt(row.key), id: Number(row.id) })).sort((a, b) => b.id - a.id)
  for (const lane of lanes) {
    const own = found.filter(
      ({ key }) => key >= indexKey(lane.communityId, 0) && key < indexKey(lane.communityId + 1, 0),
    )
    lane.ids.push(...own.map((one) => one.id))
    lane.below = own.length < count ? null : (own.at(-1)?.key ?? null)
  }
}

/** The newest candidates of all lanes; stops where a lane must be asked again first. */
function takeNewest(lanes: readonly Lane[], count: number): number[] {
  const ids: number[] = []
  while (ids.length < count) {
    let newest: Lane | undefined
    for (const lane of lanes) {
      if (lane.ids.length === 0 && lane.below !== null) return ids
      if ((lane.ids[0] ?? 0) > (newest?.ids[0] ?? 0)) newest = lane
    }
    const id = newest?.ids.shift()
    if (id === undefined) break
    ids.push(id)
  }
  return ids
}

async function allCommunities(read: Reader | Tx): Promise<number[]> {
  return (await read.community.findMany({ select: { id: true } })).map((community) => community.id)
}

/** Index words in groups: of each group at least one must be there. */
function groupsOf(query: SearchQuery, terms: readonly string[]): string[][] {
  const one = (facet: Facet, value: string | number | undefined) =>
    value === undefined ? [] : [[facetToken(facet, value)]]
  const range = rangeTokens(query.from, query.to)
  return [
    ...terms.flatMap(termTokens).map((word) => [word]),
    ...(query.gridIds ? [query.gridIds.map((id) => facetToken('grid', id))] : []),
    ...one('worker', query.workerId),
    ...one('page', query.page),
    ...one('category', query.category),
    ...one('status', query.status),
    ...(range ? [range] : []),
  ]
}

function matchOf(dialect: Dialect, index: Prisma.Sql, groups: readonly (readonly string[])[]): Prisma.Sql {
  if (groups.length === 0) return Prisma.sql`1 = 1`
  if (dialect === 'sqlite')
    return Prisma.sql`${index} MATCH ${groups.map((group) => `(${group.join(' OR ')})`).join(' AND ')}`
  const words = groups.filter((group) => group.length === 1).map(([word = '']) => word)
  const choices = groups.filter((group) => group.length > 1)
  return Prisma.join(
    [
      ...(words.length > 0 ? [Prisma.sql`string_to_array(words, ' ') @> ${words}::text[]`] : []),
      ...choices.map((group) => Prisma.sql`string_to_array(words, ' ') && ${[...group]}::text[]`),
    ],
    ' AND ',
  )
}
