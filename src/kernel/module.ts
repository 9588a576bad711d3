import type { z } from 'zod'
import type { Reader, Tx } from '../db/transaction.js'
import type { CustomPage } from './custom-page.js'
import type { Triage, Understanding } from './intent.js'
import type { AttachmentRef, ChatKind } from './message.js'
import type { Sheet } from './sheet.js'
import type { Thresholds } from './thresholds.js'

export const ROLES = ['resident', 'worker', 'coordinator', 'manager', 'officer', 'surveyor'] as const
export type Role = (typeof ROLES)[number]

/** Who speaks: an account on a platform and, where bound, the person behind it. */
export interface Actor {
  readonly accountId: number
  readonly channel: string
  readonly externalId: string
  readonly name: string
  readonly personId: number | null
  readonly householdId: number | null
  /** Roles that hold in the community of this turn, or everywhere the person has one when there is no community. */
  readonly roles: readonly Role[]
}

/** The community a turn belongs to, with its settings resolved. */
export interface CommunityView {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly subdistrictId: number
  readonly timezone: string
  readonly settings: CommunitySettings
}

/** Figures that vary by place and year; defaults and their sources stand in community/settings.ts. */
export interface CommunitySettings {
  /** Probability thresholds of triage. */
  readonly triage: Thresholds
  /** Due terms in working days; urgent in minutes. */
  readonly terms: {
    readonly urgentAcceptMinutes: number
    readonly urgentCloseMinutes: number
    readonly promptAcceptDays: number
    readonly promptCloseDays: number
    readonly otherAcceptDays: number
    readonly otherCloseDays: number
    readonly consultCloseDays: number
    /** Minutes without an answer to an urgent request before the subdistrict is told. */
    readonly urgentSilenceMinutes: number
  }
  /** Days after a closing in which the reporter may contest it. */
  readonly contestDays: number
  /** Local hours between which escalations and reminders are sent. */
  readonly daytime: { readonly from: number; readonly to: number }
  /** Local working hours: a term in working days ends at `to`. */
  readonly workHours: { readonly from: number; readonly to: number }
  /** Days within which a report of the same place and category counts as the same problem. */
  readonly sameProblemDays: number
  /** Days the text of chatter is kept. */
  readonly chatterDays: number
  readonly ledger: {
    /** Day of the month and hour at which the month before is closed when the manager has not done it. */
    readonly closeDay: number
    readonly closeHour: number
    /** Days the texts of messages that were sent are kept. */
    readonly outboxDays: number
    /** Pages of the community's own. */
    readonly pages: readonly CustomPage[]
  }
  readonly visits: {
    /** Households to meet in a month; a goal set for the district, community or worker goes before it. */
    readonly quota: number
    /** Day on which a month begins; 26 runs from the 26th to the 25th. */
    readonly monthStartDay: number
    /** Days within which a visit may be logged late. */
    readonly backdateDays: number
    /** A month with fewer working days than this lowers the goal in proportion. */
    readonly fullMonthDays: number
    /** Days after a meeting when the next one is due. */
    readonly tierDays: { readonly ordinary: number; readonly key: number; readonly high_risk: number }
    /** Households a week's plan names at most. */
    readonly planSize: number
    /** Cron expressions, five fields. */
    readonly schedule: {
      readonly plan: string
      readonly pace: string
      readonly monthEnd: string
      readonly flags: string
    }
    /** What a manager is told of: so many visits within so many minutes, or with the same words in a month. */
    readonly flags: { readonly burst: number; readonly burstMinutes: number; readonly sameText: number }
  }
  readonly surveys: {
    /** Groups with fewer answers than this are not shown, nor left to be found by subtraction. */
    readonly smallestGroup: number
    /** Days a round runs when nobody says how long. */
    readonly days: number
    /** Hours over which the invitations of a day are spread. */
    readonly spreadHours: number
    /** 和谐社区: gained at `gain` points of 100, lost below `keep` in `roundsToLose` rounds in a row. */
    readonly title: {
      readonly gain: number
      readonly keep: number
      readonly roundsToLose: number
      readonly leastAnswers: number
    }
    /** A department's aspect below this score of 100 has to be mended, within so many days. */
    readonly rectifyBelow: number
    readonly rectifyDays: number
  }
}

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

/**
 * Something that happened: past tense, such as request.logged. One event with a page writes one ledger entry in the
 * turn's transaction. `data` must be plain JSON; `apply` of the owning module changes the tables by it.
 */
export interface DomainEvent<Data extends object = object> {
  readonly type: string
  readonly communityId: number
  /** What it is about, such as request:FD-202611-0001 or household:17. */
  readonly subject: string
  /** Ledger page; null keeps it out of the ledger. */
  readonly page: string | null
  readonly gridId?: number | null
  readonly householdId?: number | null
  /** The worker responsible at this moment. */
  readonly workerId?: number | null
  /** Plain words for the ledger, zh-CN. */
  readonly text: string
  readonly data: Data
  readonly correctsSeq?: number
}

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
  readonly image?: { readonly base64: string; readonly mime: string; readonly alt: string }
  readonly file?: { readonly base64: string; readonly mime: string; readonly name: string }
  readonly notBefore?: Date
}

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

/**
 * One thing that can be said. The engine asks `match` of every command in order, checks the role in one place, and runs
 * load → decide → apply in one transaction.
 */
export interface Command<Input, State> {
  /** Unique, `<module>.<verb>`, such as requests.close. Choices and questions name it. */
  readonly name: string
  /** How to say it and what it does, for 帮助 and the handbook. Hidden commands (buttons only) have none. */
  readonly help?: { readonly say: string; readonly does: string; readonly roles: readonly Role[] }
  /** Who may use it; 'anyone' includes strangers. */
  readonly roles: readonly Role[] | 'anyone'
  readonly input: z.ZodType<Input>
  /** Input read from plain words or the understanding; null when the words are not for this command. Pure. */
  match(turn: Turn): unknown
  /** Whether words answer the question this command waits on; without it any words do. Words it declines are read anew. */
  accepts?(turn: Turn): boolean
  load(tx: Tx, turn: Turn, input: Input): Promise<State>
  /** Pure: no await, clock, randomness, database. */
  decide(state: State, turn: Turn, input: Input): Decision
}

/** A command with its types closed over, as the engine holds it. */
export interface AnyCommand {
  readonly name: string
  readonly help?: Command<unknown, unknown>['help']
  readonly roles: readonly Role[] | 'anyone'
  match(turn: Turn): unknown
  accepts?(turn: Turn): boolean
  run(tx: Tx, turn: Turn, input: unknown): Promise<Decision>
}

/** Closes a command over its input and state. @throws ZodError when the input (of a button, say) is not the command's. */
export function command<Input, State>(definition: Command<Input, State>): AnyCommand {
  return {
    name: definition.name,
    help: definition.help,
    roles: definition.roles,
    match: (turn) => definition.match(turn),
    accepts: definition.accepts,
    run: async (tx, turn, raw) => {
      const input = definition.input.parse(raw)
      return definition.decide(await definition.load(tx, turn, input), turn, input)
    },
  }
}

/** What caused an event: passed to `apply` and written to the ledger. */
export interface Cause {
  readonly now: Date
  readonly inboxId: number | null
  /** account:12 or job:requests.escalate. */
  readonly actor: string
}

/** Answers another module's event within the same transaction. */
export interface Reaction {
  readonly on: readonly string[]
  react(tx: Tx, event: DomainEvent, cause: Cause): Promise<Decision>
}

/**
 * Work by the clock. A slot (job, community, time) runs once, whatever restarts; missed slots are caught up within
 * `catchUpMs`: all of them, or only the latest.
 */
export interface Job {
  readonly name: string
  /** Five fields, in the community's time zone. */
  readonly cron: string | ((community: CommunityView) => string)
  readonly catchUpMs: number
  readonly catchUp: 'latest' | 'all'
  plan(tx: Tx, community: CommunityView, slot: Date, now: Date): Promise<Decision>
}

/** What a module offers the service; app.ts lists them. */
export interface Module {
  readonly name: string
  /** Events whose type starts with `<prefix>.` are applied by this module. */
  readonly eventPrefix: string
  readonly commands: readonly AnyCommand[]
  readonly reactions: readonly Reaction[]
  readonly jobs: readonly Job[]
  /** Ledger pages, as sheets of the workbook. */
  readonly sheets: readonly Sheet[]
  apply(tx: Tx, event: DomainEvent, cause: Cause): Promise<void>
  /** Facts about the sender that understanding wants. */
  contextOf?(read: Reader, accountId: number): Promise<{ readonly hasOpenRequest: boolean }>
}
