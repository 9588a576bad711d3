import type { Tx } from '../../db/transaction.js'
import { communityToken, facetToken, pairsOf, pairTokens, textTokens, timeTokens, withinCommunity } from './tokens.js'

export interface IndexedEntry {
  readonly id: number
  readonly communityId: number
  readonly gridId: number | null
  readonly workerId: number | null
  readonly page: string
  readonly subject: string
  readonly text: string
  readonly data: unknown
  readonly at: Date
}

/** Words of which index an upgrade must make anew: raise it whenever the index words of a document change. */
export const INDEX_VERSION = 3

/** What a search reads of an entry: a hit is a term that stands in here. */
export const entryWords = (entry: { readonly text: string; readonly subject: string }): string =>
  `${entry.text}\n${entry.subject}`

interface Facets {
  readonly communityId: number
  readonly gridId: number | null
  readonly workerId: number | null
  readonly page?: unknown
  readonly category?: unknown
  readonly status?: unknown
  readonly at: Date
}

/** Index words of a document: those of its text, and those to filter by, alone, in pairs and within the community. */
function documentWords(text: string, facets: Facets): string {
  const { communityId, gridId, workerId, page, category, status, at } = facets
  const values = [
    ['page', page],
    ['category', category],
    ['status', status],
  ] as const
  const kinds = values.flatMap(([facet, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [facetToken(facet, value)] : [],
  )
  const times = timeTokens(at)
  const words = textTokens(text)
  return [
    ...words,
    communityToken(communityId),
    ...(gridId === null ? [] : [facetToken('grid', gridId)]),
    ...(workerId === null ? [] : [facetToken('worker', workerId)]),
    ...kinds,
    ...times,
    ...pairTokens(kinds),
    ...[...kinds, ...times, ...pairsOf(words)].map((word) => withinCommunity(communityId, word)),
  ].join(' ')
}

/** Index words of an entry: its text, and facets to filter by. */
export function entryTokens(entry: IndexedEntry): string {
  const { category, status } = (entry.data ?? {}) as Readonly<Record<string, unknown>>
  return documentWords(entryWords(entry), { ...entry, category, status })
}

/** Puts an entry into the index, in the transaction that appends it. The index is in the order of ids: newest last. */
export async function indexEntry(tx: Tx, entry: IndexedEntry): Promise<void> {
  await tx.$executeRaw`INSERT INTO "EntrySearch" (rowid, words) VALUES (${BigInt(entry.id)}, ${entryTokens(entry)})`
}

/** Replaces what the index holds of an entry whose words were erased. */
export async function reindexEntry(tx: Tx, entry: IndexedEntry): Promise<void> {
  await tx.$executeRaw`DELETE FROM "EntrySearch" WHERE rowid = ${BigInt(entry.id)}`
  await indexEntry(tx, entry)
}

/**
 * Notes that words of the index must leave the file: its segments keep what was deleted until they are merged. Whoever
 * erases calls this in the same transaction; `keepSearch` does the rest.
 */
export async function noteErasure(tx: Tx): Promise<void> {
  await tx.$executeRaw`UPDATE "SearchState" SET value = value + 1 WHERE name = 'erased'`
}

const REQUEST = 'request:'

/** Called for every event: brings the index of the request it is about up to date. */
export async function indexSubject(tx: Tx, subject: string): Promise<void> {
  if (!subject.startsWith(REQUEST)) return
  const request = await tx.request.findUnique({ where: { number: subject.slice(REQUEST.length) } })
  if (request) await indexRequest(tx, request)
}

/** What a search reads of a request. */
export interface RequestParts {
  readonly number: string
  readonly text: string
  readonly building: string | null
  readonly unit: string | null
  readonly room: string | null
  readonly resolutionNote: string | null
}

export interface IndexedRequest extends RequestParts {
  readonly id: number
  readonly communityId: number
  readonly gridId: number | null
  readonly workerId: number | null
  readonly category: string
  readonly status: string
  readonly createdAt: Date
}

/** The words of a request. The address is spelled as people write it. */
export const requestWords = (request: RequestParts): string => {
  const { building, unit, room } = request
  const address = `${building ? `${building}幢` : ''}${unit ? `${unit}单元` : ''}${room ? `${room}室` : ''}`
  return [request.number, request.text, address, request.resolutionNote ?? ''].join('\n')
}

/** Index words of a request, as it is now. */
export const requestTokens = (request: IndexedRequest): string =>
  documentWords(requestWords(request), { ...request, at: request.createdAt })

/** Puts a request, as it is now, into the index. */
export async function indexRequest(tx: Tx, request: IndexedRequest): Promise<void> {
  const key = BigInt(request.id)
  await tx.$executeRaw`DELETE FROM "RequestSearch" WHERE rowid = ${key}`
  await tx.$executeRaw`INSERT INTO "RequestSearch" (rowid, words) VALUES (${key}, ${requestTokens(request)})`
}
