import { z } from 'zod'
import type { Triage, Understanding } from '../kernel/intent.js'

const probability = z.number().min(0).max(1)

/**
 * When to log, when to ask the worker. Kept per community: a lively group may want fewer questions. All are
 * probabilities that somebody should log the message.
 */
export const thresholdsSchema = z
  .object({
    /** From here on it is logged at once. */
    log: probability.default(0.6),
    /** From here on, below `log`, the worker is asked with one tap. */
    ask: probability.default(0.3),
    /** The same for a message that sounds of danger: it is never dropped silently, so this is low. */
    urgentAsk: probability.default(0.05),
    /** From here on an urgent message is logged at once. */
    urgentLog: probability.default(0.4),
  })
  .refine((t) => t.ask <= t.log && t.urgentAsk <= t.urgentLog, { message: 'ask must not be above log' })
export type Thresholds = z.infer<typeof thresholdsSchema>

export const DEFAULT_THRESHOLDS: Thresholds = thresholdsSchema.parse({})

/**
 * What to do with a message that is no command. Consults, chases, me-toos, withdrawals and feedback have handlers of
 * their own: for them the answer tells only whether a new request should be logged besides.
 */
export function triage(understanding: Understanding, thresholds: Thresholds = DEFAULT_THRESHOLDS): Triage {
  const { requestProbability, urgent } = understanding
  if (requestProbability >= (urgent ? thresholds.urgentLog : thresholds.log)) return 'log'
  if (urgent || requestProbability >= thresholds.ask) return 'ask_worker'
  return 'silent'
}
