import type { Tx } from '../../db/transaction.js'
import type { GridEntry } from './roster.js'
import { assignedByRoster } from './texts.js'
import type { KnownCommunity, WriteOptions } from './write-options.js'

export interface KnownGrid {
  readonly id: number
  readonly communityId: number
}

/** Writes grids and who answers for them; answers with every grid of the database by code. */
export async function writeGrids(
  tx: Tx,
  entries: readonly GridEntry[],
  communities: ReadonlyMap<string, KnownCommunity>,
  { now }: WriteOptions,
): Promise<ReadonlyMap<string, KnownGrid>> {
  for (const { code, name, community, staffNo } of entries) {
    const communityId = communities.get(community)?.id
    if (communityId === undefined) continue
    const grid = await tx.grid.upsert({
      where: { code },
      create: { code, name, communityId },
      update: { name, communityId },
    })
    if (staffNo !== undefined) await assign(tx, grid.id, staffNo, now)
  }
  const all = await tx.grid.findMany({ select: { id: true, code: true, communityId: true } })
  return new Map(all.map(({ id, code, communityId }) => [code, { id, communityId }]))
}

/** A change ends the present span and starts another, so that the past keeps who answered for it. */
async function assign(tx: Tx, gridId: number, staffNo: string | null, now: Date): Promise<void> {
  const person = staffNo === null ? null : await tx.person.findUnique({ where: { staffNo }, select: { id: true } })
  const open = { gridId, kind: 'holder', endsAt: null }
  if (person && (await tx.gridAssignment.count({ where: { ...open, personId: person.id } })) > 0) return
  await tx.gridAssignment.updateMany({ where: open, data: { endsAt: now } })
  if (person)
    await tx.gridAssignment.create({
      data: { gridId, personId: person.id, kind: 'holder', startsAt: now, reason: assignedByRoster },
    })
}
