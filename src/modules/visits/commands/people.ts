import type { Reader } from '../../../db/transaction.js'
import type { CommunityView } from '../../../kernel/module.js'

/** A colleague of the community by name, staff number, or the end of the name where that is one person's only. */
export async function colleague(
  read: Reader,
  community: CommunityView,
  words: string,
  now: Date,
): Promise<{ id: number; name: string } | null> {
  const wanted = words.replace(/^@/, '').trim()
  if (wanted === '') return null
  const grants = await read.roleGrant.findMany({
    where: {
      role: { in: ['worker', 'coordinator', 'manager'] },
      scopeKind: 'community',
      scopeId: community.id,
      startsAt: { lte: now },
      OR: [{ endsAt: null }, { endsAt: { gt: now } }],
    },
    select: { person: { select: { id: true, name: true, staffNo: true } } },
  })
  const people = [...new Map(grants.map(({ person }) => [person.id, person])).values()]
  const exact = people.filter((one) => one.name === wanted || one.staffNo === wanted.toUpperCase())
  const near = exact.length > 0 ? exact : people.filter((one) => one.name.includes(wanted))
  return near.length === 1 ? (near[0] ?? null) : null
}
