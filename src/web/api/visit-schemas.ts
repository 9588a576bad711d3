import { z } from '@hono/zod-openapi'
import { code, instant, nullable, oneOrMore, paging, when } from './schemas.js'

const OUTCOMES = ['met', 'not_home', 'refused', 'phone', 'chat'] as const
const VISIT_STATUSES = ['valid', 'corrected', 'withdrawn'] as const
const TIERS = ['ordinary', 'key', 'high_risk'] as const

const month = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)
  .optional()
  .openapi({
    description: 'YYYY-MM, as the community counts its months; the current one where left out',
    example: '2026-11',
  })

export const visitQuery = z.strictObject({
  community: code('Code of the community', 'FD'),
  grid: code('Code of the grid', 'FD-G1'),
  worker: code('Staff number of who visited', 'W01'),
  outcome: oneOrMore(OUTCOMES, 'One outcome, or several with commas'),
  visit: z
    .enum(VISIT_STATUSES)
    .optional()
    .openapi({ description: 'valid, corrected or withdrawn; all where left out' }),
  since: when('Of this local day or later'),
  until: when('Of a local day before this'),
  ...paging('visits'),
})
export type VisitQuery = z.output<typeof visitQuery>

export const progressQuery = z.strictObject({
  community: code('Code of the community', 'FD'),
  worker: code('Staff number of the worker', 'W01'),
  month,
  ...paging('visit-months'),
})
export type ProgressQuery = z.output<typeof progressQuery>

export const boardQuery = z.strictObject({ community: code('Code of the community', 'FD'), month })
export type BoardQuery = z.output<typeof boardQuery>

const day = z.string().openapi({ example: '2026-11-22', description: 'Local day' })
const people = {
  worker: nullable('Staff number of who visited'),
  workerName: nullable('Name of who visited'),
}

const visitSchema = z
  .object({
    key: z.string().openapi({ example: '1024.0', description: 'Stays the same for ever; ledger subject visit:<key>' }),
    community: z.string().openapi({ description: 'Code of the community' }),
    grid: nullable("Code of the household's grid on that day"),
    ...people,
    responsible: nullable('Staff number of who answered for the grid on that day'),
    day,
    household: nullable('Building, unit and room'),
    tier: z.enum(TIERS),
    outcome: z.enum(OUTCOMES),
    counted: z.boolean().openapi({ description: 'Met in person and valid: what the goal looks at' }),
    problem: z.string(),
    measure: z.string(),
    result: z.string(),
    backdated: z.boolean().openapi({ description: 'Logged after the day itself' }),
    outside: z.boolean().openapi({ description: 'Who visited neither held nor covered the grid' }),
    photos: z.int(),
    status: z.enum(VISIT_STATUSES),
    source: z.enum(['chat', 'import']),
    request: nullable('Number of the request that a finding became'),
    corrects: nullable('key of the visit this one replaces'),
    loggedAt: instant,
  })
  .openapi('Visit')
export type VisitAnswer = z.infer<typeof visitSchema>

const progressSchema = z
  .object({
    community: z.string(),
    worker: nullable('Staff number'),
    workerName: nullable('Name'),
    month: z.string().openapi({ example: '2026-11' }),
    from: day,
    to: day,
    quota: z.int().openapi({ description: 'The goal before leave, holidays and hand-over' }),
    target: z.int().openapi({ description: 'The goal of this month' }),
    reason: z.string().openapi({ description: 'Why they differ; empty when they do not' }),
    workDays: z.int(),
    met: z.int().openapi({ description: 'Distinct households met in person' }),
    notHome: z.int(),
    refused: z.int(),
    remote: z.int().openapi({ description: 'Contacts by phone or chat' }),
    closed: z.boolean().openapi({ description: 'Over for good: the figures never change again' }),
  })
  .openapi('VisitMonth')
export type ProgressAnswer = z.infer<typeof progressSchema>

const boardSchema = z
  .object({
    community: z.string(),
    name: z.string(),
    month: z.string(),
    workers: z.int().openapi({ description: 'Workers with a goal' }),
    done: z.int().openapi({ description: 'Of those, who reached it' }),
    met: z.int(),
    target: z.int(),
    households: z.int(),
    covered: z.int().openapi({ description: 'Households met since the year of the month began' }),
  })
  .openapi('VisitBoard')
export type BoardAnswer = z.infer<typeof boardSchema>

const next = z.string().nullable().openapi({ description: '`cursor` of the next page; null on the last' })
export const visitList = z.object({ data: z.array(visitSchema), next }).openapi('VisitList')
export const progressList = z.object({ data: z.array(progressSchema), next }).openapi('VisitMonthList')
export const boardList = z.object({ data: z.array(boardSchema) }).openapi('VisitBoardList')
