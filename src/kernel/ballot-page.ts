import type { Reader } from '../db/transaction.js'

/** One of the answers a question offers; `value` is what the form sends. */
export interface BallotOption {
  readonly value: string
  readonly label: string
  readonly chosen: boolean
}

/** A question of a ballot as a page shows it, with what was answered so far. */
export interface BallotQuestion {
  readonly key: string
  readonly kind: 'single' | 'multiple' | 'scale' | 'matrix' | 'number' | 'text'
  readonly text: string
  readonly optional: boolean
  /** Of single, multiple and scale. */
  readonly options: readonly BallotOption[]
  /** Of a matrix: each row with its marks; the last one says that it cannot be judged. */
  readonly rows: readonly { readonly label: string; readonly options: readonly BallotOption[] }[]
  /** Most options that may be chosen; null: all of them. */
  readonly most: number | null
  readonly range: { readonly min: number; readonly max: number; readonly unit: string } | null
  /** Of number and text. */
  readonly words: string
  /** Shown only while an earlier answer is one of these numbers, or below that one. */
  readonly showIf: { readonly question: string; readonly in: readonly number[]; readonly below: number | null } | null
  readonly shown: boolean
  /** Marks below it want a reason. */
  readonly reason: { readonly below: number; readonly required: boolean; readonly words: string } | null
  readonly done: boolean
  /** Why the ballot cannot be cast like this; null where nothing is missing. */
  readonly fault: string | null
}

/** A half-filled ballot as a page shows it. */
export interface BallotPage {
  readonly number: string
  readonly title: string
  readonly intro: string
  readonly anonymous: boolean
  /** What is promised about who can see what. */
  readonly promise: string
  /** Whose ballot it is. */
  readonly voter: string
  /** The community whose rules hold for it: the one that votes, or the one of the household. */
  readonly communityId: number
  readonly accountId: number
  readonly state: 'open' | 'cast' | 'over'
  readonly until: Date | null
  readonly timezone: string
  readonly questions: readonly BallotQuestion[]
}

/** What a module lends to the ballot's page; what the page changes goes through the module's commands. */
export interface BallotBooth {
  /** The ballot behind the token of a half-filled one; null when there is none any more. */
  read(read: Reader, progress: string): Promise<BallotPage | null>
  /** The command that saves or casts, with the input `{ token, fields, cast }`. */
  readonly command: string
  /** The event by which a ballot was cast. */
  readonly castEvent: string
}

/** Names of a form's fields: `q.<key>`, `q.<key>.<row>` of a matrix, and `w.<key>` for the reason of a low mark. */
export const fieldOf = (key: string, row?: number): string => `q.${key}${row === undefined ? '' : `.${row}`}`
export const reasonField = (key: string): string => `w.${key}`
