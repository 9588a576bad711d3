import type { Tx } from '../db/transaction.js'

/** Whose something is: what an entry about it is attributed to. */
export interface Owner {
  readonly communityId: number
  /** The ledger page it stands on. */
  readonly page: 'requests' | 'visits'
  readonly gridId: number | null
  readonly householdId: number | null
  /** Who answers for it. */
  readonly workerId: number | null
  /** Who works on it, and is told of what concerns it. */
  readonly handlerId: number | null
}

/** The request (`request:FD-202611-0001`) or visit (`visit:…`) of a subject, as far as an entry needs it; null for any other. */
export async function ownerOf(tx: Tx, subject: string): Promise<Owner | null> {
  const [kind, name = ''] = split(subject)
  const select = { communityId: true, gridId: true, householdId: true } as const
  if (kind === 'request') {
    const row = await tx.request.findUnique({ where: { number: name }, select: { ...select, workerId: true } })
    return row && { ...row, handlerId: row.workerId, page: 'requests' }
  }
  if (kind !== 'visit') return null
  const row = await tx.visit.findUnique({
    where: { key: name },
    select: { ...select, workerId: true, responsibleId: true },
  })
  if (!row) return null
  const { workerId: handlerId, responsibleId: workerId, ...rest } = row
  return { ...rest, workerId, handlerId, page: 'visits' }
}

function split(subject: string): [string, string] {
  const colon = subject.indexOf(':')
  return [subject.slice(0, colon), subject.slice(colon + 1)]
}
