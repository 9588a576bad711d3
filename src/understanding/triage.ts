import type { Triage, Understanding } from '../kernel/intent.js'
import { DEFAULT_THRESHOLDS, type Thresholds } from '../kernel/thresholds.js'

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
