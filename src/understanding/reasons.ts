import type { Reason } from '../kernel/intent.js'
import type { FeatureBag } from './features/bag.js'
import { readable } from './features/shape.js'
import { OUTPUTS, type Weights } from './model/weights.js'

const MOST = 4
const LEAST_WEIGHT = 0.02

const best = new Int32Array(MOST)
const bestWeights = new Float64Array(MOST)

/**
 * The features that spoke loudest for one column against the mean of columns [from, to). N-grams inside a louder
 * one are left out.
 */
export function loudest(
  { header, table }: Weights,
  bag: FeatureBag,
  shaped: string,
  column: number,
  from: number,
  to: number,
): Reason[] {
  const gramValue = header.gramScale / Math.sqrt(Math.max(1, bag.grams))
  const scale = header.scales[column] as number
  let count = 0
  for (let f = 0; f < bag.size; f++) {
    const base = (bag.rows[f] as number) * OUTPUTS
    let others = 0
    for (let k = from; k < to; k++) others += (table[base + k] as number) * (header.scales[k] as number)
    const own = (table[base + column] as number) * scale
    const weight = (own - others / (to - from)) * (f < bag.grams ? gramValue : header.namedScale)
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
  const origin = bag.origins[f] as number
  if (f >= bag.grams) return bag.names[-1 - origin] ?? ''
  return `“${readable(`^${shaped}$`.slice(origin + 1, origin + 1 + (bag.lengths[f] as number)))}”`
}
