import type { Database } from '../../db/client.js'
import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Reader, Tx } from '../../db/transaction.js'
import type { Commonness, Group } from './plan.js'
import { entryTokens, requestTokens } from './write.js'

export type SearchSource = 'entry' | 'request'

/** Documents that a count of common words looks at, spread over all. */
const SAMPLE = 2000
/** A word seen less often in the sample counts as rare. */
const SEEN = 4
/** Counted anew when the documents have grown by this factor. */
const GROWN = 1.25

const REREAD_MS = 60_000

const kept = new WeakMap<object, Map<SearchSource, Commonness & { readonly readAt: number }>>()

/**
 * How common the asked words are, as they were last counted. A reader keeps all figures for a minute; a transaction asks
 * for the few it needs. Figures that are out of date cost time, never a hit.
 */
export async function readCommonness(
  read: Reader | Tx,
  source: SearchSource,
  groups: readonly Group[],
): Promise<Commonness> {
  if (!('$connect' in read)) {
    const words = groups.flatMap((group) => group.words)
    return words.length === 0 ? { documents: 0, shares: new Map() } : readShares(read, source, words)
  }
  const figures = kept.get(read) ?? new Map<SearchSource, Commonness & { readonly readAt: number }>()
  kept.set(read, figures)
  const now = performance.now()
  const known = figures.get(source)
  if (known && now < known.readAt + REREAD_MS) return known
  const fresh = { ...(await readShares(read, source, null)), readAt: now }
  figures.set(source, fresh)
  return fresh
}

/** Shares of the given words, or of all common ones. */
async function readShares(
  read: Reader | Tx,
  source: SearchSource,
  words: readonly string[] | null,
): Promise<Commonness> {
  const table = source === 'entry' ? Prisma.sql`"LedgerEntry"` : Prisma.sql`"Request"`
  const some = words === null ? Prisma.empty : Prisma.sql`AND word IN (${Prisma.join([...words])})`
  const rows = await read.$queryRaw<{ word: string; share: number }[]>`
    SELECT '' AS word, CAST(coalesce(max(id), 0) AS DOUBLE PRECISION) AS share FROM ${table}
    UNION ALL SELECT word, share FROM "SearchWord" WHERE source = ${source} ${some}`
  const shares = new Map(rows.map((row) => [row.word, Number(row.share)]))
  return { documents: shares.get('') ?? 0, shares }
}

/**
 * Counts the common words of a source anew, from a sample, if it has grown since. The sample is read beside the turns.
 * Answers whether it did.
 */
export async function countCommonWords(db: Database, source: SearchSource): Promise<boolean> {
  const last = await lastId(db.read, source)
  const name = `counted:${source}`
  const [state] = await db.read.$queryRaw<{ value: bigint }[]>`SELECT value FROM "SearchState" WHERE name = ${name}`
  if (last < SAMPLE || last < Number(state?.value ?? 0) * GROWN) return false
  const ids = Array.from({ length: SAMPLE }, (_, index) => Math.floor(((index + 1) * last) / SAMPLE))
  const documents = await tokensOf(db.read, source, ids)
  const seen = new Map<string, number>()
  for (const words of documents) for (const word of words.split(' ')) seen.set(word, (seen.get(word) ?? 0) + 1)
  const common = [...seen].filter(([, count]) => count >= SEEN)
  await db.write(async (tx) => {
    await tx.$executeRaw`DELETE FROM "SearchWord" WHERE source = ${source}`
    for (let start = 0; start < common.length; start += 200) {
      const rows = common
        .slice(start, start + 200)
        .map(([word, count]) => Prisma.sql`(${source}, ${word}, ${count / documents.length})`)
      await tx.$executeRaw`INSERT INTO "SearchWord" (source, word, share) VALUES ${Prisma.join(rows)}`
    }
    await tx.$executeRaw`UPDATE "SearchState" SET value = ${BigInt(last)} WHERE name = ${name}`
  })
  return true
}

async function lastId(read: Reader, source: SearchSource): Promise<number> {
  const newest = { orderBy: { id: 'desc' }, select: { id: true } } as const
  const row = source === 'entry' ? await read.ledgerEntry.findFirst(newest) : await read.request.findFirst(newest)
  return row?.id ?? 0
}

async function tokensOf(read: Reader, source: SearchSource, ids: readonly number[]): Promise<string[]> {
  const documents: string[] = []
  for (let start = 0; start < ids.length; start += 500) {
    const where = { id: { in: ids.slice(start, start + 500) } }
    if (source === 'entry') documents.push(...(await read.ledgerEntry.findMany({ where })).map(entryTokens))
    else documents.push(...(await read.request.findMany({ where })).map(requestTokens))
  }
  return documents
}
