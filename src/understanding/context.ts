import { INTENTS, type Intent, type Reason, type UnderstandingContext } from '../kernel/intent.js'

/** Log-odds that knowing about the conversation adds to an intent; set by hand, since lines rarely come with it. */
interface Nudge {
  readonly feature: string
  readonly applies: (context: UnderstandingContext) => boolean
  readonly by: Partial<Record<Intent, number>>
}

const STAFF = new Set(['worker', 'coordinator', 'manager', 'officer'])

const NUDGES: readonly Nudge[] = [
  {
    feature: '发言人是工作人员',
    applies: ({ senderRole }) => senderRole !== undefined && STAFF.has(senderRole),
    by: { chatter: 2.5, feedback: -1, metoo: -1, withdraw: -0.5 },
  },
  {
    feature: '有未办结的诉求',
    applies: ({ hasOpenRequest }) => hasOpenRequest === true,
    by: { chase: 0.8, withdraw: 0.8, feedback: 0.5 },
  },
  { feature: '对机器人说的', applies: ({ addressed }) => addressed === true, by: { chatter: -1.2 } },
  { feature: '私聊', applies: ({ chatKind }) => chatKind === 'private', by: { chatter: -0.8, metoo: -0.8 } },
  {
    feature: '引用了一条消息',
    applies: ({ quoted }) => quoted !== undefined,
    by: { chase: 0.8, metoo: 0.8, withdraw: 0.3 },
  },
]

/** Adds to the intents' scores what the conversation tells; answers with why. */
export function nudge(scores: Float64Array, context: UnderstandingContext): Reason[] {
  const reasons: Reason[] = []
  for (const { feature, applies, by } of NUDGES) {
    if (!applies(context)) continue
    INTENTS.forEach((intent, k) => {
      scores[k] = (scores[k] as number) + (by[intent] ?? 0)
    })
    const weight = Math.max(...Object.values(by))
    reasons.push({ feature, weight })
  }
  return reasons
}
