import { z } from '@hono/zod-openapi'
import { code, instant, nullable, paging } from './schemas.js'

const KINDS = ['poll', 'community', 'departments'] as const
const STATUSES = ['running', 'closed'] as const

export const surveyQuery = z.strictObject({
  community: code('Code of the community that runs or is asked', 'FD'),
  kind: z.enum(KINDS).optional(),
  status: z.enum(STATUSES).optional(),
  ...paging('surveys'),
})
export type SurveyQuery = z.output<typeof surveyQuery>

const survey = {
  number: z.string().openapi({ example: 'FD-W3' }),
  kind: z.enum(KINDS).openapi({
    description:
      "poll: a manager's own; community: residents evaluate it; departments: communities evaluate departments",
  }),
  status: z.enum(STATUSES),
  title: z.string(),
  anonymous: z.boolean(),
  owner: z.enum(['manager', 'officer', 'surveyor']).openapi({ description: 'Who alone may start and end it' }),
  scope: z.enum(['community', 'subdistrict', 'district']),
  community: z.string().openapi({ description: 'Code of the community whose clock and rules it goes by' }),
  eligible: z.int(),
  excluded: z.int().openapi({ description: "Homes of the community's own workers, who do not rate it" }),
  invited: z.int(),
  startedAt: instant.nullable(),
  endsAt: instant.nullable(),
  closedAt: instant.nullable(),
  version: z.int(),
  definitionHash: z.string().openapi({ description: 'SHA-256 of what is asked, as announced at the start' }),
  seed: nullable('With it anybody can draw the sample again; null where everybody was asked'),
}
const surveySchema = z.object(survey).openapi('Survey')
export type SurveyAnswer = z.infer<typeof surveySchema>
export const surveyList = z
  .object({
    data: z.array(surveySchema),
    next: z.string().nullable().openapi({ description: '`cursor` of the next page; null on the last' }),
  })
  .openapi('SurveyList')

const progressSchema = z
  .object({
    invited: z.int(),
    answered: z.int(),
    declined: z.int(),
    reached: z.int().openapi({ description: 'Written to in private' }),
    groups: z.array(z.object({ label: z.string(), invited: z.int(), answered: z.int() })),
  })
  .openapi('SurveyProgress')
export const surveyWithProgress = z
  .object({
    ...survey,
    definition: z.record(z.string(), z.unknown()).openapi({ description: 'What is asked, as it was frozen' }),
    progress: progressSchema,
  })
  .openapi('SurveyWithProgress')
export type SurveyDetail = z.infer<typeof surveyWithProgress>

const estimate = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .openapi('Estimate', { description: 'With its 95 % interval' })
const hideable = estimate.nullable().openapi({ description: 'null where too few answered' })

/** As much of a round's stored results as is shown; groups that are too small hold no figures there. */
export const resultsSchema = z
  .object({
    eligible: z.int(),
    invited: z.int(),
    answered: z.int(),
    smallestGroup: z
      .int()
      .openapi({ description: 'Groups with fewer answers are hidden, and what would give them away' }),
    composite: hideable,
    questions: z.array(
      z.object({
        key: z.string(),
        text: z.string(),
        kind: z.enum(['single', 'multiple', 'scale', 'matrix', 'number', 'text']),
        answered: z.int(),
        hidden: z.boolean(),
        options: z.array(z.object({ label: z.string(), count: z.int(), share: estimate })),
        satisfied: hideable,
        score: hideable,
        rows: z.array(z.object({ label: z.string(), answered: z.int(), score: hideable })),
        number: z.object({ mean: estimate, median: z.number(), unit: z.string() }).nullable(),
      }),
    ),
    cells: z.array(
      z.object({
        label: z.string(),
        eligible: z.int(),
        invited: z.int(),
        answered: z.int(),
        hidden: z.boolean(),
        composite: hideable,
      }),
    ),
    words: z.array(
      z.object({
        question: z.string(),
        category: z.string(),
        name: z.string(),
        count: z.int(),
        quotes: z.array(z.string()),
      }),
    ),
  })
  .openapi('SurveyResults')
export type ResultsAnswer = z.infer<typeof resultsSchema>

const line = z.object({
  question: z.string(),
  text: z.string(),
  item: z.string().openapi({ description: 'An option, a row, or satisfied, score, mean' }),
  answered: z.int(),
  count: z.int().nullable(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  unit: z.enum(['share', 'of_100', 'number']),
})
export type TableLine = z.infer<typeof line>
export const surveyTable = z.object({ data: z.array(line) }).openapi('SurveyTable')

export const departmentSchema = z
  .object({
    number: z.string(),
    department: z.string(),
    communities: z.int().openapi({ description: 'How many communities answered' }),
    score: hideable,
    aspects: z.array(z.object({ label: z.string(), answered: z.int(), score: hideable })),
  })
  .openapi('DepartmentView')
export type DepartmentAnswer = z.infer<typeof departmentSchema>
