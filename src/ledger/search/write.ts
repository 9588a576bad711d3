import type { Tx } from '../../db/transaction.js'
import { type Facet, facetToken, textTokens, timeTokens } from './tokens.js'

export interface IndexedEntry {
  readonly communityId: number
  readonly seq: number
  readonly gridId: number | null
  readonly workerId: number | null
  readonly page: string
  readonly subject: string
  readonly text: string
  readonly data: unknown
  readonly at: Date
}

/** More numbers than a community will ever use. */
export const SPAN = 2n ** 32n

/**
 * Where a document stands in the index: a community's documents lie together, in order. A search within one community then
 * walks through its part of each word's list only, however large the district is.
 */
export const indexKey = (communityId: number, number: number): bigint => BigInt(communityId) * SPAN + BigInt(number)

/** What a search reads of an entry: a hit is a term that stands in here. */
export const entryWords = (entry: { readonly text: string; readonly subject: string }): string =>
  `${entry.text}\n${entry.subject}`

/** Index words of an entry: its text, and facets to filter by. */
export function entryTokens(entry: IndexedEntry): string {
  const data = (entry.data ?? {}) as Readonly<Record<string, unknown>>
  const facets: [Facet, unknown][] = [
    ['grid', entry.gridId],
    ['worker', entry.workerId],
    ['page', entry.page],
    ['category', data.category],
    ['status', data.status],
  ]
  return [...textTokens(entryWords(entry)), ...facetTokens(facets), ...timeTokens(entry.at)].join(' ')
}

const facetTokens = (facets: readonly [Facet, unknown][]): string[] =>
  facets.flatMap(([facet, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [facetToken(facet, value)] : [],
  )

/** Puts an entry into the index, in the transaction that appends it. */
export async function indexEntry(tx: Tx, entry: IndexedEntry): Promise<void> {
  await tx.$executeRaw`INSERT INTO "EntrySearch" (rowid, words) VALUES (${indexKey(entry.communityId, entry.seq)}, ${entryTokens(entry)})`
}

/** Replaces what the index holds of an entry whose words were erased. */
export async function reindexEntry(tx: Tx, entry: IndexedEntry): Promise<void> {
  await tx.$executeRaw`DELETE FROM "EntrySearch" WHERE rowid = ${indexKey(entry.communityId, entry.seq)}`
  await indexEntry(tx, entry)
}

const REQUEST = 'request:'

/** Called for every event: brings the index of the request it is about up to date. */
export async function indexSubject(tx: Tx, subject: string): Promise<void> {
  if (!subject.startsWith(REQUEST)) return
  const request = await tx.request.findUnique({ where: { number: subject.slice(REQUEST.length) } })
  if (request) await indexRequest(tx, request)
}

export interface IndexedRequest {
  readonly id: number
  readonly number: string
  readonly communityId: number
  readonly gridId: number | null
  readonly workerId: number | null
  readonly category: string
  readonly status: string
  readonly text: string
  readonly building: string | null
  readonly unit: string | null
  readonly room: string | null
  readonly resolutionNote: string | null
  readonly createdAt: Date
}

/** What a search reads of a request. The address is spelled as people write it. */
export const requestWords = (request: IndexedRequest): string => {
  const { building, unit, room } = request
  const address = `${building ? `${building}幢` : ''}${unit ? `${unit}单元` : ''}${room ? `${room}室` : ''}`
  return [request.number, request.text, address, request.resolutionNote ?? ''].join('\n')
}

/** Puts a request, as it is now, into the index. */
export async function indexRequest(tx: Tx, request: IndexedRequest): Promise<void> {
  const facets: [Facet, unknown][] = [
    ['grid', request.gridId],
    ['worker', request.workerId],
    ['category', request.category],
    ['status', request.status],
  ]
  const words = [...textTokens(requestWords(request)), ...facetTokens(facets), ...timeTokens(request.createdAt)]
  const key = indexKey(request.communityId, request.id)
  await tx.$executeRaw`DELETE FROM "RequestSearch" WHERE rowid = ${key}`
  await tx.$executeRaw`INSERT INTO "RequestSearch" (rowid, words) VALUES (${key}, ${words.join(' ')})`
}
