import { z } from 'zod'

/** Best first, as the choices are listed; the first is worth five points. */
export const SATISFACTION = ['很满意', '满意', '一般', '不满意', '很不满意'] as const

const key = z.string().regex(/^[a-z][a-z0-9_]{0,30}$/)
const words = z.string().trim().min(1).max(200)
const points = z.union([z.literal(5), z.literal(10)])

const common = {
  key,
  text: words,
  /** May be passed over with 跳过. */
  optional: z.boolean().default(false),
  /** Asked only if the earlier question was answered with one of these numbers, or with less than `below`. */
  showIf: z
    .strictObject({ question: key, in: z.array(z.number().int()).min(1).optional(), below: z.number().optional() })
    .optional(),
}
/** Share of this question in the composite; questions without a weight stay out of it. */
const weight = z.number().positive().max(100).optional()
/** Answers below this score ask for a reason. */
const reasonBelow = z.number().min(1).max(10).optional()

export const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('single'), ...common, options: z.array(words).min(2).max(12) }),
  z.strictObject({
    kind: z.literal('multiple'),
    ...common,
    options: z.array(words).min(2).max(15),
    most: z.number().int().positive().optional(),
  }),
  z.strictObject({
    kind: z.literal('scale'),
    ...common,
    points,
    labels: z.array(words).optional(),
    weight,
    reasonBelow,
  }),
  z.strictObject({
    kind: z.literal('matrix'),
    ...common,
    rows: z.array(words).min(1).max(15),
    points,
    weight,
    reasonBelow,
  }),
  z.strictObject({
    kind: z.literal('number'),
    ...common,
    min: z.number().default(0),
    max: z.number().default(1_000_000),
    unit: z.string().max(10).default(''),
  }),
  z.strictObject({ kind: z.literal('text'), ...common }),
])
export type Question = z.infer<typeof questionSchema>

export const definitionSchema = z.strictObject({
  title: z.string().trim().min(2).max(60),
  kind: z.enum(['poll', 'community', 'departments']).default('poll'),
  anonymous: z.boolean().default(true),
  intro: z.string().max(500).default(''),
  days: z.number().int().min(1).max(120).optional(),
  /** Absent: everybody eligible is asked. */
  sample: z
    .union([
      z.strictObject({ total: z.number().int().positive() }),
      z.strictObject({ perGrid: z.number().int().positive() }),
    ])
    .optional(),
  questions: z.array(questionSchema).min(1).max(80),
})
export type Definition = z.infer<typeof definitionSchema>

export type SurveyKind = Definition['kind']
export type Owner = 'manager' | 'officer' | 'surveyor'

/** single, scale: a number; multiple: numbers of options; matrix: a score a row, null for none; null: passed over. */
export const answerSchema = z.union([z.number(), z.string(), z.array(z.number().nullable()), z.null()])
export type Answer = z.infer<typeof answerSchema>
/** By step: a question's key, or `<key>.why` for the reason of a low score. */
export const answersSchema = z.record(z.string(), answerSchema)
export type Answers = Readonly<Record<string, Answer>>

/** A survey as commands see it. */
export interface SurveyView {
  readonly id: number
  readonly number: string
  readonly kind: SurveyKind
  readonly communityId: number
  readonly scopeKind: 'community' | 'subdistrict' | 'district'
  readonly scopeId: number
  readonly series: string
  readonly title: string
  readonly owner: Owner
  readonly anonymous: boolean
  readonly status: 'draft' | 'running' | 'closed' | 'cancelled'
  readonly version: number
  readonly definition: Definition
  readonly definitionHash: string
  readonly seed: string
  readonly eligible: number
  readonly excluded: number
  readonly invited: number
  readonly frame: readonly FrameCell[]
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly endsAt: Date | null
  readonly closedAt: Date | null
}

/** One counting group of the frame: a grid, or a community where communities are asked. */
export const frameCellSchema = z.object({
  cell: z.string(),
  label: z.string(),
  eligible: z.number().int(),
  invited: z.number().int(),
})
export type FrameCell = z.infer<typeof frameCellSchema>

/** A filled-in ballot that waits to be cast. */
export interface ProgressView {
  readonly id: number
  readonly token: string
  readonly surveyId: number
  readonly accountId: number
  readonly subjectId: number
  readonly cell: string
  readonly answers: Answers
  readonly faults: number
}
