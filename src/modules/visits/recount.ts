import { Prisma } from '../../db/generated/sqlite/client.js'
import type { Tx } from '../../db/transaction.js'
import type { LocalDate } from '../../kernel/local-time.js'

/**
 * The figures that others read are recounted from the visits themselves after each change, so that they cannot drift.
 * Each recount reads one worker's month, one household, or one grid.
 */
export async function recount(
  tx: Tx,
  changed: { workerId: number; householdId: number; communityId: number; day: LocalDate },
): Promise<void> {
  await recountMonth(tx, changed.workerId, changed.day)
  await recountHousehold(tx, changed.householdId, changed.communityId)
  const household = await tx.household.findUnique({
    where: { id: changed.householdId },
    select: { gridId: true },
  })
  if (household) await recountGridYear(tx, household.gridId, changed.communityId, Number(changed.day.slice(0, 4)))
}

interface MonthCounts {
  met: bigint | number
  notHome: bigint | number
  refused: bigint | number
  remote: bigint | number
}

export async function recountMonth(tx: Tx, workerId: number, day: LocalDate): Promise<void> {
  const month = await tx.visitMonth.findFirst({
    where: { workerId, fromDay: { lte: day }, toDay: { gte: day } },
    select: { id: true, fromDay: true, toDay: true, closedAt: true },
  })
  if (!month || month.closedAt) return
  const [counts] = await tx.$queryRaw<MonthCounts[]>(Prisma.sql`
    SELECT COUNT(DISTINCT CASE WHEN "counted" THEN "householdId" END) AS "met",
      COUNT(CASE WHEN "outcome" = 'not_home' THEN 1 END) AS "notHome",
      COUNT(CASE WHEN "outcome" = 'refused' THEN 1 END) AS "refused",
      COUNT(CASE WHEN "outcome" IN ('phone', 'chat') THEN 1 END) AS "remote"
    FROM "Visit"
    WHERE "workerId" = ${workerId} AND "day" >= ${month.fromDay} AND "day" <= ${month.toDay} AND "status" = 'valid'`)
  if (!counts) return
  const { met, notHome, refused, remote } = counts
  const data = { met: Number(met), notHome: Number(notHome), refused: Number(refused), remote: Number(remote) }
  await tx.visitMonth.update({ where: { id: month.id }, data })
}

async function recountHousehold(tx: Tx, householdId: number, communityId: number): Promise<void> {
  const last = (where: object) =>
    tx.visit.findFirst({ where: { householdId, ...where }, orderBy: { day: 'desc' }, select: { day: true } })
  const lastMetDay = (await last({ counted: true }))?.day ?? null
  const lastTriedDay = (await last({ status: 'valid' }))?.day ?? null
  await tx.visitHousehold.upsert({
    where: { householdId },
    create: { householdId, communityId, lastMetDay, lastTriedDay },
    update: { lastMetDay, lastTriedDay },
  })
}

/** Coverage counts the households that belong to the grid now: after a split each part keeps its own. */
export async function recountGridYear(tx: Tx, gridId: number, communityId: number, year: number): Promise<void> {
  const [counts] = await tx.$queryRaw<{ households: bigint | number; covered: bigint | number }[]>(Prisma.sql`
    SELECT COUNT(*) AS "households", COUNT(CASE WHEN EXISTS (
      SELECT 1 FROM "Visit" v WHERE v."householdId" = h."id" AND v."day" >= ${`${year}-01-01`}
        AND v."day" <= ${`${year}-12-31`} AND v."counted") THEN 1 END) AS "covered"
    FROM "Household" h WHERE h."gridId" = ${gridId}`)
  if (!counts) return
  const data = { households: Number(counts.households), covered: Number(counts.covered) }
  await tx.visitGridYear.upsert({
    where: { gridId_year: { gridId, year } },
    create: { gridId, communityId, year, ...data },
    update: data,
  })
}
