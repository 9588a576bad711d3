import type { Reader, Tx } from '../db/transaction.js'
import { monthRange } from '../kernel/local-time.js'
import { canonicalJson, GENESIS, sha256 } from './seal.js'

/** A month as it was closed: the stretch of the chain it covers and the hash at its end. */
export interface ClosedMonth {
  readonly communityId: number
  /** YYYY-MM in the community's time. */
  readonly month: string
  readonly firstSeq: number
  /** firstSeq - 1 when the month has no entry. */
  readonly lastSeq: number
  readonly hash: string
  readonly fingerprint: string
}

/**
 * Sixteen hexadecimal digits that stand for everything up to the close: short enough to be read out, long enough that
 * nobody finds another ledger with the same.
 */
export function fingerprintOf(close: Omit<ClosedMonth, 'fingerprint'>): string {
  const { communityId, month, firstSeq, lastSeq, hash } = close
  const digest = sha256(canonicalJson({ communityId, month, firstSeq, lastSeq, hash }))
  return (digest.slice(0, 16).toUpperCase().match(/.{4}/g) ?? []).join('-')
}

/** What a close of the month would seal, after `previous`. The month's entries are those before its end in local time. */
export async function sealMonth(
  read: Reader | Tx,
  community: { readonly id: number; readonly timezone: string },
  month: string,
  previous: { readonly lastSeq: number; readonly hash: string } | null,
): Promise<ClosedMonth> {
  const { to } = monthRange(month, community.timezone)
  const start = previous?.lastSeq ?? 0
  const last = await read.ledgerEntry.findFirst({
    where: { communityId: community.id, seq: { gt: start }, at: { lt: to } },
    orderBy: { seq: 'desc' },
    select: { seq: true, hash: true },
  })
  const sealed = {
    communityId: community.id,
    month,
    firstSeq: start + 1,
    lastSeq: last?.seq ?? start,
    hash: last?.hash ?? previous?.hash ?? GENESIS,
  }
  return { ...sealed, fingerprint: fingerprintOf(sealed) }
}

/** The latest close of a community; null when none was made. */
export const lastClose = (read: Reader | Tx, communityId: number) =>
  read.ledgerClose.findFirst({ where: { communityId }, orderBy: { month: 'desc' } })

const nextMonth = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/**
 * Months to close so that `month` is closed: those after the last close, or from the first entry's month on. Empty when
 * it is closed already or lies before the first entry.
 */
export async function monthsToClose(
  read: Reader | Tx,
  community: { readonly id: number; readonly timezone: string },
  month: string,
  monthOf: (at: Date) => string,
): Promise<string[]> {
  const previous = await lastClose(read, community.id)
  const first = previous
    ? null
    : await read.ledgerEntry.findFirst({ where: { communityId: community.id }, orderBy: { seq: 'asc' } })
  if (!previous && !first) return []
  const months: string[] = []
  const start = previous ? nextMonth(previous.month) : monthOf(first?.at ?? new Date(0))
  for (let one = start; one <= month; one = nextMonth(one)) months.push(one)
  return months
}

/** Seals of all months that a close of `month` needs, oldest first, each after the one before. */
export async function sealMonths(
  read: Reader | Tx,
  community: { readonly id: number; readonly timezone: string },
  months: readonly string[],
): Promise<ClosedMonth[]> {
  let previous: { lastSeq: number; hash: string } | null = await lastClose(read, community.id)
  const sealed: ClosedMonth[] = []
  for (const month of months) {
    const close: ClosedMonth = await sealMonth(read, community, month, previous)
    sealed.push(close)
    previous = close
  }
  return sealed
}
