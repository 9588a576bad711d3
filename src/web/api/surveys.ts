import { z } from 'zod'
import type { Survey } from '../../db/generated/sqlite/client.js'
import type { Reader } from '../../db/transaction.js'
import { isoTime } from '../../kernel/local-time.js'
import { toPage } from './cursor.js'
import {
  type DepartmentAnswer,
  type ResultsAnswer,
  resultsSchema,
  type SurveyAnswer,
  type SurveyDetail,
  type SurveyQuery,
  type TableLine,
} from './survey-schemas.js'
import type { Caller } from './token.js'

/** Why results are not given: not this caller's to see, or not over yet. */
export type Withheld = 'not_found' | 'officers_only' | 'running'

const frameSchema = z.array(z.object({ cell: z.string(), label: z.string(), invited: z.number() }))

/** Rounds that were started and concern the caller's communities, newest first. */
export async function listSurveys(
  read: Reader,
  caller: Caller,
  query: SurveyQuery,
): Promise<{ data: SurveyAnswer[]; next: string | null }> {
  const rows = await read.survey.findMany({
    where: {
      ...(await inReach(read, caller, query.community)),
      status: query.status ?? { in: ['running', 'closed'] },
      kind: query.kind,
      ...(query.cursor === undefined ? {} : { id: { lt: query.cursor } }),
    },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  })
  const { page, next } = toPage('surveys', rows, query.limit)
  return { data: await toAnswers(read, page), next }
}

/** One round with what it asks and how far it is; null when there is none that the caller may see. */
export async function findSurvey(read: Reader, caller: Caller, number: string): Promise<SurveyDetail | null> {
  const row = await oneOf(read, caller, number)
  const [answer] = row ? await toAnswers(read, [row]) : []
  if (!row || !answer) return null
  const { invited } = row
  const definition = row.definition as Record<string, unknown>
  return { ...answer, definition, progress: { invited, ...(await progressOf(read, row)) } }
}

/** The results of a round that is over. Those over departments are for officers. */
export async function resultsOf(read: Reader, caller: Caller, number: string): Promise<ResultsAnswer | Withheld> {
  const row = await oneOf(read, caller, number)
  if (!row) return 'not_found'
  if (row.kind === 'departments' && caller.role !== 'officer') return 'officers_only'
  return row.status === 'closed' ? resultsSchema.parse(row.results) : 'running'
}

/** What a department may see of a round: its own aspects over all communities, nobody's rank, and never who. */
export async function departmentOf(
  read: Reader,
  caller: Caller,
  number: string,
  name: string,
): Promise<DepartmentAnswer | Withheld> {
  const row = await oneOf(read, caller, number)
  if (row?.kind !== 'departments') return 'not_found'
  if (caller.role !== 'officer' && caller.department?.name !== name) return 'officers_only'
  if (row.status !== 'closed') return 'running'
  const results = resultsSchema.parse(row.results)
  const found = results.questions.find((question) => question.text === name)
  if (!found) return 'not_found'
  return { number, department: name, communities: found.answered, score: found.score, aspects: found.rows }
}

/** The figures as lines of a table; what may not be shown is not in it. */
export function tableOf(results: ResultsAnswer): TableLine[] {
  return results.questions.flatMap((question) => {
    const base = { question: question.key, text: question.text, answered: question.answered, count: null }
    const lines: TableLine[] = []
    const { satisfied, score, number } = question
    if (satisfied) lines.push({ ...base, item: 'satisfied', ...satisfied, unit: 'share' })
    if (score) lines.push({ ...base, item: 'score', ...score, unit: 'of_100' })
    if (number) lines.push({ ...base, item: 'mean', ...number.mean, unit: 'number' })
    for (const { label, count, share } of question.options)
      lines.push({ ...base, item: label, count, ...share, unit: 'share' })
    for (const { label, answered, score: mark } of question.rows)
      lines.push({
        ...base,
        item: label,
        answered,
        ...(mark ?? { value: null, low: null, high: null }),
        unit: 'of_100',
      })
    return lines
  })
}

/** The caller's communities run it or, with many others, are asked by it. */
async function inReach(read: Reader, caller: Caller, code?: string) {
  if (caller.department) {
    const { districtId } = caller.department
    const streets = await read.subdistrict.findMany({ where: { districtId }, select: { id: true } })
    return departmentRounds(
      [districtId],
      streets.map(({ id }) => id),
    )
  }
  const ids = [...caller.communities].flatMap(([id, one]) => (code === undefined || one.code === code ? [id] : []))
  const places = await read.community.findMany({
    where: { id: { in: ids } },
    select: { subdistrictId: true, subdistrict: { select: { districtId: true } } },
  })
  const asked = departmentRounds(
    places.map(({ subdistrict }) => subdistrict.districtId),
    places.map(({ subdistrictId }) => subdistrictId),
  )
  return { OR: [{ communityId: { in: ids } }, asked] }
}

const departmentRounds = (districts: readonly number[], subdistricts: readonly number[]) => ({
  kind: 'departments',
  OR: [
    { scopeKind: 'district', scopeId: { in: [...new Set(districts)] } },
    { scopeKind: 'subdistrict', scopeId: { in: [...new Set(subdistricts)] } },
  ],
})

const oneOf = async (read: Reader, caller: Caller, number: string): Promise<Survey | null> =>
  read.survey.findFirst({
    where: { AND: [await inReach(read, caller), { number, status: { in: ['running', 'closed'] } }] },
  })

async function progressOf(read: Reader, { id, frame }: Survey) {
  const counts = await read.surveyRoll.groupBy({
    by: ['cell', 'state'],
    where: { surveyId: id },
    _count: { _all: true },
  })
  const count = (state: string, cell?: string) =>
    counts
      .filter((one) => one.state === state && (cell === undefined || one.cell === cell))
      .reduce((sum, one) => sum + one._count._all, 0)
  return {
    answered: count('a'),
    declined: count('d'),
    reached: await read.surveyRoll.count({ where: { surveyId: id, pushes: { gt: 0 } } }),
    groups: frameSchema
      .parse(frame ?? [])
      .map(({ cell, label, invited }) => ({ label, invited, answered: count('a', cell) })),
  }
}

async function toAnswers(read: Reader, rows: readonly Survey[]): Promise<SurveyAnswer[]> {
  const communities = await read.community.findMany({
    where: { id: { in: rows.map((row) => row.communityId) } },
    select: { id: true, code: true, timezone: true },
  })
  const homes = new Map(communities.map((one) => [one.id, one]))
  return rows.map((row) => {
    const { code = '', timezone = 'UTC' } = homes.get(row.communityId) ?? {}
    const time = (at: Date | null) => at && isoTime(at, timezone)
    return {
      number: row.number,
      kind: row.kind as SurveyAnswer['kind'],
      status: row.status as SurveyAnswer['status'],
      title: row.title,
      anonymous: row.anonymous,
      owner: row.owner as SurveyAnswer['owner'],
      scope: row.scopeKind as SurveyAnswer['scope'],
      community: code,
      eligible: row.eligible,
      excluded: row.excluded,
      invited: row.invited,
      startedAt: time(row.startedAt),
      endsAt: time(row.endsAt),
      closedAt: time(row.closedAt),
      version: row.version,
      definitionHash: row.definitionHash,
      seed: isSampled(row.definition) ? row.seed : null,
    }
  })
}

const isSampled = (definition: unknown): boolean =>
  z.looseObject({ sample: z.object({}) }).safeParse(definition).success
