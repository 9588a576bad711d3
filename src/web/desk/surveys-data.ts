import { z } from 'zod'
import type { Reader } from '../../db/transaction.js'
import type { Room } from './viewer.js'

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable()

/** As much of a round's stored results as the page shows; figures of groups that are too small are not in them. */
const resultsSchema = z.object({
  eligible: z.number(),
  invited: z.number(),
  answered: z.number(),
  composite: estimate,
  questions: z.array(
    z.object({
      key: z.string(),
      text: z.string(),
      answered: z.number(),
      hidden: z.boolean(),
      options: z.array(z.object({ label: z.string(), count: z.number(), share: estimate })),
      satisfied: estimate,
      score: estimate,
    }),
  ),
  words: z.array(z.object({ name: z.string(), count: z.number(), quotes: z.array(z.string()) })),
})
export type ResultsView = z.infer<typeof resultsSchema>

const frameSchema = z.array(
  z.object({ cell: z.string(), label: z.string(), eligible: z.number(), invited: z.number() }),
)

/** Rounds that concern the community. Departments' rounds show who has answered, never what was said. */
export const readSurveys = (read: Reader, { community }: Room) =>
  read.survey.findMany({
    where: { communityId: community.id, status: { not: 'draft' } },
    orderBy: { id: 'desc' },
    take: 50,
    select: {
      id: true,
      number: true,
      title: true,
      kind: true,
      status: true,
      anonymous: true,
      invited: true,
      eligible: true,
      startedAt: true,
      endsAt: true,
      closedAt: true,
      results: true,
      frame: true,
    },
  })

export type SurveyRow = Awaited<ReturnType<typeof readSurveys>>[number]

/** How many were invited and have answered, by the groups that were drawn. */
export async function readProgress(read: Reader, survey: SurveyRow) {
  const groups = await read.surveyRoll.groupBy({
    by: ['cell', 'state'],
    where: { surveyId: survey.id },
    _count: { _all: true },
  })
  const frame = frameSchema.safeParse(survey.frame)
  const cells = frame.success ? frame.data : []
  const count = (cell: string | null, states: readonly string[]) =>
    groups
      .filter((group) => (cell === null || group.cell === cell) && states.includes(group.state))
      .reduce((sum, group) => sum + group._count._all, 0)
  const all = ['w', 'a', 'd']
  return {
    invited: count(null, all) || survey.invited,
    answered: count(null, ['a']),
    declined: count(null, ['d']),
    cells: cells.map((one) => ({ label: one.label, invited: count(one.cell, all), answered: count(one.cell, ['a']) })),
  }
}

export function resultsOf(survey: SurveyRow): ResultsView | null {
  if (survey.kind === 'departments') return null
  const parsed = resultsSchema.safeParse(survey.results)
  return parsed.success ? parsed.data : null
}
