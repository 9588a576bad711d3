import { INTENTS, type Reason } from '../kernel/intent.js'
import type { FeatureBag } from './features/bag.js'
import { readable } from './features/shape.js'
import { INTENT_COLUMNS, type Weights } from './model/weights.js'

const MOST = 4
const LEAST_WEIGHT = 0.02

const best = new Int32Array(MOST)
const bestWeights = new Float64Array(MOST)

/**
 * The features that spoke loudest for one intent against the mean of all. N-grams that overlap a louder one are
 * left out.
 */
export function loudest({ header, intents }: Weights, bag: FeatureBag, shaped: string, intent: number): Reason[] {
  const { step, gramScale, namedScale } = header.intent
  const gramValue = (step * gramScale) / Math.sqrt(Math.max(1, bag.grams))
  const namedValue = step * namedScale
  let count = 0
  for (let f = 0; f < bag.size; f++) {
    const base = (bag.rows[f] as number) * INTENT_COLUMNS
    let all = 0
    for (let k = 0; k < INTENTS.length; k++) all += intents[base + k] as number
    const own = (intents[base + intent] as number) - all / INTENTS.length
    const weight = own * (f < bag.grams ? gramValue : namedValue)
    if (weight < LEAST_WEIGHT || (count === MOST && weight <= (bestWeights[MOST - 1] as number))) continue
    if (overlapsLouder(bag, f, weight, count)) continue
    let at = count < MOST ? count++ : MOST - 1
    while (at > 0 && (bestWeights[at - 1] as number) < weight) {
      bestWeights[at] = bestWeights[at - 1] as number
      best[at] = best[at - 1] as number
      at--
    }
    bestWeights[at] = weight
    best[at] = f
  }
  const reasons: Reason[] = []
  for (let i = 0; i < count; i++) {
    const weight = Math.round((bestWeights[i] as number) * 1000) / 1000
    reasons.push({ feature: nameOf(bag, shaped, best[i] as number), weight })
  }
  return reasons
}

function overlapsLouder(bag: FeatureBag, f: number, weight: number, count: number): boolean {
  const origin = bag.origins[f] as number
  if (f >= bag.grams) return false
  const end = origin + (bag.lengths[f] as number)
  for (let i = 0; i < count; i++) {
    const other = best[i] as number
    if (other >= bag.grams || (bestWeights[i] as number) < weight) continue
    const otherOrigin = bag.origins[other] as number
    if (origin < otherOrigin + (bag.lengths[other] as number) && end > otherOrigin) return true
  }
  return false
}

function nameOf(bag: FeatureBag, shaped: string, f: number): string {
  const { text, isGram } = bag.nameOf(f, shaped)
  return isGram ? `“${readable(text)}”` : text
}
