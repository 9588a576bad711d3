import { z } from 'zod'
import type { DomainEvent } from '../../kernel/module.js'
import { castSchema } from './ballot-box.js'
import { answersSchema, definitionSchema, frameCellSchema, type SurveyView } from './types.js'

/** What each event of this module carries, by its name after `survey.`. */
export const eventData = {
  drafted: z.object({
    number: z.string(),
    kind: z.enum(['poll', 'community', 'departments']),
    communityId: z.number(),
    scopeKind: z.enum(['community', 'subdistrict', 'district']),
    scopeId: z.number(),
    series: z.string(),
    owner: z.enum(['manager', 'officer', 'surveyor']),
    definition: definitionSchema,
    hash: z.string(),
    seed: z.string(),
    personId: z.number(),
  }),
  revised: z.object({ number: z.string(), definition: definitionSchema, hash: z.string(), personId: z.number() }),
  started: z.object({
    number: z.string(),
    hash: z.string(),
    seed: z.string(),
    eligible: z.number(),
    excluded: z.number(),
    invited: z.number(),
    cells: z.array(frameCellSchema),
    endsAt: z.string(),
  }),
  cancelled: z.object({ number: z.string() }),
  pushed: z.object({ surveyId: z.number(), rollIds: z.array(z.number()), pushes: z.number() }),
  progressed: z.object({
    token: z.string(),
    surveyId: z.number(),
    accountId: z.number(),
    subjectId: z.number(),
    cell: z.string(),
    answers: answersSchema,
    faults: z.number(),
  }),
  door_asked: z.object({
    tokenHash: z.string(),
    surveyId: z.number(),
    accountId: z.number(),
    subjectId: z.number(),
    progress: z.string(),
    outboxKey: z.string(),
    expiresAt: z.string(),
  }),
  cast: z.object({ ballots: castSchema.array().min(1) }),
  declined: z.object({ surveyId: z.number(), subjectId: z.number(), day: z.string().length(10) }),
  closed: z.object({
    number: z.string(),
    results: z.looseObject({}),
    /** Cells that are too small to keep. */
    dissolve: z.array(z.string()),
    /** So few answered that the ballots themselves would tell: they are dropped. */
    drop: z.boolean(),
  }),
  swept: z.object({ mix: z.array(z.number()), stale: z.array(z.string()) }),
  title_decided: z.object({
    surveyId: z.number(),
    communityId: z.number(),
    title: z.string(),
    outcome: z.string(),
    held: z.boolean(),
    score: z.number(),
  }),
  rectification_opened: z.object({
    number: z.string(),
    surveyId: z.number(),
    departmentId: z.number(),
    aspect: z.string(),
    score: z.number(),
    dueOn: z.string(),
  }),
  rectification_done: z.object({ number: z.string(), note: z.string() }),
  rectification_rerating: z.object({ numbers: z.array(z.string()), surveyNumber: z.string() }),
  rectification_rerated: z.object({ number: z.string(), score: z.number() }),
  department_listed: z.object({ districtId: z.number(), name: z.string(), active: z.boolean() }),
  surveyor_hired: z.object({ districtId: z.number(), organisation: z.string(), staffNo: z.string(), name: z.string() }),
  request_wanted: z.object({
    householdId: z.null(),
    text: z.string(),
    category: z.string().nullable(),
    urgent: z.literal(false),
    reporterAccountId: z.number().nullable(),
    surveyId: z.string(),
    wordsId: z.number(),
  }),
} as const

export type EventName = keyof typeof eventData
export type EventData<Name extends EventName> = z.infer<(typeof eventData)[Name]>

/** An event that the ledger keeps, on the page of its kind. */
export function recorded<Name extends EventName>(
  name: Name,
  survey: Pick<SurveyView, 'number' | 'kind' | 'communityId'>,
  text: string,
  data: EventData<Name>,
): DomainEvent {
  return {
    type: `survey.${name}`,
    communityId: survey.communityId,
    subject: `survey:${survey.number}`,
    page: PAGES[survey.kind],
    text,
    data: data as object,
  }
}

/** An event that no page tells of. */
export function unrecorded<Name extends EventName>(
  name: Name,
  communityId: number,
  subject: string,
  data: EventData<Name>,
): DomainEvent {
  return { type: `survey.${name}`, communityId, subject, page: null, text: '', data: data as object }
}

/** Ledger pages by kind. */
export const PAGES = { poll: 'surveys', community: 'evaluations', departments: 'department-evaluations' } as const
