import type { Tx } from '../db/transaction.js'

/** A worker, as cards and replies name one. */
export interface WorkerView {
  readonly id: number
  readonly name: string
}

/**
 * Who answers for a grid at an instant: a colleague who covers goes before the holder. Null when nobody does.
 */
export async function responsibleFor(tx: Tx, gridId: number, at: Date): Promise<WorkerView | null> {
  const spans = await tx.gridAssignment.findMany({
    where: { gridId, startsAt: { lte: at }, OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
    orderBy: { startsAt: 'desc' },
    select: { kind: true, person: { select: { id: true, name: true } } },
  })
  const span = spans.find((one) => one.kind === 'cover') ?? spans[0]
  return span?.person ?? null
}

/** All who hold `role` in the community at an instant. */
export async function holders(
  tx: Tx,
  role: string,
  scopeKind: string,
  scopeId: number,
  at: Date,
): Promise<WorkerView[]> {
  const grants = await tx.roleGrant.findMany({
    where: { role, scopeKind, scopeId, startsAt: { lte: at }, OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
    orderBy: { personId: 'asc' },
    select: { person: { select: { id: true, name: true } } },
  })
  return grants.map((grant) => grant.person)
}
