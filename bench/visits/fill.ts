import { openDatabase } from '../../src/db/client.js'
import { openConnection } from '../../src/db/sqlite-adapter.js'

export const COMMUNITIES = 500
export const WORKERS = 6000
export const HOUSEHOLDS = 1_500_000
export const MONTHS = 24
/** A Sunday morning in Ningbo. */
export const NOW = new Date('2026-11-22T02:00:00Z')

const series = (name: string, count: number): string =>
  `${name}(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM ${name} WHERE n < ${count - 1})`
const PER_COMMUNITY = WORKERS / COMMUNITIES
const PER_GRID = HOUSEHOLDS / WORKERS
const START = Date.parse('2024-12-01T00:00:00+08:00')
/** Month of a series: 0 is 2024-12, 23 is 2026-11. */
const MONTH = `printf('%04d-%02d', 2024 + (m.n + 11) / 12, (m.n + 11) % 12 + 1)`

/**
 * Fills a database with a district: 500 communities, 6,000 workers with 250 households each, two years of 30 visits a
 * month. Answers with the seconds it took.
 */
export async function fill(file: string): Promise<number> {
  const started = performance.now()
  await (await openDatabase(`file:${file}`)).close()
  const db = openConnection(file)
  db.pragma('foreign_keys = OFF')
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -500000')
  const indexes = db
    .prepare(
      `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('Visit', 'Household')`,
    )
    .all() as { name: string; sql: string }[]
  for (const index of indexes) db.exec(`DROP INDEX "${index.name}"`)
  for (const statement of STATEMENTS) db.exec(statement)
  for (const index of indexes) db.exec(index.sql)
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  return (performance.now() - started) / 1000
}

const STATEMENTS: readonly string[] = [
  `INSERT INTO "District" (id, code, name) VALUES (1, 'D', '区')`,
  `WITH RECURSIVE ${series('s', 50)} INSERT INTO "Subdistrict" (id, code, name, districtId) SELECT n + 1, 'S' || n, '街道' || n, 1 FROM s`,
  `WITH RECURSIVE ${series('s', COMMUNITIES)} INSERT INTO "Community" (id, code, name, timezone, settings, subdistrictId)
    SELECT n + 1, 'C' || n, '社区' || n, 'Asia/Shanghai', '{}', n % 50 + 1 FROM s`,
  `WITH RECURSIVE ${series('s', WORKERS)} INSERT INTO "Person" (id, name, phone, staffNo, communityId, createdAt)
    SELECT n + 1, '社工' || n, '', 'W' || n, n / ${PER_COMMUNITY} + 1, ${START} FROM s`,
  `WITH RECURSIVE ${series('s', WORKERS)} INSERT INTO "Grid" (id, code, name, communityId)
    SELECT n + 1, 'G' || n, '网格' || n, n / ${PER_COMMUNITY} + 1 FROM s`,
  `WITH RECURSIVE ${series('s', WORKERS)} INSERT INTO "GridAssignment" (gridId, personId, kind, startsAt, reason)
    SELECT n + 1, n + 1, 'holder', ${START}, '' FROM s`,
  `WITH RECURSIVE ${series('s', WORKERS)} INSERT INTO "RoleGrant" (personId, role, scopeKind, scopeId, startsAt)
    SELECT n + 1, CASE WHEN n % ${PER_COMMUNITY} = 0 THEN 'manager' ELSE 'worker' END, 'community', n / ${PER_COMMUNITY} + 1, ${START} FROM s`,
  `WITH RECURSIVE ${series('s', WORKERS)} INSERT INTO "Account" (id, channel, externalId, displayName, personId, privateChat, reachable, createdAt)
    SELECT n + 1, 'bench', 'w' || n, '社工' || n, n + 1, 'p' || n, 1, ${START} FROM s`,
  `WITH RECURSIVE ${series('s', WORKERS)} INSERT INTO "Chat" (id, channel, externalId, kind, name, active, createdAt)
    SELECT n + 1, 'bench', 'p' || n, 'private', '', 1, ${START} FROM s`,
  // Five buildings a grid, two units, thirteen floors of two: 250 of the 260 flats.
  `WITH RECURSIVE ${series('g', WORKERS)}, ${series('h', PER_GRID)} INSERT INTO "Household" (id, gridId, communityId, estate, building, unit, room, headName, phone, tier, occupancy)
    SELECT g.n * ${PER_GRID} + h.n + 1, g.n + 1, g.n / ${PER_COMMUNITY} + 1, '',
      CAST((g.n % ${PER_COMMUNITY}) * 5 + h.n / 50 + 1 AS TEXT), CAST(h.n % 50 / 25 + 1 AS TEXT),
      CAST((h.n % 25 / 2 + 1) * 100 + h.n % 25 % 2 + 1 AS TEXT), '住户' || h.n, '',
      CASE WHEN h.n % 60 = 7 THEN 'high_risk' WHEN h.n % 10 = 3 THEN 'key' ELSE 'ordinary' END, 'owned' FROM g, h`,
  `WITH RECURSIVE ${series('m', MONTHS)}, ${series('w', WORKERS)}, ${series('k', 30)}
    INSERT INTO "Visit" ("key", communityId, gridId, responsibleId, householdId, workerId, day, outcome, tier, problem, text, status, counted, loggedAt)
    SELECT w.n || '.' || m.n || '.' || k.n, w.n / ${PER_COMMUNITY} + 1, w.n + 1, w.n + 1,
      w.n * ${PER_GRID} + (m.n * 30 + k.n * 7 + w.n) % ${PER_GRID} + 1, w.n + 1,
      ${MONTH} || '-' || printf('%02d', k.n % 20 + 1),
      'met', 'ordinary', '楼道灯坏', '楼道灯坏', 'valid', 1, ${START} FROM m, w, k`,
  `WITH RECURSIVE ${series('m', MONTHS)}, ${series('w', WORKERS)}
    INSERT INTO "VisitMonth" (workerId, communityId, month, fromDay, toDay, quota, target, workDays, met, closedAt)
    SELECT w.n + 1, w.n / ${PER_COMMUNITY} + 1, ${MONTH}, ${MONTH} || '-01', date(${MONTH} || '-01', '+1 month', '-1 day'), 30, 30, 21, 30,
      CASE WHEN m.n < ${MONTHS - 1} THEN ${START} END FROM w, m`,
  `INSERT INTO "VisitHousehold" (householdId, communityId, lastMetDay, lastTriedDay)
    SELECT householdId, communityId, MAX(day), MAX(day) FROM "Visit" GROUP BY householdId`,
  `INSERT INTO "VisitGridYear" (gridId, communityId, year, households, covered)
    SELECT gridId, communityId, CAST(substr(day, 1, 4) AS INTEGER), ${PER_GRID}, COUNT(DISTINCT householdId) FROM "Visit" GROUP BY gridId, substr(day, 1, 4)`,
]
