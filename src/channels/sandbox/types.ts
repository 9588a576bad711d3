/** Somebody one can speak as. `role` is a code for the page; `roleLabel` and `home` are what people read. */
export interface SandboxPerson {
  readonly externalId: string
  readonly name: string
  /** resident | worker | coordinator | manager | officer | surveyor | stranger */
  readonly role: string
  readonly roleLabel: string
  readonly home: string
}

export interface SandboxConversation {
  /** `group:<name>` or `private:<externalId of the person>`. */
  readonly id: string
  readonly name: string
  /** private | residents | workers | subdistrict | unknown */
  readonly kind: string
  readonly members: readonly string[] | 'everyone'
}

export interface SandboxDirectory {
  readonly people: readonly SandboxPerson[]
  readonly conversations: readonly SandboxConversation[]
}

export interface SandboxMedia {
  readonly kind: 'image' | 'file'
  /** Id in the media folder. */
  readonly id: string
  readonly name: string
}

/** A message as the page shows it, whether it was said just now or long ago. */
export interface SandboxMessage {
  readonly id: string
  readonly conversation: string
  /** Null when the bot speaks. */
  readonly author: { readonly id: string; readonly name: string } | null
  /** Ms since 1970, on the service's clock. */
  readonly at: number
  readonly text: string
  /** Who `text` calls, each as `@name`; the bot has no id. */
  readonly mentions: readonly { readonly id: string | null; readonly name: string }[]
  readonly quote: { readonly id: string | null; readonly text: string | null } | null
  readonly choices: readonly { readonly label: string; readonly data: string }[]
  readonly pressed: readonly SandboxPress[]
  readonly media: readonly SandboxMedia[]
  readonly edited: boolean
}

interface SandboxPress {
  readonly data: string
  readonly by: { readonly id: string; readonly name: string }
}

/** What happens while a page is open. */
export type SandboxEvent =
  | { readonly kind: 'message'; readonly message: SandboxMessage }
  | {
      readonly kind: 'pressed'
      readonly conversation: string
      readonly messageId: string
      readonly press: SandboxPress
    }
  | { readonly kind: 'edited'; readonly conversation: string; readonly messageId: string; readonly text: string }
  | { readonly kind: 'clock'; readonly now: number }

/** Why the sandbox did not take what was asked. */
export type SandboxFaultKind =
  | 'unknown_person'
  | 'unknown_conversation'
  | 'not_a_member'
  | 'not_yours'
  | 'bad_media'
  | 'offline'

export class SandboxFault extends Error {
  override readonly name = 'SandboxFault'
  constructor(readonly kind: SandboxFaultKind) {
    super(kind)
  }
}
