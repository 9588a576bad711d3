import {
  CATEGORIES,
  INTENTS,
  type Reason,
  type Recogniser,
  type Understanding,
  type UnderstandingContext,
} from '../kernel/intent.js'
import { readAddress } from './address/index.js'
import { nudge } from './context.js'
import { FeatureBag } from './features/bag.js'
import { extract } from './features/extract.js'
import { greatest, normaliseScores, score } from './model/score.js'
import { FIRST_CATEGORY, OUTPUTS, URGENT, type Weights } from './model/weights.js'
import { loudest } from './reasons.js'
import { normalise } from './text/normalise.js'

const NO_CONTEXT: UnderstandingContext = {}
const round = (value: number) => Math.round(value * 10_000) / 10_000

/** A recogniser over the given weights. It keeps scratch space: one per thread, not to be shared between threads. */
export function createRecogniser(weights: Weights): Recogniser {
  const bag = new FeatureBag()
  const scores = new Float64Array(OUTPUTS)
  const { temperature, urgency } = weights.header

  function understand(text: string, context: UnderstandingContext = NO_CONTEXT): Understanding {
    const normalised = normalise(text)
    const reading = readAddress(normalised)
    const shaped = extract(bag, normalised, reading, context)
    score(weights, bag, scores)
    const contextReasons: readonly Reason[] = context === NO_CONTEXT ? [] : nudge(scores, context)
    normaliseScores(scores, 0, FIRST_CATEGORY, temperature.intent)
    const intentIndex = greatest(scores, 0, FIRST_CATEGORY)
    const intent = INTENTS[intentIndex] ?? 'chatter'
    normaliseScores(scores, FIRST_CATEGORY, URGENT, temperature.category)
    const categoryIndex = greatest(scores, FIRST_CATEGORY, URGENT)
    const urgentProbability = 1 / (1 + Math.exp(-(urgency.slope * (scores[URGENT] as number) + urgency.offset)))
    const hasCategory = intent !== 'chatter' && intent !== 'withdraw' && intent !== 'feedback'
    const urgent = intent === 'request' && urgentProbability >= 0.5
    return {
      intent,
      category: hasCategory ? (CATEGORIES[categoryIndex] ?? null) : null,
      urgent,
      address: reading.address,
      confidence: {
        intent: round(scores[intentIndex] as number),
        category: round(scores[FIRST_CATEGORY + categoryIndex] as number),
        urgent: round(Math.max(urgentProbability, 1 - urgentProbability)),
        address: reading.confidence,
      },
      requestProbability: round(scores[0] as number),
      reasons: [...contextReasons, ...loudest(weights, bag, shaped, intentIndex, 0, FIRST_CATEGORY)],
    }
  }
  return { understand }
}
