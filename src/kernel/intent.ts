/** What a message wants. The meanings are those of the label rules in docs/UNDERSTANDING.md. */
export const INTENTS = ['request', 'consult', 'chase', 'metoo', 'withdraw', 'feedback', 'chatter'] as const
export type Intent = (typeof INTENTS)[number]

export const CATEGORIES = [
  'facility',
  'utilities',
  'sanitation',
  'neighbour',
  'parking',
  'safety',
  'construction',
  'property',
  'civil',
  'care',
  'health',
  'culture',
  'employment',
  'other',
] as const
export type Category = (typeof CATEGORIES)[number]

/** Category names as residents and workers read them. */
export const CATEGORY_NAMES: Readonly<Record<Category, string>> = {
  facility: '公共设施',
  utilities: '水电气暖',
  sanitation: '环境卫生',
  neighbour: '邻里纠纷',
  parking: '停车交通',
  safety: '安全消防',
  construction: '违建装修',
  property: '物业服务',
  civil: '民政证明',
  care: '养老助困',
  health: '卫生健康',
  culture: '文体教育',
  employment: '就业社保',
  other: '其他',
}

/** An address inside an estate; digits are Arabic, letters upper-case. A part the text does not name is null. */
export interface Address {
  readonly building: string | null
  readonly unit: string | null
  readonly room: string | null
}

/** What the recogniser knows besides the text. All parts are optional: without them it judges the line alone. */
export interface UnderstandingContext {
  readonly chatKind?: 'residents' | 'workers' | 'private'
  /** Text of the message this one quotes. */
  readonly quoted?: string
  readonly senderRole?: 'resident' | 'worker' | 'coordinator' | 'manager' | 'officer'
  /** The message mentions or is addressed to the bot. */
  readonly addressed?: boolean
  /** The sender has a request that is not closed. */
  readonly hasOpenRequest?: boolean
}

/** One feature that spoke for or against, with its weight: shown to workers and developers. */
export interface Reason {
  readonly feature: string
  readonly weight: number
}

/** Probabilities are calibrated: of the messages given 0.8, about eight in ten are right. */
export interface Understanding {
  readonly intent: Intent
  readonly category: Category | null
  /** The best category even where the intent has none; judged for words said to the bot and for what may be logged. */
  readonly likelyCategory: Category | null
  readonly urgent: boolean
  readonly address: Address
  readonly confidence: {
    readonly intent: number
    readonly category: number
    readonly urgent: number
    readonly address: number
  }
  /** Probability that somebody should log this message as a request. */
  readonly requestProbability: number
  readonly reasons: readonly Reason[]
}

/** What to do with a message that is no command. */
export type Triage = 'log' | 'ask_worker' | 'silent'

/** Judges one message. Pure and synchronous: no network, no clock. */
export interface Recogniser {
  understand(text: string, context?: UnderstandingContext): Understanding
}
