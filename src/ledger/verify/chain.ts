import type { Reader } from '../../db/transaction.js'
import { dialectOf } from '../dialect.js'
import { canonicalJson, contentSealOfJson, type SealedEntry, sealedForm, sha256 } from '../seal.js'

const BATCH = 4000

/** One row of a chain with its seals checked. */
export interface ChainRow {
  readonly seq: number
  readonly type: string
  readonly prevHash: string
  readonly hash: string
  /** The row's own hash is that of its fields. */
  readonly sealHolds: boolean
  /** The words are those that were sealed; null when they were erased. */
  readonly contentHolds: boolean | null
}

/**
 * A community's chain in order, in batches: a promise a row would cost as much as its hashes. What a fast reading
 * doubts is read again field by field. */
export async function* chainBatches(read: Reader, communityId: number): AsyncGenerator<readonly ChainRow[]> {
  const sqlite = (await dialectOf(read)) === 'sqlite'
  for (let after = 0; ; ) {
    const batch = sqlite ? await fastBatch(read, communityId, after) : await exactBatch(read, communityId, after, BATCH)
    const last = batch.at(-1)
    if (!last) return
    after = last.seq
    if (sqlite)
      for (const [index, row] of batch.entries()) if (doubtful(row)) batch[index] = await reread(read, communityId, row)
    yield batch
    if (batch.length < BATCH) return
  }
}

const doubtful = (row: ChainRow): boolean => !row.sealHolds || row.contentHolds === false

async function reread(read: Reader, communityId: number, row: ChainRow): Promise<ChainRow> {
  const [exact] = await exactBatch(read, communityId, row.seq - 1, 1)
  return exact?.seq === row.seq ? exact : row
}

/**
 * SQLite spells out what was sealed, one text a row: a column costs more than a hash. JSON may be spelled otherwise than
 * JavaScript does in rare cases, so a mismatch here is a doubt, not a finding.
 */
async function fastBatch(read: Reader, communityId: number, after: number): Promise<ChainRow[]> {
  const rows = await read.$queryRaw<{ seq: bigint; line: string | null }[]>`
    SELECT seq,
      at || '|' || (erasedAt IS NOT NULL) || '|' || prevHash || '|' || hash || '|' || contentHash || '|' || type || char(10)
      || json_quote(actor) || char(10)
      || '","communityId":' || communityId || ',"contentHash":"' || contentHash
      || '","correctsSeq":' || ifnull(correctsSeq, 'null') || ',"gridId":' || ifnull(gridId, 'null')
      || ',"householdId":' || ifnull(householdId, 'null') || ',"inboxId":' || ifnull(inboxId, 'null')
      || ',"page":' || json_quote(page) || ',"prevHash":"' || prevHash || '","seq":' || seq
      || ',"subject":' || json_quote(subject) || ',"type":' || json_quote(type)
      || ',"workerId":' || ifnull(workerId, 'null') || '}' || char(10)
      || '{"data":' || data || ',"salt":' || json_quote(salt) || ',"text":' || json_quote(text) || '}' AS line
    FROM "LedgerEntry" WHERE "communityId" = ${communityId} AND seq > ${after} ORDER BY seq LIMIT ${BATCH}`
  return rows.map(({ seq, line }) => parseLine(Number(seq), line ?? ''))
}

function parseLine(seq: number, line: string): ChainRow {
  const [meta = '', actor = '', rest = '', content = ''] = line.split('\n')
  const [at = '', erased = '', prevHash = '', hash = '', contentHash = '', type = ''] = meta.split('|')
  const ms = Number(at)
  const time = Number.isSafeInteger(ms) && Math.abs(ms) < 8e15 ? new Date(ms).toISOString() : ''
  return {
    seq,
    type,
    prevHash,
    hash,
    sealHolds: sha256(`{"actor":${actor},"at":"${time}${rest}`) === hash,
    contentHolds: erased === '1' ? null : sha256(content) === contentHash,
  }
}

type EntryRow = NonNullable<Awaited<ReturnType<Reader['ledgerEntry']['findFirst']>>>

async function exactBatch(read: Reader, communityId: number, after: number, take: number): Promise<ChainRow[]> {
  const rows = await read.ledgerEntry.findMany({
    where: { communityId, seq: { gt: after } },
    orderBy: { seq: 'asc' },
    take,
  })
  return rows.map(checkedRow)
}

export function checkedRow(row: EntryRow): ChainRow {
  return {
    seq: row.seq,
    type: row.type,
    prevHash: row.prevHash,
    hash: row.hash,
    sealHolds: sha256(sealedForm(sealedOf(row))) === row.hash,
    contentHolds: row.erasedAt
      ? null
      : row.salt !== null && contentSealOfJson(row.salt, row.text, canonicalJson(row.data)) === row.contentHash,
  }
}

/** The sealed parts of a stored row, as if it stood at `seq`. */
export const sealedOf = (row: EntryRow, seq = row.seq): SealedEntry => ({
  communityId: row.communityId,
  seq,
  page: row.page,
  type: row.type,
  subject: row.subject,
  gridId: row.gridId,
  householdId: row.householdId,
  workerId: row.workerId,
  actor: row.actor,
  contentHash: row.contentHash,
  inboxId: row.inboxId,
  correctsSeq: row.correctsSeq,
  at: row.at.toISOString(),
  prevHash: row.prevHash,
})
