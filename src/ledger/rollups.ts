import { sqlOf } from '../db/sql.js'
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

interface Place {
  readonly timezone: string
  readonly subdistrictId: number
  readonly districtId: number
}
const PLACE = `SELECT c.timezone, c."subdistrictId", s."districtId"
  FROM "Community" c JOIN "Subdistrict" s ON s.id = c."subdistrictId" WHERE c.id = ?`

/** Adds new entries to the counts of their grid, community, subdistrict and district, in the transaction that wrote them. */
export async function countEntries(tx: Tx, entries: readonly Counted[]): Promise<void> {
  const sql = sqlOf(tx)
  for (const entry of entries) {
    const community = await sql.row<Place>(PLACE, [entry.communityId])
    if (!community) throw new Error(`no community ${entry.communityId}`)
    const month = local(entry.at, community.timezone).toFormat('yyyy-MM')
    const scopes: readonly (readonly [RollupScope, number])[] = [
      ['community', entry.communityId],
      ['subdistrict', community.subdistrictId],
      ['district', community.districtId],
      ...(entry.gridId === null ? [] : [['grid', entry.gridId] as const]),
    ]
    await sql.run(
      `INSERT INTO "LedgerRollup" ("scopeKind", "scopeId", "month", "page", "type", "count")
       VALUES ${scopes.map(() => '(?, ?, ?, ?, ?, 1)').join(', ')}
       ON CONFLICT ("scopeKind", "month", "scopeId", "page", "type")
       DO UPDATE SET "count" = "LedgerRollup"."count" + 1`,
      scopes.flatMap(([scopeKind, scopeId]) => [scopeKind, scopeId, month, entry.page, entry.type]),
    )
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
