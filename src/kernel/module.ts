import type { Sql, Tx } from '../db/transaction.js'
import type { AnyCommand } from './command.js'
import type { Decision } from './decision.js'
import type { Cause, DomainEvent } from './event.js'
import type { Job } from './job.js'
import type { AnyMaker } from './making.js'
import type { Sheet } from './sheet.js'
import type { Wording } from './wording.js'

// A module imports all it is made of from here.
export * from './actor.js'
export * from './command.js'
export type * from './community.js'
export type * from './decision.js'
export type * from './draft.js'
export type * from './event.js'
export type * from './job.js'
export type * from './turn.js'

/** Answers another module's event within the same transaction. */
export interface Reaction {
  readonly on: readonly string[]
  react(tx: Tx, event: DomainEvent, cause: Cause): Promise<Decision>
}

/** What a module offers the service; app.ts lists them. */
export interface Module {
  readonly name: string
  /** Events whose type starts with `<prefix>.` are applied by this module. */
  readonly eventPrefix: string
  readonly commands: readonly AnyCommand[]
  readonly reactions: readonly Reaction[]
  readonly jobs: readonly Job[]
  /** What its drafts attach. */
  readonly makers?: readonly AnyMaker[]
  /** Ledger pages, as sheets of the workbook. */
  readonly sheets: readonly Sheet[]
  /** Sentences that a community may say in its own words. */
  readonly wordings?: readonly Wording[]
  apply(tx: Tx, event: DomainEvent, cause: Cause): Promise<void>
  /** Facts about the sender that understanding wants. */
  contextOf?(sql: Sql, accountId: number): Promise<{ readonly hasOpenRequest: boolean }>
}
