import type { Database } from '../../db/client.js'
import { checkRoster } from './check.js'
import { readRoster } from './read.js'
import type { Known } from './references.js'
import type { OnProgress, Roster, RosterCounts } from './roster.js'
import type { Fault } from './sheets.js'
import { writeRoster } from './write.js'

export type { OnProgress, Roster, RosterCounts } from './roster.js'
export type { Fault } from './sheets.js'
export { writeTemplate } from './template.js'
export { faultText } from './texts.js'
export { writeRoster } from './write.js'

interface ImportOptions {
  /** Leave out the faulty rows and write the others; otherwise any fault means that nothing is written. */
  readonly partial?: boolean
  readonly now: Date
  /** Time zone of new communities. */
  readonly timezone?: string
  readonly onProgress?: OnProgress
}

interface ImportResult {
  /** Rows written, by sheet; null when nothing was. */
  readonly written: RosterCounts | null
  readonly faults: readonly Fault[]
}

/**
 * Brings the database to what a roster says: an .xlsx workbook, a folder of CSV files or one of them. One transaction;
 * importing again updates and never duplicates.
 * @throws OperatorError when the source is no roster at all.
 */
export async function importRoster(db: Database, source: string, options: ImportOptions): Promise<ImportResult> {
  const { partial = false, now, timezone = 'Asia/Shanghai', onProgress } = options
  const { roster, faults } = await previewRoster(db, source, onProgress)
  if (faults.length > 0 && !partial) return { written: null, faults }
  const written = await db.write((tx) => writeRoster(tx, roster, { now, timezone, onProgress }))
  return { written, faults }
}

/**
 * What a source says and what is wrong with it, without writing anything. The roster holds the rows that are right.
 * @throws OperatorError when the source is no roster at all.
 */
export async function previewRoster(
  db: Database,
  source: string,
  onProgress?: OnProgress,
): Promise<{ readonly roster: Roster; readonly faults: readonly Fault[] }> {
  const read = await readRoster(source, onProgress)
  const { roster, faults } = checkRoster(read.raw, await knownTo(db))
  return { roster, faults: [...read.faults, ...faults] }
}

async function knownTo({ read }: Database): Promise<Known> {
  const communities = await read.community.findMany({ select: { code: true } })
  const grids = await read.grid.findMany({ select: { code: true, community: { select: { code: true } } } })
  const staff = await read.person.findMany({ where: { staffNo: { not: null } }, select: { staffNo: true } })
  return {
    communities: new Set(communities.map(({ code }) => code)),
    grids: new Map(grids.map(({ code, community }) => [code, community.code])),
    staffNos: new Set(staff.flatMap(({ staffNo }) => staffNo ?? [])),
  }
}
