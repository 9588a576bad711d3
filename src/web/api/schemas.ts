import { z } from '@hono/zod-openapi'
import { CATEGORIES } from '../../kernel/intent.js'
import { texts, type Words } from '../texts.js'
import { fromCursor } from './cursor.js'

const STATUSES = ['new', 'assigned', 'in_progress', 'waiting', 'closed'] as const
const RESOLUTIONS = ['solved', 'cannot', 'not_ours', 'withdrawn', 'duplicate', 'not_a_request'] as const
const MOST_ROWS = 200

export const instant = z.iso.datetime({ offset: true }).meta({ examples: ['2026-11-22T09:14:00+08:00'] })
export const nullable = (description: string) => z.string().nullable().openapi({ description })

export const code = (description: string, example: string) =>
  z.string().min(1).max(60).optional().openapi({ description, example })
/** A plus that was not percent-encoded arrives as a space. */
export const when = (description: string) =>
  z
    .string()
    .transform((text) => text.replace(/ (?=\d\d:\d\d$)/, '+'))
    .pipe(z.union([z.iso.date(), z.iso.datetime({ offset: true })]))
    .optional()
    .openapi({ type: 'string', description, example: '2026-11-01' })
export const oneOrMore = <const V extends readonly [string, ...string[]]>(values: V, description: string) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)))
    .optional()
    .openapi({ type: 'string', description: `${description}: ${values.join(', ')}`, example: values[0] })
export const paging = (list: string) => ({
  limit: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(MOST_ROWS))
    .default(50)
    .openapi({ type: 'integer', minimum: 1, maximum: MOST_ROWS, default: 50 }),
  cursor: z
    .string()
    .max(100)
    .refine((text) => fromCursor(list, text) !== null)
    .transform((text) => fromCursor(list, text) ?? undefined)
    .optional()
    .openapi({ type: 'string', description: '`next` of the page before' }),
})

export const requestQuery = z.strictObject({
  community: code('Code of the community', 'FD'),
  grid: code('Code of the grid', 'FD-G1'),
  worker: code('Staff number of the responsible worker', 'W01'),
  status: oneOrMore(STATUSES, 'One status, or several with commas'),
  category: oneOrMore(CATEGORIES, 'One category, or several with commas'),
  since: when('Logged at this time or later'),
  until: when('Logged before this time'),
  ...paging('requests'),
})

export const ledgerQuery = z.strictObject({
  community: code('Code of the community', 'FD'),
  page: code('Ledger page', 'requests'),
  subject: code('What the entries are about', 'request:FD-202611-0001'),
  since: when('Entered at this time or later'),
  until: when('Entered before this time'),
  ...paging('ledger'),
})

/** What each parameter should have been, for the answer 400. */
export const WANTED: Readonly<Record<string, Words>> = texts.wanted

const requestSchema = z
  .object({
    number: z.string().openapi({ example: 'FD-202611-0001' }),
    status: z.enum(STATUSES),
    resolution: z.enum(RESOLUTIONS).nullable(),
    resolutionNote: nullable('Why, or whose, in the words of the worker'),
    category: z.enum(CATEGORIES),
    urgent: z.boolean(),
    text: z.string(),
    building: nullable('幢, 楼 or 号'),
    unit: nullable('单元'),
    room: nullable('室'),
    community: z.string().openapi({ description: 'Code of the community' }),
    grid: nullable('Code of the grid'),
    worker: nullable('Staff number of the worker responsible now'),
    workerName: nullable('Name of that worker'),
    reporter: nullable('Name of the first reporter; masked for callers without the right'),
    reporters: z.int().openapi({ description: 'How many people reported or joined it' }),
    mergedInto: nullable('Number of the request this one is a duplicate of'),
    createdAt: instant,
    acceptBy: instant,
    closeBy: instant,
    acceptedAt: instant.nullable(),
    waitingUntil: instant.nullable(),
    closedAt: instant.nullable(),
    contestedAt: instant.nullable(),
    chasedAt: instant.nullable(),
  })
  .openapi('Request')

const entrySchema = z
  .object({
    community: z.string(),
    seq: z.int().openapi({ description: "Position in the community's chain, from 1 without gaps" }),
    page: z.string().openapi({ example: 'requests' }),
    type: z.string().openapi({ example: 'request.logged' }),
    subject: z.string().openapi({ example: 'request:FD-202611-0001' }),
    at: instant,
    grid: nullable('Code of the grid'),
    household: nullable('Building, unit and room'),
    worker: nullable('Staff number of the worker responsible at that moment'),
    workerName: nullable('Name of that worker'),
    actor: z.string().openapi({ example: 'account:12', description: 'Who did it: an account, a person or a job' }),
    actorName: nullable('Name of who did it; a resident is masked for callers without the right'),
    text: z.string(),
    data: z.record(z.string(), z.unknown()).nullable().openapi({
      description: 'The event itself; null for callers who may not see personal data',
    }),
    sourceMessage: z.int().nullable().openapi({ description: 'Id of the message that caused it' }),
    corrects: z.int().nullable().openapi({ description: 'seq of the earlier entry this one corrects' }),
    prevHash: z.string(),
    hash: z.string(),
  })
  .openapi('LedgerEntry')

const attachmentSchema = z
  .object({
    id: z.int(),
    status: z.enum(['waiting', 'kept', 'refused', 'dropped']),
    reason: nullable('Why it is refused or dropped, such as too_large, type, gone, expired'),
    type: nullable('By its content, never by its name'),
    bytes: z.int().nullable(),
    sha256: nullable('The same stands in the ledger entry attachment.kept'),
    sentAt: instant,
    path: nullable('Where its bytes are; null where they are not kept, or not for this token'),
  })
  .openapi('Attachment')

const attachments = z.array(attachmentSchema).openapi({ description: 'Pictures and files that came with it' })
const history = z.array(entrySchema).openapi({ description: 'Ledger entries about it, oldest first' })
export const requestWithHistory = z
  .object({ ...requestSchema.shape, attachments, history })
  .openapi('RequestWithHistory')

const next = z.string().nullable().openapi({ description: '`cursor` of the next page; null on the last' })
export const requestList = z.object({ data: z.array(requestSchema), next }).openapi('RequestList')
export const entryList = z.object({ data: z.array(entrySchema), next }).openapi('LedgerEntryList')

export const errorSchema = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: 'bad_parameters' }),
      message: z.string(),
      fields: z.record(z.string(), z.string()).optional(),
    }),
  })
  .openapi('Error')

export type RequestAnswer = z.infer<typeof requestSchema>
export type AttachmentAnswer = z.infer<typeof attachmentSchema>
export type EntryAnswer = z.infer<typeof entrySchema>
export type RequestQuery = z.output<typeof requestQuery>
export type LedgerQuery = z.output<typeof ledgerQuery>
