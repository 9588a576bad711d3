import { z } from 'zod'
import type { Triage, Understanding } from '../kernel/intent.js'

const probability = z.number().min(0).max(1)

/** When to log, when to ask the worker. Kept per community: a lively group may want fewer questions. */
export const thresholdsSchema = z
  .object({
    /** Probability that somebody should log it from which it is logged at once. */
    log: probability.default(0.6),
    /** From here on, below `log`, the worker is asked with one tap. */
    ask: probability.default(0.3),
    /** As `log`, for a message that is called urgent. */
    urgentLog: probability.default(0.3),
    /** Probability of danger from which the worker is asked, whatever else the message looks like. */
    urgentAsk: probability.default(0.1),
  })
  .refine(({ ask, log }) => ask <= log, { message: 'ask must not be above log' })
export type Thresholds = z.infer<typeof thresholdsSchema>

export const DEFAULT_THRESHOLDS: Thresholds = thresholdsSchema.parse({})

/** How likely there is danger, whatever the verdict. */
const danger = ({ urgent, confidence }: Understanding) => (urgent ? confidence.urgent : 1 - confidence.urgent)

/**
 * What to do with a message that is no command. What may be dangerous is never dropped silently. Consults, chases,
 * me-toos, withdrawals and feedback have handlers of their own: for them the answer tells only whether a new request
 * should be logged besides.
 */
export function triage(understanding: Understanding, thresholds: Thresholds = DEFAULT_THRESHOLDS): Triage {
  const { requestProbability, urgent } = understanding
  if (requestProbability >= (urgent ? thresholds.urgentLog : thresholds.log)) return 'log'
  if (urgent || danger(understanding) >= thresholds.urgentAsk) return 'ask_worker'
  return requestProbability >= thresholds.ask ? 'ask_worker' : 'silent'
}
