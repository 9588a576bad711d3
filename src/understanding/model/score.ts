import type { FeatureBag } from '../features/bag.js'
import { OUTPUTS, type Weights } from './weights.js'

const gramSums = new Int32Array(OUTPUTS)
const namedSums = new Int32Array(OUTPUTS)

/** Raw scores of all columns for the features in the bag, written to `out`. */
export function score({ header, table }: Weights, bag: FeatureBag, out: Float64Array): void {
  gramSums.fill(0)
  namedSums.fill(0)
  for (let f = 0; f < bag.size; f++) {
    const sums = f < bag.grams ? gramSums : namedSums
    const base = (bag.rows[f] as number) * OUTPUTS
    for (let k = 0; k < OUTPUTS; k++) sums[k] = (sums[k] as number) + (table[base + k] as number)
  }
  const gramValue = header.gramScale / Math.sqrt(Math.max(1, bag.grams))
  for (let k = 0; k < OUTPUTS; k++) {
    const sum = gramValue * (gramSums[k] as number) + header.namedScale * (namedSums[k] as number)
    out[k] = (header.bias[k] as number) + (header.scales[k] as number) * sum
  }
}

/** Softmax of scores[from..to) / temperature, in place. */
export function normaliseScores(scores: Float64Array, from: number, to: number, temperature: number): void {
  let most = Number.NEGATIVE_INFINITY
  for (let k = from; k < to; k++) most = Math.max(most, scores[k] as number)
  let sum = 0
  for (let k = from; k < to; k++) {
    const e = Math.exp(((scores[k] as number) - most) / temperature)
    scores[k] = e
    sum += e
  }
  for (let k = from; k < to; k++) scores[k] = (scores[k] as number) / sum
}

/** Index of the greatest of values[from..to), counted from `from`. */
export function greatest(values: Float64Array, from: number, to: number): number {
  let best = from
  for (let k = from + 1; k < to; k++) if ((values[k] as number) > (values[best] as number)) best = k
  return best - from
}
