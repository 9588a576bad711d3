import type { Reader, Tx } from '../../db/transaction.js'
import type { Candidate } from './frame.js'
import type { BallotGroup } from './results.js'
import {
  answersSchema,
  definitionSchema,
  frameCellSchema,
  type Owner,
  type ProgressView,
  type SurveyKind,
  type SurveyView,
} from './types.js'

type Db = Tx | Reader
type SurveyRow = NonNullable<Awaited<ReturnType<Tx['survey']['findUnique']>>>

export function viewOf(row: SurveyRow): SurveyView {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind as SurveyKind,
    communityId: row.communityId,
    scopeKind: row.scopeKind as SurveyView['scopeKind'],
    scopeId: row.scopeId,
    series: row.series,
    title: row.title,
    owner: row.owner as Owner,
    anonymous: row.anonymous,
    status: row.status as SurveyView['status'],
    version: row.version,
    definition: definitionSchema.parse(row.definition),
    definitionHash: row.definitionHash,
    seed: row.seed,
    eligible: row.eligible,
    excluded: row.excluded,
    invited: row.invited,
    frame: frameCellSchema.array().parse(row.frame ?? []),
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    endsAt: row.endsAt,
    closedAt: row.closedAt,
  }
}

export async function surveyByNumber(db: Db, number: string): Promise<SurveyView | null> {
  const row = await db.survey.findUnique({ where: { number } })
  return row && viewOf(row)
}

/** Surveys that a community has to do with: its own, and rounds that ask it as one of many. Newest first. */
export async function surveysOf(
  db: Db,
  community: { id: number; subdistrictId: number },
  status: readonly string[],
  take = 10,
): Promise<SurveyView[]> {
  const subdistrict = await db.subdistrict.findUniqueOrThrow({ where: { id: community.subdistrictId } })
  const rows = await db.survey.findMany({
    where: {
      status: { in: [...status] },
      OR: [
        { communityId: community.id },
        { kind: 'departments', scopeKind: 'subdistrict', scopeId: community.subdistrictId },
        { kind: 'departments', scopeKind: 'district', scopeId: subdistrict.districtId },
      ],
    },
    orderBy: { id: 'desc' },
    take,
  })
  return rows.map(viewOf)
}

/** The number of the community's next survey, such as BH-W3. */
export async function nextSurveyNumber(tx: Db, community: { id: number; code: string }): Promise<string> {
  const known = await tx.survey.count({ where: { communityId: community.id } })
  return `${community.code}-W${known + 1}`
}

/** Communities a round over a subdistrict or district asks. */
export const communitiesIn = (db: Db, scope: { scopeKind: string; scopeId: number }) =>
  db.community.findMany({
    where:
      scope.scopeKind === 'community'
        ? { id: scope.scopeId }
        : scope.scopeKind === 'subdistrict'
          ? { subdistrictId: scope.scopeId }
          : { subdistrict: { districtId: scope.scopeId } },
    orderBy: { id: 'asc' },
    select: { id: true, code: true, name: true, subdistrictId: true },
  })

/**
 * Everybody a survey may ask, and how many were left out. Households are those lived in; the homes of a community's own
 * workers do not rate it.
 */
export async function candidatesOf(
  db: Db,
  survey: Pick<SurveyView, 'kind' | 'communityId' | 'scopeKind' | 'scopeId'>,
  now: Date,
): Promise<{ candidates: Candidate[]; excluded: number }> {
  if (survey.kind === 'departments') {
    const communities = await communitiesIn(db, survey)
    const candidates = communities.map(({ id, code }) => ({ id, cell: '', label: '全部社区', name: code }))
    return { candidates, excluded: 0 }
  }
  const { communityId } = survey
  const households = await db.household.findMany({
    where: { communityId, occupancy: { not: 'vacant' } },
    orderBy: { id: 'asc' },
    select: { id: true, gridId: true, estate: true, building: true, unit: true, room: true },
  })
  const grids = new Map((await db.grid.findMany({ where: { communityId } })).map((grid) => [grid.id, grid]))
  const staff = survey.kind === 'community' ? await staffHouseholds(db, communityId, now) : new Set<number>()
  const candidates = households
    .filter((household) => !staff.has(household.id))
    .map(({ id, gridId, estate, building, unit, room }) => ({
      id,
      cell: grids.get(gridId)?.code ?? '',
      label: grids.get(gridId)?.name ?? '',
      name: [estate, building, unit, room].filter((part) => part !== '').join('-'),
    }))
  return { candidates, excluded: households.length - candidates.length }
}

async function staffHouseholds(db: Db, communityId: number, now: Date): Promise<ReadonlySet<number>> {
  const grants = await db.roleGrant.findMany({
    where: {
      role: { in: ['worker', 'coordinator', 'manager'] },
      scopeKind: 'community',
      scopeId: communityId,
      startsAt: { lte: now },
      OR: [{ endsAt: null }, { endsAt: { gt: now } }],
    },
    select: { person: { select: { householdId: true } } },
  })
  return new Set(grants.flatMap(({ person }) => (person.householdId === null ? [] : [person.householdId])))
}

/** Counts on the roll, whole and by cell. */
export async function rollCounts(db: Db, surveyId: number) {
  const rows = await db.surveyRoll.groupBy({ by: ['cell', 'state'], where: { surveyId }, _count: { _all: true } })
  const sum = (test: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(test).reduce((all, row) => all + row._count._all, 0)
  const reached = await db.surveyRoll.count({ where: { surveyId, pushes: { gt: 0 } } })
  return {
    answered: sum((row) => row.state === 'a'),
    declined: sum((row) => row.state === 'd'),
    waiting: sum((row) => row.state === 'w'),
    reached,
    answeredIn: (cell: string) => sum((row) => row.cell === cell && row.state === 'a'),
  }
}

export const rollEntry = (db: Db, surveyId: number, subjectId: number) =>
  db.surveyRoll.findUnique({ where: { surveyId_subjectId: { surveyId, subjectId } } })

type ProgressRow = NonNullable<Awaited<ReturnType<Tx['surveyProgress']['findUnique']>>>

const progressOf = (row: ProgressRow): ProgressView => ({ ...row, answers: answersSchema.parse(row.answers) })

export async function progressByToken(db: Db, token: string) {
  const row = await db.surveyProgress.findUnique({ where: { token }, include: { survey: true } })
  if (!row) return null
  return {
    progress: progressOf(row),
    survey: viewOf(row.survey),
    entry: await rollEntry(db, row.surveyId, row.subjectId),
  }
}

export async function progressOfAccount(tx: Tx, surveyId: number, accountId: number): Promise<ProgressView | null> {
  const row = await tx.surveyProgress.findUnique({ where: { surveyId_accountId: { surveyId, accountId } } })
  return row && progressOf(row)
}

/** Ballots that say the same in the same cell, counted by the database. */
export async function ballotGroups(db: Db, surveyId: number): Promise<BallotGroup[]> {
  const rows = await db.$queryRaw<{ cell: string; choices: string; n: number | bigint }[]>`
    SELECT "cell", "choices", COUNT(*) AS "n" FROM "SurveyBallot" WHERE "surveyId" = ${surveyId} GROUP BY "cell", "choices"`
  return rows.map(({ cell, choices, n }) => ({
    cell,
    choices: JSON.parse(choices) as BallotGroup['choices'],
    n: Number(n),
  }))
}

export const wordsOf = (db: Db, surveyId: number) =>
  db.surveyWords.findMany({
    where: { surveyId },
    orderBy: { id: 'asc' },
    select: { id: true, question: true, category: true, text: true, asWork: true },
  })
