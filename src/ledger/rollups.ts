import { Prisma } from '../db/generated/sqlite/client.js'
import type { Reader, Tx } from '../db/transaction.js'
import { local } from '../kernel/local-time.js'

export const ROLLUP_SCOPES = ['grid', 'community', 'subdistrict', 'district'] as const
export type RollupScope = (typeof ROLLUP_SCOPES)[number]

/** How many entries of one type a scope has in one month. */
export interface RollupCount {
  readonly scopeKind: RollupScope
  readonly scopeId: number
  /** YYYY-MM in the community's time. */
  readonly month: string
  readonly page: string
  readonly type: string
  readonly count: number
}

interface Counted {
  readonly communityId: number
  readonly gridId: number | null
  readonly page: string
  readonly type: string
  readonly at: Date
}

/** Adds new entries to the counts of their grid, community, subdistrict and district, in the transaction that wrote them. */
export async function countEntries(tx: Tx, entries: readonly Counted[]): Promise<void> {
  for (const entry of entries) {
    const community = await tx.community.findUniqueOrThrow({
      where: { id: entry.communityId },
      select: { timezone: true, subdistrictId: true, subdistrict: { select: { districtId: true } } },
    })
    const month = local(entry.at, community.timezone).toFormat('yyyy-MM')
    const row = (scopeKind: RollupScope, scopeId: number) =>
      Prisma.sql`(${scopeKind}, ${scopeId}, ${month}, ${entry.page}, ${entry.type}, 1)`
    const rows = [
      row('community', entry.communityId),
      row('subdistrict', community.subdistrictId),
      row('district', community.subdistrict.districtId),
      ...(entry.gridId === null ? [] : [row('grid', entry.gridId)]),
    ]
    await tx.$executeRaw`
      INSERT INTO "LedgerRollup" ("scopeKind", "scopeId", "month", "page", "type", "count") VALUES ${Prisma.join(rows)}
      ON CONFLICT ("scopeKind", "month", "scopeId", "page", "type")
      DO UPDATE SET "count" = "LedgerRollup"."count" + 1`
  }
}

/** Counts of some scopes in months from `fromMonth` to `toMonth` (YYYY-MM, both included), by month, page and type. */
export async function readRollups(
  read: Reader,
  scopeKind: RollupScope,
  scopeIds: readonly number[] | 'all',
  fromMonth: string,
  toMonth: string,
): Promise<RollupCount[]> {
  const rows = await read.ledgerRollup.findMany({
    where: {
      scopeKind,
      month: { gte: fromMonth, lte: toMonth },
      ...(scopeIds === 'all' ? {} : { scopeId: { in: [...scopeIds] } }),
    },
    orderBy: [{ month: 'asc' }, { scopeId: 'asc' }, { page: 'asc' }, { type: 'asc' }],
  })
  return rows.map((row) => ({ ...row, scopeKind }))
}

/** The counts as the entries themselves give them: what the rollups must equal. Reads every entry; for checks and repair. */
export async function recountRollups(read: Reader): Promise<RollupCount[]> {
  const communities = await read.community.findMany({ include: { subdistrict: true } })
  const counts = new Map<string, { -readonly [Key in keyof RollupCount]: RollupCount[Key] }>()
  for (const community of communities) {
    for (let after = 0; ; ) {
      const rows = await read.ledgerEntry.findMany({
        where: { communityId: community.id, seq: { gt: after } },
        orderBy: { seq: 'asc' },
        take: 5000,
        select: { seq: true, gridId: true, page: true, type: true, at: true },
      })
      for (const { gridId, page, type, at } of rows) {
        const month = local(at, community.timezone).toFormat('yyyy-MM')
        const scopes: [RollupScope, number | null][] = [
          ['community', community.id],
          ['subdistrict', community.subdistrictId],
          ['district', community.subdistrict.districtId],
          ['grid', gridId],
        ]
        for (const [scopeKind, scopeId] of scopes) {
          if (scopeId === null) continue
          const key = JSON.stringify([scopeKind, scopeId, month, page, type])
          const known = counts.get(key)
          if (known) known.count += 1
          else counts.set(key, { scopeKind, scopeId, month, page, type, count: 1 })
        }
      }
      const last = rows.at(-1)
      if (!last) break
      after = last.seq
    }
  }
  return [...counts.values()]
}

/** Writes the counts anew from the entries: after communities moved to another subdistrict, or for data brought in otherwise. */
export async function rebuildRollups(tx: Tx): Promise<void> {
  const counts = await recountRollups(tx as Reader)
  await tx.ledgerRollup.deleteMany()
  for (let start = 0; start < counts.length; start += 500)
    await tx.ledgerRollup.createMany({ data: counts.slice(start, start + 500) })
}
