import { z } from 'zod'
import type { Category } from '../../kernel/intent.js'
import type { LocalDate } from '../../kernel/local-time.js'
import type { CommunityView } from '../../kernel/module.js'

export const OUTCOMES = ['met', 'not_home', 'refused', 'phone', 'chat'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const addressSchema = z.object({
  building: z.string().nullable(),
  unit: z.string().nullable(),
  room: z.string().nullable(),
})

/** One visit as a worker's words tell it, before the household is found. Days are as said: resolved in the turn. */
export const slipSchema = z.object({
  address: addressSchema,
  /** Set once the household is certain: by a tap or a button. */
  householdId: z.number().int().nullable(),
  outcome: z.enum(OUTCOMES),
  day: z.string().nullable(),
  /** A name in the place of an address: 走访 张爱丽. */
  name: z.string().max(20).nullable(),
  text: z.string().max(2000),
})
export type Slip = z.infer<typeof slipSchema>

/** 问题–措施–结果, the diary's form. */
export interface Note {
  readonly problem: string
  readonly measure: string
  readonly result: string
}

/** Something in a visit that others should handle. */
export interface Finding {
  readonly text: string
  readonly category: Category
  readonly urgent: boolean
}

export interface HouseholdRow {
  readonly id: number
  readonly gridId: number
  readonly estate: string
  readonly building: string
  readonly unit: string
  readonly room: string
  readonly headName: string
  readonly tier: string
}

/** What a visit's event says, and its row keeps. */
export interface LoggedVisit {
  readonly key: string
  readonly householdId: number
  readonly gridId: number
  readonly responsibleId: number | null
  readonly workerId: number
  readonly day: LocalDate
  readonly outcome: Outcome
  readonly tier: string
  readonly problem: string
  readonly measure: string
  readonly result: string
  readonly text: string
  readonly backdated: boolean
  readonly outside: boolean
  readonly photos: readonly { readonly reference: string; readonly mime: string; readonly channel: string }[]
  readonly source: 'chat' | 'import'
  readonly correctsId: number | null
}

/** A stored visit, as amendments and lists need it. */
export interface VisitView {
  readonly id: number
  readonly key: string
  readonly householdId: number
  readonly gridId: number
  readonly responsibleId: number | null
  readonly workerId: number
  readonly day: LocalDate
  readonly outcome: Outcome
  readonly tier: string
  readonly problem: string
  readonly measure: string
  readonly result: string
  readonly text: string
  readonly backdated: boolean
  readonly outside: boolean
  readonly status: string
  readonly requestNumber: string | null
}

/** A month as a community counts it: from its start day to the eve of the next; named by the month it ends in. */
export interface Period {
  readonly month: string
  readonly from: LocalDate
  readonly to: LocalDate
}

/** A run of local days, both included; null is open. */
export interface DaySpan {
  readonly from: LocalDate | null
  readonly to: LocalDate | null
}

/** The first day a worker answered for a grid, as far as is known. */
export interface Beginning {
  readonly day: LocalDate
  /** The whole community began on it. */
  readonly ofService: boolean
}

/** Local days of leave, both included. */
export interface LeaveDays {
  readonly from: LocalDate
  readonly to: LocalDate
}

/** A goal with what led to it. */
export interface Target {
  readonly quota: number
  readonly target: number
  /** Working days of the worker in the period, by day. */
  readonly workDays: number
  readonly reason: string
}

/** A worker's month as stored: the one number that worker and manager see. */
export interface MonthView {
  readonly workerId: number
  readonly month: string
  readonly fromDay: LocalDate
  readonly toDay: LocalDate
  readonly quota: number
  readonly target: number
  readonly reason: string
  readonly workDays: number
  readonly met: number
  readonly notHome: number
  readonly refused: number
  readonly remote: number
  readonly closed: boolean
}

export interface WorkerMonth extends MonthView {
  readonly name: string
  /** Distinct households of the worker's grids met this year, and how many there are. */
  readonly covered: number
  readonly households: number
}

/** A household with what a plan looks at. */
export interface PlanHousehold extends HouseholdRow {
  readonly occupancy: string
  readonly lastMetDay: LocalDate | null
  readonly lastRequestDay: LocalDate | null
}

/** Which household a slip means, or what to offer. */
export type Resolution =
  | { readonly kind: 'found'; readonly household: HouseholdRow }
  /** The words fit several, or none but these are near. */
  | { readonly kind: 'several' | 'near'; readonly households: readonly HouseholdRow[]; readonly asked: string }
  | { readonly kind: 'none'; readonly asked: string }
  /** Nothing was named yet. */
  | { readonly kind: 'empty' }

/** A worker's month, and whether its snapshot has yet to be taken. */
export interface OpenMonth {
  readonly view: MonthView
  readonly isNew: boolean
}

/** A month with the households met in it so far, each with its day. */
export interface MonthCount extends OpenMonth {
  /** Nothing of the month has yet told the worker why its goal is not the whole quota. */
  readonly isUnexplained: boolean
  readonly met: readonly { readonly householdId: number; readonly day: LocalDate }[]
}

/** What the counts of a turn start from. */
export interface Counts {
  readonly today: LocalDate
  readonly months: ReadonlyMap<string, MonthCount>
  /** Month of each day that the turn touches. */
  readonly monthOfDay: ReadonlyMap<LocalDate, string>
}

/** A slip with everything its logging needs. */
export interface PreparedSlip {
  readonly slip: Slip
  readonly day: LocalDate
  readonly resolution: Resolution
  /** Null while the household is not certain. */
  readonly place: { readonly responsibleId: number | null; readonly outside: boolean } | null
}

export interface LogState {
  readonly community: CommunityView
  readonly worker: { readonly id: number; readonly name: string }
  readonly prepared: readonly PreparedSlip[]
  readonly counts: Counts
  /** Offered when no household was named. */
  readonly suggestions: readonly HouseholdRow[]
}

export const photosSchema = z
  .array(z.object({ reference: z.string(), mime: z.string(), channel: z.string() }))
  .max(20)
  .default([])
export type Photos = z.infer<typeof photosSchema>
