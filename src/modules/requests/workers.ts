import type { Tx } from '../../db/transaction.js'
import type { Named } from './types.js'

export type WorkerMatch =
  | { readonly kind: 'found'; readonly worker: Named }
  | { readonly kind: 'none' }
  | { readonly kind: 'several' }

/** A colleague of the community by full name, staff number, or the one whose name contains the words. */
export async function findWorker(tx: Tx, communityId: number, words: string, now: Date): Promise<WorkerMatch> {
  const wanted = words.replace(/^@/, '').trim()
  if (wanted === '') return { kind: 'none' }
  const grants = await tx.roleGrant.findMany({
    where: {
      role: { in: ['worker', 'coordinator', 'manager'] },
      scopeKind: 'community',
      scopeId: communityId,
      startsAt: { lte: now },
      OR: [{ endsAt: null }, { endsAt: { gt: now } }],
    },
    select: { person: { select: { id: true, name: true, staffNo: true } } },
  })
  const people = [...new Map(grants.map((grant) => [grant.person.id, grant.person])).values()]
  const exact = people.filter((person) => person.name === wanted || person.staffNo === wanted)
  const near = exact.length > 0 ? exact : people.filter((person) => person.name.includes(wanted))
  const [only, second] = near
  if (!only) return { kind: 'none' }
  return second ? { kind: 'several' } : { kind: 'found', worker: { id: only.id, name: only.name } }
}
