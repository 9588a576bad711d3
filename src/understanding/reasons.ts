import type { Reason } from '../kernel/intent.js'
import type { FeatureBag } from './features/bag.js'
import { readable } from './features/shape.js'
import { bytesOf, INTENT_WORDS, type Weights, ZERO } from './model/weights.js'

const MOST = 4
const LEAST_WEIGHT = 0.02
const COLUMNS = INTENT_WORDS * 4

const best = new Int32Array(MOST)
const bestWeights = new Float64Array(MOST)

/** Tells the features that spoke loudest for one intent against the mean of all. */
export function createLoudest({ header, intents }: Weights) {
  const bytes = bytesOf(intents)
  const { step, gramScale, namedScale } = header.intent
  /** A feature's name does not depend on the message: each is made once. */
  const names = new Array<string | undefined>(header.features)

  function nameOf(bag: FeatureBag, shaped: string, f: number): string {
    const row = bag.rows[f] as number
    const known = names[row]
    if (known !== undefined) return known
    const { text, isGram } = bag.nameOf(f, shaped)
    const name = isGram ? `“${readable(text)}”` : text
    names[row] = name
    return name
  }

  /** N-grams that overlap a louder one are left out. */
  return function loudest(bag: FeatureBag, shaped: string, intent: number): Reason[] {
    const gramValue = (step * gramScale) / Math.sqrt(Math.max(1, bag.gramsInText))
    const namedValue = step * namedScale
    let count = 0
    let least = LEAST_WEIGHT
    for (let f = 0; f < bag.size; f++) {
      const own = (bytes[(bag.rows[f] as number) * COLUMNS + intent] as number) - ZERO
      const weight = own * (f < bag.grams ? gramValue : namedValue)
      if (weight <= least || overlapsLouder(bag, f, weight, count)) continue
      let at = count < MOST ? count++ : MOST - 1
      while (at > 0 && (bestWeights[at - 1] as number) < weight) {
        bestWeights[at] = bestWeights[at - 1] as number
        best[at] = best[at - 1] as number
        at--
      }
      bestWeights[at] = weight
      best[at] = f
      if (count === MOST) least = bestWeights[MOST - 1] as number
    }
    const reasons: Reason[] = []
    for (let i = 0; i < count; i++) {
      const weight = Math.round((bestWeights[i] as number) * 1000) / 1000
      reasons.push({ feature: nameOf(bag, shaped, best[i] as number), weight })
    }
    return reasons
  }
}

function overlapsLouder(bag: FeatureBag, f: number, weight: number, count: number): boolean {
  if (f >= bag.grams) return false
  const origin = bag.origins[f] as number
  const start = origin >> 2
  const end = start + (origin & 3)
  for (let i = 0; i < count; i++) {
    const other = best[i] as number
    if (other >= bag.grams || (bestWeights[i] as number) < weight) continue
    const otherOrigin = bag.origins[other] as number
    const otherStart = otherOrigin >> 2
    if (start < otherStart + (otherOrigin & 3) && end > otherStart) return true
  }
  return false
}
