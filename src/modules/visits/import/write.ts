import type { Database } from '../../../db/client.js'
import { Prisma } from '../../../db/generated/sqlite/client.js'
import type { Tx } from '../../../db/transaction.js'
import { instant, type LocalDate, localDate } from '../../../kernel/local-time.js'
import type { CommunityView } from '../../../kernel/module.js'
import { appendEntries } from '../../../ledger/entries.js'
import { periodAt } from '../decide-period.js'
import { recountGridYear } from '../recount.js'
import { quotaFor } from '../store.js'
import type { Outcome } from '../types.js'
import type { CheckedVisit } from './check.js'
import { importTexts } from './texts.js'

/** Rows of one statement: twelve values each stay under the 32,766 parameters of SQLite. */
const STATEMENT = 500
/** Rows of one transaction: short enough that a running service does not wait long. */
const BATCH = 5000

type OnProgress = ((step: 'read' | 'write' | 'count', done: number, total?: number) => void) | undefined

/** Writes checked lines batch by batch, then recounts what they touch. A broken run is taken up by importing again. */
export async function writeVisits(
  db: Database,
  community: CommunityView,
  visits: readonly CheckedVisit[],
  now: Date,
  onProgress: OnProgress,
): Promise<{ added: number; known: number }> {
  const places = await placesOf(db, community)
  let added = 0
  for (let start = 0; start < visits.length; start += BATCH) {
    const batch = visits.slice(start, start + BATCH)
    added += await db.write(async (tx) => {
      let rows = 0
      for (let from = 0; from < batch.length; from += STATEMENT)
        rows += await insert(tx, community, batch.slice(from, from + STATEMENT), places, now)
      return rows
    })
    onProgress?.('write', start + batch.length, visits.length)
  }
  onProgress?.('count', 0)
  await db.write((tx) => finish(tx, community, visits, added, now))
  return { added, known: visits.length - added }
}

type Places = ReadonlyMap<number, { readonly gridId: number; readonly tier: string }>

async function placesOf({ read }: Database, community: CommunityView): Promise<Places> {
  const rows = await read.household.findMany({
    where: { communityId: community.id },
    select: { id: true, gridId: true, tier: true },
  })
  return new Map(rows.map(({ id, gridId, tier }) => [id, { gridId, tier }]))
}

const COLUMNS = [
  'key',
  'communityId',
  'gridId',
  'responsibleId',
  'householdId',
  'workerId',
  'day',
  'outcome',
  'tier',
  'problem',
  'measure',
  'result',
  'backdated',
  'source',
  'counted',
  'loggedAt',
] as const

/** Lines that the chat, or an earlier import, has told already: a home, a day and a worker are one visit. */
async function unknown(tx: Tx, visits: readonly CheckedVisit[]): Promise<CheckedVisit[]> {
  const days = visits.map((visit) => visit.day).sort()
  const told = await tx.visit.findMany({
    where: {
      householdId: { in: [...new Set(visits.map((visit) => visit.householdId))] },
      day: { gte: days[0], lte: days.at(-1) },
      status: 'valid',
    },
    select: { workerId: true, householdId: true, day: true },
  })
  const known = new Set(told.map((one) => `${one.workerId}/${one.householdId}/${one.day}`))
  return visits.filter((one) => !known.has(`${one.workerId}/${one.householdId}/${one.day}`))
}

async function insert(
  tx: Tx,
  community: CommunityView,
  lines: readonly CheckedVisit[],
  places: Places,
  now: Date,
): Promise<number> {
  const visits = await unknown(tx, lines)
  if (visits.length === 0) return 0
  const rows = visits.map(({ workerId, householdId, day, outcome, problem, measure, result }) => {
    const { gridId, tier } = places.get(householdId) ?? { gridId: 0, tier: 'ordinary' }
    const key = `import:${workerId}:${householdId}:${day}`
    const at = instant(day, 12, 0, community.timezone)
    return Prisma.sql`(${key}, ${community.id}, ${gridId}, ${workerId}, ${householdId}, ${workerId}, ${day}, ${outcome},
      ${tier}, ${problem}, ${measure}, ${result}, ${at < now}, 'import', ${outcome === ('met' satisfies Outcome)}, ${now})`
  })
  const names = Prisma.raw(COLUMNS.map((name) => `"${name}"`).join(', '))
  return tx.$executeRaw(
    Prisma.sql`INSERT INTO "Visit" (${names}) VALUES ${Prisma.join(rows)} ON CONFLICT ("key") DO NOTHING`,
  )
}

async function finish(
  tx: Tx,
  community: CommunityView,
  visits: readonly CheckedVisit[],
  added: number,
  now: Date,
): Promise<void> {
  await recountHouseholds(tx, community.id)
  await openMonths(tx, community, visits, now)
  await recountMonths(tx, community.id, visits)
  const years = new Set(visits.map((visit) => Number(visit.day.slice(0, 4))))
  const grids = await tx.grid.findMany({ where: { communityId: community.id }, select: { id: true } })
  for (const year of years) for (const grid of grids) await recountGridYear(tx, grid.id, community.id, year)
  if (added === 0) return
  const days = visits.map((visit) => visit.day).sort()
  const event = {
    type: 'visit.imported',
    communityId: community.id,
    subject: `community:${community.id}`,
    page: 'visits',
    text: importTexts.ledger(added, days[0] ?? '', days.at(-1) ?? ''),
    data: { added, from: days[0], to: days.at(-1) },
  }
  await appendEntries(tx, [event], { now, inboxId: null, actor: 'cli:import-visits' })
}

const recountHouseholds = (tx: Tx, communityId: number) =>
  tx.$executeRaw(Prisma.sql`
    INSERT INTO "VisitHousehold" ("householdId", "communityId", "lastMetDay", "lastTriedDay")
    SELECT "householdId", "communityId", MAX(CASE WHEN "counted" THEN "day" END), MAX("day") FROM "Visit"
    WHERE "communityId" = ${communityId} AND "status" = 'valid' GROUP BY "householdId", "communityId"
    ON CONFLICT ("householdId") DO UPDATE SET "lastMetDay" = excluded."lastMetDay", "lastTriedDay" = excluded."lastTriedDay"`)

/** Months without a snapshot get one that says where it comes from. */
async function openMonths(tx: Tx, community: CommunityView, visits: readonly CheckedVisit[], now: Date): Promise<void> {
  const { monthStartDay } = community.settings.visits
  const current = periodAt(localDate(now, community.timezone), monthStartDay).month
  const wanted = new Map<string, { workerId: number; day: LocalDate }>()
  for (const { workerId, day } of visits)
    wanted.set(`${workerId}/${periodAt(day, monthStartDay).month}`, { workerId, day })
  for (const { workerId, day } of wanted.values()) {
    const { month, from, to } = periodAt(day, monthStartDay)
    // The month that runs gets its snapshot from the service, with leave and hand-over.
    if (month >= current) continue
    const quota = await quotaFor(tx, community, workerId, month)
    await tx.visitMonth.upsert({
      where: { workerId_month: { workerId, month } },
      create: {
        workerId,
        communityId: community.id,
        month,
        fromDay: from,
        toDay: to,
        quota,
        target: quota,
        reason: importTexts.historyReason,
        workDays: 0,
        imported: true,
        closedAt: now,
      },
      update: {},
    })
  }
}

/** Counts of the touched workers' months that were imported or stand open; a month that was lived and closed stays. */
async function recountMonths(tx: Tx, communityId: number, visits: readonly CheckedVisit[]): Promise<void> {
  const of = (condition: string) =>
    Prisma.raw(
      `(SELECT COUNT(${condition}) FROM "Visit" v WHERE v."workerId" = "VisitMonth"."workerId" AND v."day" >= "VisitMonth"."fromDay" AND v."day" <= "VisitMonth"."toDay" AND v."status" = 'valid')`,
    )
  const workers = [...new Set(visits.map((visit) => visit.workerId))]
  await tx.$executeRaw(Prisma.sql`
    UPDATE "VisitMonth" SET
      "met" = ${of('DISTINCT CASE WHEN v."counted" THEN v."householdId" END')},
      "notHome" = ${of(`CASE WHEN v."outcome" = 'not_home' THEN 1 END`)},
      "refused" = ${of(`CASE WHEN v."outcome" = 'refused' THEN 1 END`)},
      "remote" = ${of(`CASE WHEN v."outcome" IN ('phone', 'chat') THEN 1 END`)}
    WHERE "communityId" = ${communityId} AND "workerId" IN (${Prisma.join(workers)}) AND ("imported" OR "closedAt" IS NULL)`)
}
