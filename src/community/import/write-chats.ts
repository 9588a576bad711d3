import type { Tx } from '../../db/transaction.js'
import type { ChatEntry } from './roster.js'
import type { KnownGrid } from './write-grids.js'
import type { KnownCommunity, WriteOptions } from './write-options.js'

/** Writes groups: which conversation on which platform belongs to which community. */
export async function writeChats(
  tx: Tx,
  entries: readonly ChatEntry[],
  communities: ReadonlyMap<string, KnownCommunity>,
  grids: ReadonlyMap<string, KnownGrid>,
  { now }: WriteOptions,
): Promise<void> {
  for (const { channel, externalId, name, kind, community, grid } of entries) {
    const communityId = communities.get(community)?.id
    if (communityId === undefined) continue
    const gridId = grid === null ? null : (grids.get(grid)?.id ?? null)
    const said = { kind, communityId, gridId, active: true }
    await tx.chat.upsert({
      where: { channel_externalId: { channel, externalId } },
      create: { channel, externalId, name, createdAt: now, ...said },
      update: name === '' ? said : { name, ...said },
    })
  }
}
