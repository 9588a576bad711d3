import { z } from 'zod'
import type { Reader } from '../../db/transaction.js'
import type { Room } from './viewer.js'

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable()
export type Estimate = NonNullable<z.infer<typeof estimate>>

/** As much of a round's stored results as the page shows; figures of groups that are too small are not in them. */
const resultsSchema = z.object({
  eligible: z.number(),
  invited: z.number(),
  answered: z.number(),
  smallestGroup: z.number(),
  composite: estimate,
  questions: z.array(
    z.object({
      key: z.string(),
      text: z.string(),
      answered: z.number(),
      hidden: z.boolean(),
      options: z.array(z.object({ label: z.string(), count: z.number(), share: estimate })),
      rows: z.array(z.object({ label: z.string(), answered: z.number(), score: estimate })).default([]),
      number: z.object({ mean: estimate, median: z.number(), unit: z.string() }).nullable().default(null),
      satisfied: estimate,
      score: estimate,
    }),
  ),
  cells: z
    .array(
      z.object({
        label: z.string(),
        invited: z.number(),
        answered: z.number(),
        hidden: z.boolean(),
        composite: estimate,
      }),
    )
    .default([]),
  words: z.array(z.object({ name: z.string(), count: z.number(), quotes: z.array(z.string()) })),
})
export type ResultsView = z.infer<typeof resultsSchema>
export type QuestionView = ResultsView['questions'][number]

const frameSchema = z.array(
  z.object({ cell: z.string(), label: z.string(), eligible: z.number(), invited: z.number() }),
)
const definitionSchema = z.object({ questions: z.array(z.object({ text: z.string() })) })

const MOST = 50

/**
 * Rounds that concern the community: its own, and those in which the communities of its subdistrict or district rate
 * departments. Drafts are seen by whoever runs them.
 */
export async function readSurveys(read: Reader, { community, roles }: Room) {
  const { districtId } = await read.subdistrict.findUniqueOrThrow({ where: { id: community.subdistrictId } })
  const over = { kind: 'departments' } as const
  return read.survey.findMany({
    where: {
      OR: [
        { communityId: community.id },
        { ...over, scopeKind: 'subdistrict', scopeId: community.subdistrictId },
        { ...over, scopeKind: 'district', scopeId: districtId },
      ],
      NOT: { status: 'draft', owner: { notIn: [...roles] } },
    },
    orderBy: { id: 'desc' },
    take: MOST,
    select: {
      id: true,
      number: true,
      title: true,
      kind: true,
      owner: true,
      status: true,
      anonymous: true,
      invited: true,
      eligible: true,
      startedAt: true,
      endsAt: true,
      closedAt: true,
      definition: true,
      definitionHash: true,
      results: true,
      frame: true,
    },
  })
}

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

/** The questions as they were written. */
export function questionsOf(survey: SurveyRow): readonly string[] {
  const parsed = definitionSchema.safeParse(survey.definition)
  return parsed.success ? parsed.data.questions.map((question) => question.text) : []
}

/** Whether this viewer runs the round: nobody else may start or end it. As in the chat, the command has the last word. */
export const runs = ({ roles }: Room, { owner }: SurveyRow): boolean => roles.some((role) => role === owner)

/** What came out, for who may know it: how communities rated departments is for officers alone. */
export function resultsOf(survey: SurveyRow, { roles }: Room): ResultsView | null {
  if (survey.status !== 'closed' || (survey.kind === 'departments' && !roles.includes('officer'))) return null
  const parsed = resultsSchema.safeParse(survey.results)
  return parsed.success ? parsed.data : null
}
