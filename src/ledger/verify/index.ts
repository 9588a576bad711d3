import type { Reader } from '../../db/transaction.js'
import { GENESIS } from '../seal.js'
import { type ChainRow, chainBatches } from './chain.js'
import { type ClosedEvent, checkCloses, closedEventOf } from './closes.js'
import { checkErasures } from './erasures.js'
import { type Fault, type Found, WORDS } from './faults.js'
import { findReordered } from './reordered.js'

export type { Fault } from './faults.js'

/** More faults than this are counted, not listed: one is enough to call somebody. */
const MAX_LISTED = 1000
const TOLD_EVERY = 10_000

export interface VerifyOptions {
  /** Only these; all when missing. */
  readonly communityIds?: readonly number[]
  /** Fingerprints as they were posted: `code month` → fingerprint. */
  readonly expected?: ReadonlyMap<string, string>
  readonly onProgress?: (entries: number) => void
}

export interface VerifyReport {
  readonly communities: number
  readonly entries: number
  readonly erased: number
  readonly closes: number
  readonly faults: readonly Fault[]
  /** Faults beyond those listed. */
  readonly unlisted: number
}

/**
 * Recomputes every seal of every chain and names each changed, missing, added or reordered row. Reads as a stream; the
 * memory it needs does not grow with the ledger.
 */
export async function verifyLedger(read: Reader, options: VerifyOptions = {}): Promise<VerifyReport> {
  const where = options.communityIds ? { id: { in: [...options.communityIds] } } : {}
  const communities = await read.community.findMany({ where, orderBy: { id: 'asc' }, select: { id: true, code: true } })
  const faults: Fault[] = []
  let unlisted = 0
  const note = (fault: Fault) => {
    if (faults.length < MAX_LISTED) faults.push(fault)
    else unlisted += 1
  }
  let entries = 0
  let erased = 0
  let closes = 0
  let told = 0
  const progress = (count: number) => {
    if (count < told + TOLD_EVERY) return
    told = count
    options.onProgress?.(count)
  }
  for (const community of communities) {
    const checked = await verifyChain(read, community, options, note, (count) => progress(entries + count))
    entries += checked.entries
    erased += checked.erased
    closes += checked.closes
  }
  return { communities: communities.length, entries, erased, closes, faults, unlisted }
}

async function verifyChain(
  read: Reader,
  community: { readonly id: number; readonly code: string },
  options: VerifyOptions,
  note: (fault: Fault) => void,
  progress: (entries: number) => void,
): Promise<{ entries: number; erased: number; closes: number }> {
  const found: Found = (kind, seq, words, toSeq = seq) => note({ kind, community: community.code, seq, toSeq, words })
  const closes = await read.ledgerClose.findMany({ where: { communityId: community.id }, orderBy: { month: 'asc' } })
  const closedAt = new Map<number, string>()
  const closeSeqs = new Set(closes.map((close) => close.lastSeq))
  const closedEvents: ClosedEvent[] = []
  const erased: number[] = []
  const broken: number[] = []
  let previous: Pick<ChainRow, 'seq' | 'hash'> & { sound: boolean } = { seq: 0, hash: GENESIS, sound: true }
  let entries = 0

  for await (const batch of chainBatches(read, community.id)) {
    for (const row of batch) {
      const gap = row.seq > previous.seq + 1
      if (gap) found('missing', previous.seq + 1, WORDS.missing(previous.seq + 1, row.seq - 1), row.seq - 1)
      if (row.contentHolds === null) erased.push(row.seq)
      if (row.contentHolds === false) found('changed', row.seq, WORDS.changedContent(row.seq))
      if (!row.sealHolds) broken.push(row.seq)
      // Whoever replaces a whole row can make its own seal hold, but not the link of the row after it.
      else if (!gap && row.prevHash !== previous.hash && previous.sound) {
        if (previous.seq > 0) found('replaced', previous.seq, WORDS.replaced(previous.seq))
        else found('changed', row.seq, WORDS.unlinked(row.seq))
      }
      if (closeSeqs.has(row.seq)) closedAt.set(row.seq, row.hash)
      if (row.type === 'ledger.closed') closedEvents.push(await closedEventOf(read, community.id, row.seq))
      previous = { seq: row.seq, hash: row.hash, sound: row.sealHolds }
    }
    entries += batch.length
    progress(entries)
  }

  for (const fault of await findReordered(read, community.id, broken))
    found(
      fault.kind,
      fault.seq,
      fault.kind === 'reordered' ? WORDS.reordered(fault.seq, fault.was) : WORDS.changedFields(fault.seq),
    )
  await checkHead(read, community.id, previous, found)
  await checkErasures(read, community.id, erased, found)
  checkCloses(
    { closes, closedEvents, closedAt, last: previous.seq, code: community.code, expected: options.expected },
    found,
  )
  return { entries, erased: erased.length, closes: closes.length }
}

async function checkHead(
  read: Reader,
  communityId: number,
  last: { readonly seq: number; readonly hash: string },
  found: Found,
): Promise<void> {
  const head = await read.ledgerHead.findUnique({ where: { communityId } })
  if (!head) {
    if (last.seq > 0) found('head', null, WORDS.headMissing(last.seq))
    return
  }
  if (head.seq > last.seq) found('missing', last.seq + 1, WORDS.missingTail(last.seq + 1, head.seq), head.seq)
  else if (head.seq < last.seq) found('added', head.seq + 1, WORDS.added(head.seq + 1, last.seq), last.seq)
  else if (head.hash !== last.hash) found('head', last.seq, WORDS.head(last.seq))
}
