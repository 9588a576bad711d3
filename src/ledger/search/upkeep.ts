import type { Database } from '../../db/client.js'
import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Tx } from '../../db/transaction.js'
import { countCommonWords } from './common.js'
import { INDEX_VERSION, indexEntry, indexRequest } from './write.js'

const REBUILT_AT_ONCE = 1000
/** Pages of the index that one step merges: some tens of milliseconds, so that nobody waits for it. */
const MERGED_PAGES = 200
const TABLES = [Prisma.sql`"EntrySearch"`, Prisma.sql`"RequestSearch"`]

const stateOf = async (tx: Pick<Tx, '$queryRaw'>, name: string): Promise<number> => {
  const [row] = await tx.$queryRaw<{ value: bigint }[]>`SELECT value FROM "SearchState" WHERE name = ${name}`
  return Number(row?.value ?? 0)
}

/**
 * Makes the index anew where an upgrade changed its words; called before the service opens. Answers whether it did.
 * Documents that come in meanwhile may be there already: each is put in its place again.
 */
export async function prepareSearch(db: Database, onProgress?: (documents: number) => void): Promise<boolean> {
  if ((await stateOf(db.read, 'version')) === INDEX_VERSION) return false
  await rebuildSearch(db, onProgress)
  return true
}

/** Makes the index of entries and requests anew from the tables. */
export async function rebuildSearch(db: Database, onProgress?: (documents: number) => void): Promise<void> {
  await db.write((tx) => tx.$executeRaw`UPDATE "SearchState" SET value = 0`)
  let done = 0
  for (let after = 0; ; ) {
    const rows = await db.read.ledgerEntry.findMany(page(after))
    await db.write(async (tx) => {
      for (const row of rows) {
        await tx.$executeRaw`DELETE FROM "EntrySearch" WHERE rowid = ${BigInt(row.id)}`
        await indexEntry(tx, row)
      }
    })
    done += rows.length
    onProgress?.(done)
    after = rows.at(-1)?.id ?? 0
    if (rows.length < REBUILT_AT_ONCE) break
  }
  for (let after = 0; ; ) {
    const rows = await db.read.request.findMany(page(after))
    await db.write(async (tx) => {
      for (const row of rows) await indexRequest(tx, row)
    })
    done += rows.length
    onProgress?.(done)
    after = rows.at(-1)?.id ?? 0
    if (rows.length < REBUILT_AT_ONCE) break
  }
  await countCommonWords(db, 'entry')
  await countCommonWords(db, 'request')
  const version = BigInt(INDEX_VERSION)
  await db.write((tx) => tx.$executeRaw`UPDATE "SearchState" SET value = ${version} WHERE name = 'version'`)
}

const page = (after: number) => ({
  where: { id: { gt: after } },
  orderBy: { id: 'asc' as const },
  take: REBUILT_AT_ONCE,
})

/**
 * What the index needs beside the turns: a count of its common words when it has grown; fewer segments, since each word
 * is looked for in every one; and, after an erasure, a merge of all of them, since they keep words that were deleted,
 * after which the database's log is emptied too. In short steps, between which turns go on; it ends early once `signal`
 * says so, and takes up the rest the next time. Answers what was done.
 */
export async function keepSearch(
  db: Database,
  signal?: AbortSignal,
): Promise<{ readonly counted: boolean; readonly purged: boolean }> {
  const entries = await countCommonWords(db, 'entry')
  const counted = (await countCommonWords(db, 'request')) || entries
  const erased = await stateOf(db.read, 'erased')
  if (db.provider === 'sqlite') for (const table of TABLES) await merge(db, table, erased > 0, signal)
  if (erased === 0 || signal?.aborted) return { counted, purged: false }
  await db.forget()
  await db.write(
    (tx) => tx.$executeRaw`UPDATE "SearchState" SET value = value - ${BigInt(erased)} WHERE name = 'erased'`,
  )
  return { counted, purged: true }
}

/** Merges segments of a size, four or more, into one; or all that are there now, into one without what was deleted. */
async function merge(db: Database, table: Prisma.Sql, all: boolean, signal?: AbortSignal): Promise<void> {
  for (let pages = all ? -MERGED_PAGES : MERGED_PAGES; !signal?.aborted; pages = MERGED_PAGES) {
    const changed = await db.write(async (tx) => {
      const before = await changes(tx)
      await tx.$executeRaw`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${pages})`
      return (await changes(tx)) - before
    })
    // The command itself counts as one.
    if (changed < 2) return
  }
}

async function changes(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`SELECT total_changes() AS count`
  return Number(row?.count ?? 0)
}
