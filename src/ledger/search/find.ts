import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Reader, Tx } from '../../db/transaction.js'
import { type Dialect, dialectOf } from '../dialect.js'
import { readCommonness, type SearchSource } from './common.js'
import { chooseGroups, type Group } from './plan.js'
import { groupsOf, MAX_NAMED_COMMUNITIES, type SearchQuery } from './query.js'
import { fold } from './tokens.js'
import { entryWords, type RequestParts, requestWords } from './write.js'

export type EntryHit = NonNullable<Awaited<ReturnType<Reader['ledgerEntry']['findFirst']>>>
export type RequestHit = NonNullable<Awaited<ReturnType<Reader['request']['findFirst']>>>

/** What the exact check reads of a candidate. */
interface Candidate {
  readonly id: number | bigint
  readonly at: Date
  readonly communityId: number | bigint
  readonly gridId: number | bigint | null
  readonly workerId: number | bigint | null
  readonly page?: string
  readonly category: unknown
  readonly status: unknown
}
type EntryCandidate = Candidate & { readonly text: string; readonly subject: string }
type RequestCandidate = Candidate & RequestParts

const DEFAULT_LIMIT = 20
const MAX_AT_ONCE = 1000
const LOADED_AT_ONCE = 500

/** Ledger entries that match, newest first. */
export async function searchEntries(read: Reader | Tx, query: SearchQuery): Promise<EntryHit[]> {
  const facet = (name: 'category' | 'status') =>
    query[name] === undefined ? Prisma.sql`NULL` : Prisma.sql`e.data ->> ${Prisma.raw(`'${name}'`)}`
  const ids = await search<EntryCandidate>(read, query, {
    name: 'entry',
    index: Prisma.sql`"EntrySearch"`,
    table: Prisma.sql`"LedgerEntry"`,
    columns: Prisma.sql`e.at, e."communityId", e."gridId", e."workerId", e.page, e.text, e.subject,
      ${facet('category')} AS category, ${facet('status')} AS status`,
    words: entryWords,
  })
  return load(ids, (some) => read.ledgerEntry.findMany({ where: { id: { in: some } }, orderBy: { id: 'desc' } }))
}

/** Requests that match, newest first. */
export async function searchRequests(read: Reader | Tx, query: SearchQuery): Promise<RequestHit[]> {
  const ids = await search<RequestCandidate>(read, query, {
    name: 'request',
    index: Prisma.sql`"RequestSearch"`,
    table: Prisma.sql`"Request"`,
    columns: Prisma.sql`e."createdAt" AS at, e."communityId", e."gridId", e."workerId", e.category, e.status,
      e.number, e.text, e.building, e.unit, e.room, e."resolutionNote"`,
    words: requestWords,
  })
  return load(ids, (some) => read.request.findMany({ where: { id: { in: some } }, orderBy: { id: 'desc' } }))
}

interface Source<One> {
  readonly name: SearchSource
  readonly index: Prisma.Sql
  readonly table: Prisma.Sql
  /** Columns of the table `e` that make a candidate, besides the id. */
  readonly columns: Prisma.Sql
  words(candidate: One): string
}

/**
 * The index gives candidates, newest first: documents with the pairs of signs of every term, and the facets. The
 * document itself decides. One that holds a term has all its pairs, so nothing is missed.
 */
async function search<One extends Candidate>(
  read: Reader | Tx,
  query: SearchQuery,
  source: Source<One>,
): Promise<number[]> {
  const terms = query.terms.map(fold).filter((term) => term !== '')
  const many = (query.communityIds?.length ?? 0) > MAX_NAMED_COMMUNITIES
  const everywhere = many && (await read.community.count()) <= (query.communityIds?.length ?? 0)
  const asked = everywhere ? { ...query, communityIds: undefined } : query
  const groups = groupsOf(asked, terms)
  if (groups.some((group) => group.words.length === 0)) return []
  const dialect = await dialectOf(read)
  const common = await readCommonness(
    read,
    source.name,
    dialect === 'sqlite' ? groups.flatMap((group) => group.words) : [],
  )
  const { chosen, pass } = dialect === 'sqlite' ? chooseGroups(groups, common) : { chosen: groups, pass: 1 }
  const holds = checkOf(asked, terms, source.words)
  const first = query.offset ?? 0
  const wanted = first + (query.limit ?? DEFAULT_LIMIT)
  const hits: number[] = []
  let before = query.before ?? Number.MAX_SAFE_INTEGER
  let take = Math.min(MAX_AT_ONCE, Math.ceil(wanted / Math.max(pass, 0.05)) + 4)
  while (hits.length < wanted) {
    const found = await read.$queryRaw<One[]>`
      SELECT e.id, ${source.columns} FROM (${candidates(dialect, source.index, chosen, before, take)}) f
      JOIN ${source.table} e ON e.id = f.key ORDER BY e.id DESC`
    hits.push(...found.filter(holds).map((one) => Number(one.id)))
    const last = found.at(-1)
    if (!last || found.length < take) break
    before = Number(last.id)
    take = Math.min(MAX_AT_ONCE, take * 3)
  }
  return hits.slice(first, wanted)
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

function checkOf<One extends Candidate>(
  query: SearchQuery,
  terms: readonly string[],
  wordsOf: (candidate: One) => string,
): (candidate: One) => boolean {
  const { from, to, page, category, status, workerId } = query
  const communities = query.communityIds && new Set(query.communityIds)
  const grids = query.gridIds && new Set(query.gridIds)
  const differs = (wanted: string | undefined, value: unknown) => wanted !== undefined && String(value) !== wanted
  return (one) => {
    if ((from && one.at < from) || (to && one.at >= to)) return false
    if (communities && !communities.has(Number(one.communityId))) return false
    if (grids && (one.gridId === null || !grids.has(Number(one.gridId)))) return false
    if (workerId !== undefined && (one.workerId === null || Number(one.workerId) !== workerId)) return false
    if (differs(page, one.page) || differs(category, one.category) || differs(status, one.status)) return false
    if (terms.length === 0) return true
    const words = fold(wordsOf(one))
    return terms.every((term) => words.includes(term))
  }
}

async function load<Hit>(ids: readonly number[], read: (ids: number[]) => Promise<Hit[]>): Promise<Hit[]> {
  const hits: Hit[] = []
  for (let start = 0; start < ids.length; start += LOADED_AT_ONCE)
    hits.push(...(await read(ids.slice(start, start + LOADED_AT_ONCE))))
  return hits
}
