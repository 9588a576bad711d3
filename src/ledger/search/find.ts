import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Reader, Tx } from '../../db/transaction.js'
import { type Dialect, dialectOf } from '../dialect.js'
import { readCommonness, type SearchSource } from './common.js'
import { chooseGroups, type Group } from './plan.js'
import { groupsOf, MAX_NAMED_COMMUNITIES, type SearchQuery } from './query.js'
import { fold } from './tokens.js'
import { entryWords, requestWords } from './write.js'

export type EntryHit = NonNullable<Awaited<ReturnType<Reader['ledgerEntry']['findFirst']>>>
export type RequestHit = NonNullable<Awaited<ReturnType<Reader['request']['findFirst']>>>

const DEFAULT_LIMIT = 20
const MAX_AT_ONCE = 1000

/** Ledger entries that match, newest first. */
export const searchEntries = (read: Reader | Tx, query: SearchQuery): Promise<EntryHit[]> =>
  search<EntryHit>(read, query, {
    name: 'entry',
    index: Prisma.sql`"EntrySearch"`,
    table: Prisma.sql`"LedgerEntry"`,
    words: entryWords,
    facets: (entry) => {
      const { category, status } = (entry.data ?? {}) as Readonly<Record<string, unknown>>
      return { at: entry.at, page: entry.page, category, status }
    },
  })

/** Requests that match, newest first. */
export const searchRequests = (read: Reader | Tx, query: SearchQuery): Promise<RequestHit[]> =>
  search<RequestHit>(read, query, {
    name: 'request',
    index: Prisma.sql`"RequestSearch"`,
    table: Prisma.sql`"Request"`,
    words: requestWords,
    facets: ({ createdAt, category, status }) => ({ at: createdAt, category, status }),
  })

interface Placed {
  readonly id: number
  readonly communityId: number
  readonly gridId: number | null
  readonly workerId: number | null
}

interface Facets {
  readonly at: Date
  readonly page?: string
  readonly category: unknown
  readonly status: unknown
}

interface Source<Hit> {
  readonly name: SearchSource
  readonly index: Prisma.Sql
  readonly table: Prisma.Sql
  words(hit: Hit): string
  facets(hit: Hit): Facets
}

/**
 * The index gives candidates, newest first: documents with the threes of signs of every term, and the facets. The
 * document itself decides. One that holds a term has all its threes, so nothing is missed.
 */
async function search<Hit extends Placed>(read: Reader | Tx, query: SearchQuery, source: Source<Hit>): Promise<Hit[]> {
  const terms = query.terms.map(fold).filter((term) => term !== '')
  const many = (query.communityIds?.length ?? 0) > MAX_NAMED_COMMUNITIES
  const everywhere = many && (await read.community.count()) <= (query.communityIds?.length ?? 0)
  const asked = everywhere ? { ...query, communityIds: undefined } : query
  const groups = groupsOf(asked, terms)
  if (groups.some((group) => group.words.length === 0)) return []
  const dialect = await dialectOf(read)
  const { chosen, pass } =
    dialect === 'sqlite'
      ? chooseGroups(groups, await readCommonness(read, source.name, groups))
      : { chosen: groups, pass: 1 }
  const holds = checkOf(asked, terms, source)
  const first = query.offset ?? 0
  const wanted = first + (query.limit ?? DEFAULT_LIMIT)
  const hits: Hit[] = []
  let before = query.before ?? Number.MAX_SAFE_INTEGER
  let take = Math.min(MAX_AT_ONCE, Math.ceil(wanted / Math.max(pass, 0.2)) + 4)
  while (hits.length < wanted) {
    const rows = await read.$queryRaw<Hit[]>`
      SELECT e.* FROM (${candidates(dialect, source.index, chosen, before, take)}) f
      JOIN ${source.table} e ON e.id = f.key ORDER BY e.id DESC`
    const found = rows.map(withNumbers)
    hits.push(...found.filter(holds))
    const last = found.at(-1)
    if (!last || found.length < take) break
    before = last.id
    take = Math.min(MAX_AT_ONCE, take * 3)
  }
  return hits.slice(first, wanted)
}

/** A row as the models give it: SQL asked for directly answers integers as bigint. */
function withNumbers<Row extends object>(row: Row): Row {
  const plain = row as Record<string, unknown>
  for (const key in plain) if (typeof plain[key] === 'bigint') plain[key] = Number(plain[key])
  return row
}

function candidates(
  dialect: Dialect,
  index: Prisma.Sql,
  groups: readonly Group[],
  before: number,
  take: number,
): Prisma.Sql {
  return Prisma.sql`SELECT rowid AS key FROM ${index}
    WHERE ${matchOf(dialect, index, groups)} AND rowid < ${BigInt(before)} ORDER BY rowid DESC LIMIT ${take}`
}

function matchOf(dialect: Dialect, index: Prisma.Sql, groups: readonly Group[]): Prisma.Sql {
  if (groups.length === 0) return Prisma.sql`1 = 1`
  if (dialect === 'sqlite')
    return Prisma.sql`${index} MATCH ${groups.map(({ words }) => `(${words.join(' OR ')})`).join(' AND ')}`
  const single = groups.flatMap(({ words }) => (words.length === 1 ? words : []))
  const choices = groups.filter(({ words }) => words.length > 1)
  return Prisma.join(
    [
      ...(single.length > 0 ? [Prisma.sql`string_to_array(words, ' ') @> ${single}::text[]`] : []),
      ...choices.map(({ words }) => Prisma.sql`string_to_array(words, ' ') && ${[...words]}::text[]`),
    ],
    ' AND ',
  )
}

function checkOf<Hit extends Placed>(
  query: SearchQuery,
  terms: readonly string[],
  source: Source<Hit>,
): (hit: Hit) => boolean {
  const { from, to, page, category, status, workerId } = query
  const communities = query.communityIds && new Set(query.communityIds)
  const grids = query.gridIds && new Set(query.gridIds)
  const differs = (wanted: string | undefined, value: unknown) => wanted !== undefined && String(value) !== wanted
  return (hit) => {
    if (communities && !communities.has(hit.communityId)) return false
    if (grids && (hit.gridId === null || !grids.has(hit.gridId))) return false
    if (workerId !== undefined && hit.workerId !== workerId) return false
    const facets = source.facets(hit)
    if ((from && facets.at < from) || (to && facets.at >= to)) return false
    if (differs(page, facets.page) || differs(category, facets.category) || differs(status, facets.status)) return false
    if (terms.length === 0) return true
    const words = fold(source.words(hit))
    return terms.every((term) => words.includes(term))
  }
}
