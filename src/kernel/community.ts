import type { CustomPage } from './custom-page.js'
import type { Thresholds } from './thresholds.js'
import type { OwnWords } from './wording.js'

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
  /** Days pictures and files are kept: of a request after it was closed, of a visit after it was made. */
  readonly attachmentDays: number
  /** Sentences of the bot in the community's own words, by the key of the wording. */
  readonly texts: OwnWords
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
