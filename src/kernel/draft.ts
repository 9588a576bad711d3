import type { Recipe } from './making.js'

/** Whom a message is for, by our own ids; the engine finds the platform's. */
export type Recipient =
  /** The conversation of this turn. */
  | { readonly kind: 'here' }
  | { readonly kind: 'chat'; readonly chatId: number }
  /** In private if reachable, else by mention in `groupId` (a Chat id) or the group last seen. */
  | { readonly kind: 'account'; readonly accountId: number; readonly groupId?: number }
  /** The person's reachable private chat, else by mention in the community's workers' group unless `privateOnly`. */
  | {
      readonly kind: 'person'
      readonly personId: number
      readonly communityId: number
      readonly privateOnly?: boolean
    }
  /** All groups of this kind in the community, or of the grid where it has its own. */
  | {
      readonly kind: 'groups'
      readonly communityId: number
      readonly groupKind: 'workers' | 'residents' | 'subdistrict'
      readonly gridId?: number
      /** Somebody to call by name in the group. */
      readonly mentionPersonId?: number
    }
  /** All managers of the community, or officers of the subdistrict. */
  | { readonly kind: 'managers'; readonly communityId: number }
  | { readonly kind: 'officers'; readonly subdistrictId: number }

export interface DraftChoice {
  readonly label: string
  readonly command: string
  readonly input: unknown
}

/** A message to send. `key` is deterministic: the same cause never sends twice. */
export interface Draft {
  readonly key: string
  readonly to: Recipient
  readonly text: string
  /** Shown in place of `text` where the message must go through a group: names nobody else's home. */
  readonly groupText?: string
  readonly choices?: readonly DraftChoice[]
  /** How long the choices work, ms; default a week. */
  readonly choicesForMs?: number
  readonly priority: 'urgent' | 'reply' | 'push'
  /** What it is about: a reply that quotes it finds its subject. */
  readonly subject?: string
  /** Mention the speaker of this turn when it goes to a group. */
  readonly mention?: boolean
  /** A picture or file that goes with it, made after the commit. */
  readonly attach?: Recipe
  readonly notBefore?: Date
}
