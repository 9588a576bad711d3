import { z } from 'zod'

const probability = z.number().min(0).max(1)

/** When to log, when to ask the worker. Kept per community: a lively group may want fewer questions. */
export const thresholdsSchema = z
  .object({
    /** Probability that somebody should log it from which it is logged at once. */
    log: probability.default(0.7),
    /** From here on, below `log`, the worker is asked with one tap. */
    ask: probability.default(0.3),
    /** As `log`, for a message that is called urgent. */
    urgentLog: probability.default(0.3),
    /** Probability of danger from which the worker is asked, whatever else the message looks like. */
    urgentAsk: probability.default(0.1),
  })
  .refine(({ ask, log }) => ask <= log, { message: 'ask must not be above log' })
export type Thresholds = Readonly<z.infer<typeof thresholdsSchema>>

export const DEFAULT_THRESHOLDS: Thresholds = thresholdsSchema.parse({})
