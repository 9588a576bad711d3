import type { Actor } from './actor.js'
import type { CommunityView } from './community.js'
import type { Triage, Understanding } from './intent.js'
import type { AttachmentRef, ChatKind } from './message.js'

/** Where it is said. */
export interface Place {
  readonly chatId: number
  readonly kind: ChatKind
  readonly channel: string
  readonly conversation: string
  readonly name: string
  readonly gridId: number | null
}

/** What is said, after buttons, numbers and pending questions were resolved. */
export type Said =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly attachments: readonly AttachmentRef[]
      /** The quoted message: the subject of the bot's own message it quotes, or its text. */
      readonly quoted: { readonly subject: string | null; readonly text: string | null } | null
      /** Said to the bot: in private, by mention or as an answer to it. */
      readonly addressed: boolean
    }
  | { readonly kind: 'choice'; readonly command: string; readonly input: unknown }
  | {
      readonly kind: 'answer'
      readonly command: string
      readonly input: unknown
      readonly text: string
      readonly attachments: readonly AttachmentRef[]
    }
  | { readonly kind: 'edited'; readonly text: string; readonly originalInboxId: number | null }
  | { readonly kind: 'event'; readonly event: 'joined' | 'left' | 'migrated' | 'reachable' }

/** One turn: everything a command may know besides its own state. */
export interface Turn {
  readonly inboxId: number
  readonly now: Date
  readonly actor: Actor
  readonly place: Place
  readonly community: CommunityView | null
  readonly said: Said
  /** Set for plain text. */
  readonly understanding: Understanding | null
  /** What the community's thresholds make of it. */
  readonly triage: Triage | null
}
