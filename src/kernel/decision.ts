import type { Draft } from './draft.js'
import type { DomainEvent } from './event.js'

/** The question the next plain message of this account in this conversation answers. */
export interface Question {
  readonly command: string
  readonly input: unknown
  readonly expiresInMs: number
}

/** What to do. A refusal is a Decision with helpful words and no events. */
export interface Decision {
  readonly events: readonly DomainEvent[]
  readonly drafts: readonly Draft[]
  readonly ask?: Question
  /** Nothing was for us: the message is left alone. */
  readonly leftAlone?: boolean
  /**
   * What was said, by whom, where and when is dropped from the inbox as the turn ends, and soon from the database's log:
   * for answers that nobody may ever trace.
   */
  readonly scrubInbox?: boolean
}
