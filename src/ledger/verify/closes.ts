import { z } from 'zod'
import type { Reader } from '../../db/transaction.js'
import { type ClosedMonth, fingerprintOf } from '../close.js'
import { GENESIS } from '../seal.js'
import { type Found, WORDS } from './faults.js'

const closedData = z.object({ month: z.string(), lastSeq: z.number(), fingerprint: z.string() })

/** What a ledger.closed entry says was closed. */
export type ClosedEvent = { readonly seq: number } & Partial<z.infer<typeof closedData>>

export async function closedEventOf(read: Reader, communityId: number, seq: number): Promise<ClosedEvent> {
  const entry = await read.ledgerEntry.findUnique({ where: { communityId_seq: { communityId, seq } } })
  return { seq, ...(closedData.safeParse(entry?.data).data ?? {}) }
}

export interface CloseCheck {
  readonly closes: readonly ClosedMonth[]
  readonly closedEvents: readonly ClosedEvent[]
  /** Hash of the chain, as it is now, where a close ended. */
  readonly closedAt: ReadonlyMap<number, string>
  /** Last entry that exists. */
  readonly last: number
  readonly code: string
  readonly expected: ReadonlyMap<string, string> | undefined
}

/**
 * Holds the closed months against the chain and against the entries that record them: a tail that was cut off, or a chain
 * that was computed anew, does not fit them.
 */
export function checkCloses(check: CloseCheck, found: Found): void {
  for (const close of check.closes) {
    const now = close.lastSeq === 0 ? GENESIS : check.closedAt.get(close.lastSeq)
    if (close.lastSeq > check.last)
      found('missing', check.last + 1, WORDS.closeTail(close.month, check.last + 1, close.lastSeq), close.lastSeq)
    else if (now !== undefined && now !== close.hash)
      found('close', close.lastSeq, WORDS.closeChain(close.month, close.lastSeq))
    if (fingerprintOf(close) !== close.fingerprint) found('close', null, WORDS.closeFingerprint(close.month))
    const event = check.closedEvents.find((one) => one.month === close.month)
    if (!event) found('close', null, WORDS.closeUnnamed(close.month))
    else if (event.fingerprint !== close.fingerprint || event.lastSeq !== close.lastSeq)
      found('close', event.seq, WORDS.closeDiffers(close.month))
  }
  for (const event of check.closedEvents)
    if (event.month && !check.closes.some((close) => close.month === event.month))
      found('close', event.seq, WORDS.closeMissing(event.month))
  for (const [key, fingerprint] of check.expected ?? []) {
    const [code, month = ''] = key.split(' ')
    if (code !== check.code) continue
    const close = check.closes.find((one) => one.month === month)
    if (close?.fingerprint !== fingerprint)
      found(
        'fingerprint',
        close?.lastSeq ?? null,
        WORDS.expected(month, fingerprint, close?.fingerprint ?? '（没有封账）'),
      )
  }
}
