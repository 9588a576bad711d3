import type { Address, Category } from '../../kernel/intent.js'
import type { AttachmentRef } from '../../kernel/message.js'

export type Status = 'new' | 'assigned' | 'in_progress' | 'waiting' | 'closed'

/** How a request was closed. `not_a_request` is a mistaken logging that the worker put right. */
export type Resolution = 'solved' | 'cannot' | 'not_ours' | 'withdrawn' | 'duplicate' | 'not_a_request'

/** A request to act, or a question how to get something done. */
export type Kind = 'request' | 'consult'

export interface Named {
  readonly id: number
  readonly name: string
}

/** A request as decisions see it. */
export interface RequestView {
  readonly id: number
  readonly number: string
  readonly kind: Kind
  readonly communityId: number
  readonly gridId: number | null
  readonly householdId: number | null
  readonly worker: Named | null
  readonly reporterId: number
  readonly reporterName: string
  readonly chatId: number
  readonly category: Category
  readonly urgent: boolean
  readonly text: string
  readonly address: Address
  readonly status: Status
  readonly resolution: Resolution | null
  readonly resolutionNote: string | null
  readonly createdAt: Date
  readonly acceptBy: Date
  readonly closeBy: Date
  readonly closedAt: Date | null
  readonly closings: number
  readonly contestedAt: Date | null
  readonly chasedAt: Date | null
  readonly chases: number
  readonly mergedInto: string | null
  readonly reporters: readonly Reporter[]
}

export interface Reporter {
  readonly accountId: number
  readonly name: string
  readonly kind: 'reporter' | 'metoo'
  readonly chatId: number
}

/** Data of `request.logged`: all that the row is made of. */
export interface Logged {
  readonly number: string
  readonly kind: Kind
  readonly reporterId: number
  readonly chatId: number
  readonly category: Category
  readonly urgent: boolean
  readonly text: string
  readonly address: Address
  readonly acceptBy: string
  readonly closeBy: string
  readonly attachments: readonly AttachmentRef[]
  /** Visit, suspicion or survey answer it came from. */
  readonly origin?: { readonly kind: 'visit' | 'suspicion' | 'survey'; readonly id: string }
}

/** What is about to be logged. */
export interface Report {
  readonly kind: Kind
  readonly accountId: number
  readonly reporterName: string
  /** The reporter's own household, where bound. */
  readonly householdId: number | null
  readonly chatId: number
  readonly chatGridId: number | null
  readonly text: string
  readonly category: Category
  readonly urgent: boolean
  /** It sounds a little of danger, not enough to raise the alarm: the worker is asked to look at once. */
  readonly maybeUrgent?: boolean
  readonly address: Address
}

/** Finds, among open reports, those that are likely about the same problem; with what it saw, in words. */
export type SameProblem = (
  report: Comparable,
  open: readonly Comparable[],
) => readonly { readonly index: number; readonly saw: readonly string[] }[]

/** A report as the comparison needs it; `at` in ms since 1970. */
export interface Comparable {
  readonly text: string
  readonly category: Category
  readonly address: Address
  readonly at: number
}

/** An open request that may be the same problem, and why. */
export interface Similar {
  readonly request: RequestView
  readonly saw: readonly string[]
}

/** What logging needs of the database. */
export interface LogState {
  readonly number: string
  readonly address: Address
  readonly householdId: number | null
  readonly gridId: number | null
  readonly worker: Named | null
  readonly managers: readonly Named[]
  /** The likeliest first. */
  readonly similar: readonly Similar[]
  readonly before: number
}

/** The number's last part, as people say it: `0007`. */
export const shortNumber = (number: string): string => number.slice(number.lastIndexOf('-') + 1)

export const subjectOf = (number: string): string => `request:${number}`
