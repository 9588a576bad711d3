import type { Database } from '../../../db/client.js'
import { OperatorError } from '../../../kernel/errors.js'
import { localDate } from '../../../kernel/local-time.js'
import type { CommunityView } from '../../../kernel/module.js'
import { type CheckedVisit, createCheck, householdKeys, type Known, type VisitFault } from './check.js'
import { readVisits } from './read.js'
import { importTexts } from './texts.js'
import { writeVisits } from './write.js'

export interface ImportVisitsOptions {
  readonly community: CommunityView
  readonly now: Date
  /** Leave out the faulty lines; otherwise any fault means that nothing is written. */
  readonly partial?: boolean
  readonly onProgress?: (step: 'read' | 'write' | 'count', done: number, total?: number) => void
}

export interface ImportVisitsResult {
  /** Null when nothing was written. */
  readonly written: { readonly added: number; readonly known: number } | null
  readonly faults: readonly VisitFault[]
}

const PROGRESS_EVERY = 2000
/** A sheet with more faults than this is the wrong sheet. */
const MOST_FAULTS = 10_000

/** `走访 第 18 行「室」：“5O1” 不是房号（…）`, as rosters tell it. */
export const visitFaultText = ({ row, column, value, reason }: VisitFault): string =>
  `${importTexts.sheet} 第 ${row} 行「${column}」：${value === '' ? '' : `“${value}” `}${reason}`

/**
 * Takes a workbook or CSV of visits into a community. Importing again adds nothing twice: a household, a day and a worker
 * are one visit. Months before the service get a row of their own; months that were lived and closed are refused.
 * @throws OperatorError when the file cannot be read as one.
 */
export async function importVisits(
  db: Database,
  file: string,
  options: ImportVisitsOptions,
): Promise<ImportVisitsResult> {
  const { community, now, partial = false, onProgress } = options
  const check = createCheck(await knownTo(db, community, now))
  const visits: CheckedVisit[] = []
  const faults: VisitFault[] = []
  for await (const raw of readVisits(file)) {
    const found = check(raw)
    if (isFaults(found)) faults.push(...found)
    else visits.push(found)
    if ((visits.length + faults.length) % PROGRESS_EVERY === 0) onProgress?.('read', visits.length)
    if (faults.length > MOST_FAULTS) return { written: null, faults }
  }
  if (visits.length + faults.length === 0) throw new OperatorError(importTexts.empty(file))
  if (visits.length === 0 || (faults.length > 0 && !partial)) return { written: null, faults }
  return { written: await writeVisits(db, community, visits, now, onProgress), faults }
}

const isFaults = (found: CheckedVisit | readonly VisitFault[]): found is readonly VisitFault[] => Array.isArray(found)

async function knownTo({ read }: Database, community: CommunityView, now: Date): Promise<Known> {
  const staff = await read.person.findMany({
    where: { communityId: community.id, staffNo: { not: null } },
    select: { id: true, staffNo: true },
  })
  const rows = await read.household.findMany({
    where: { communityId: community.id },
    select: { id: true, estate: true, building: true, unit: true, room: true },
  })
  const households = new Map<string, number>()
  for (const { id, estate, building, unit, room } of rows)
    for (const key of householdKeys(estate, building, unit, room)) households.set(key, households.has(key) ? -1 : id)
  const closed = await read.visitMonth.findMany({
    where: { communityId: community.id, closedAt: { not: null }, imported: false },
    select: { workerId: true, month: true },
  })
  return {
    today: localDate(now, community.timezone),
    monthStartDay: community.settings.visits.monthStartDay,
    staff: new Map(staff.flatMap(({ id, staffNo }) => (staffNo ? [[staffNo.toUpperCase(), id]] : []))),
    households,
    closed: new Set(closed.map(({ workerId, month }) => `${workerId}/${month}`)),
  }
}
