import type { LedgerEntry } from '../../db/generated/sqlite/client.js'
import type { Reader } from '../../db/transaction.js'
import { isoTime } from '../../kernel/local-time.js'
import { toPage } from './cursor.js'
import { inScope, timeRange } from './filters.js'
import { readNames } from './names.js'
import type { EntryAnswer, LedgerQuery } from './schemas.js'
import type { Caller } from './token.js'

/** Entries of the communities the caller may see, in the order they were made. */
export async function listEntries(
  read: Reader,
  caller: Caller,
  query: LedgerQuery,
  timezone: string,
): Promise<{ data: EntryAnswer[]; next: string | null }> {
  const rows = await read.ledgerEntry.findMany({
    where: {
      ...inScope(caller, query.community),
      page: query.page,
      subject: query.subject,
      ...(query.cursor === undefined ? {} : { id: { gt: query.cursor } }),
      at: timeRange(query.since, query.until, timezone),
    },
    orderBy: { id: 'asc' },
    take: query.limit + 1,
  })
  const { page, next } = toPage('ledger', rows, query.limit)
  return { data: await toAnswers(read, caller, page), next }
}

/** All entries about one request, oldest first. */
export async function readHistory(
  read: Reader,
  caller: Caller,
  communityId: number,
  number: string,
): Promise<EntryAnswer[]> {
  const rows = await read.ledgerEntry.findMany({
    where: { communityId, subject: `request:${number}` },
    orderBy: { id: 'asc' },
  })
  return toAnswers(read, caller, rows)
}

async function toAnswers(read: Reader, caller: Caller, rows: readonly LedgerEntry[]): Promise<EntryAnswer[]> {
  const names = await readNames(read, caller, {
    grids: rows.map((row) => row.gridId),
    households: rows.map((row) => row.householdId),
    workers: rows.map((row) => row.workerId),
    actors: rows.map((row) => row.actor),
  })
  return rows.map((row) => {
    const { code = '', timezone = 'UTC' } = caller.communities.get(row.communityId) ?? {}
    return {
      community: code,
      seq: row.seq,
      page: row.page,
      type: row.type,
      subject: row.subject,
      at: isoTime(row.at, timezone),
      grid: names.grid(row.gridId),
      household: names.household(row.householdId),
      ...names.worker(row.workerId),
      actor: row.actor,
      actorName: names.actor(row.actor),
      text: names.words(row.text),
      // It may hold names, which no pattern finds.
      data: caller.seesPersonal ? (row.data as Record<string, unknown>) : null,
      sourceMessage: row.inboxId,
      corrects: row.correctsSeq,
      prevHash: row.prevHash,
      hash: row.hash,
    }
  })
}
