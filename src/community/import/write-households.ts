import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Tx } from '../../db/transaction.js'
import type { HouseholdEntry } from './roster.js'
import type { KnownGrid } from './write-grids.js'
import type { WriteOptions } from './write-options.js'

/** Rows of one statement: ten values each stay under the 32,766 parameters of SQLite. */
const BATCH = 500

/** The key of a household within its community, and what the roster always says. */
const ALWAYS = ['communityId', 'estate', 'building', 'unit', 'room', 'gridId', 'headName', 'phone'] as const
type HouseholdColumn = (typeof ALWAYS)[number] | 'tier' | 'occupancy'
type HouseholdRow = Readonly<Record<HouseholdColumn, string | number | undefined>>

/** Writes households in batches of one statement each: a district has a hundred thousand of them. */
export async function writeHouseholds(
  tx: Tx,
  entries: readonly HouseholdEntry[],
  grids: ReadonlyMap<string, KnownGrid>,
  { onProgress }: WriteOptions,
): Promise<void> {
  let done = 0
  for (const [columns, rows] of groupBySaid(entries, grids)) {
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.slice(start, start + BATCH)
      await tx.$executeRaw(upsert(columns, batch))
      done += batch.length
      onProgress?.({ step: 'write', sheet: '住户', done, total: entries.length })
    }
  }
}

/** Rows that leave tier or occupancy open must not name those columns: the known value, or the default, stands. */
function groupBySaid(entries: readonly HouseholdEntry[], grids: ReadonlyMap<string, KnownGrid>) {
  const groups = new Map<string, [HouseholdColumn[], HouseholdRow[]]>()
  for (const { grid: code, ...said } of entries) {
    const grid = grids.get(code)
    if (!grid) continue
    const columns: HouseholdColumn[] = [...ALWAYS]
    if (said.tier !== undefined) columns.push('tier')
    if (said.occupancy !== undefined) columns.push('occupancy')
    const key = columns.join()
    const group = groups.get(key) ?? [columns, []]
    groups.set(key, group)
    group[1].push({
      ...said,
      tier: said.tier,
      occupancy: said.occupancy,
      gridId: grid.id,
      communityId: grid.communityId,
    })
  }
  return groups.values()
}

function upsert(columns: readonly HouseholdColumn[], rows: readonly HouseholdRow[]): Prisma.Sql {
  const names = Prisma.raw(columns.map((column) => `"${column}"`).join(', '))
  const values = Prisma.join(rows.map((row) => Prisma.sql`(${Prisma.join(columns.map((column) => row[column]))})`))
  const changes = columns.slice(ALWAYS.indexOf('gridId')).map((column) =>
    // An empty cell says nothing: the name or phone that is known stays.
    column === 'headName' || column === 'phone'
      ? `"${column}" = CASE WHEN excluded."${column}" = '' THEN "Household"."${column}" ELSE excluded."${column}" END`
      : `"${column}" = excluded."${column}"`,
  )
  return Prisma.sql`INSERT INTO "Household" (${names}) VALUES ${values}
    ON CONFLICT ("communityId", "estate", "building", "unit", "room") DO UPDATE SET ${Prisma.raw(changes.join(', '))}`
}
