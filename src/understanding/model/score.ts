import type { FeatureBag } from '../features/bag.js'
import { CATEGORY_COLUMNS, type Header, INTENT_COLUMNS, URGENT, type Weights } from './weights.js'

const gramSums = new Int32Array(Math.max(INTENT_COLUMNS, CATEGORY_COLUMNS))
const namedSums = new Int32Array(gramSums.length)

/** Sums seven columns at once: locals instead of an array make this twice as fast, and it is where the time goes. */
function sumSeven(
  table: Int8Array,
  columns: number,
  first: number,
  bag: FeatureBag,
  from: number,
  to: number,
  out: Int32Array,
): void {
  const { rows } = bag
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let e = 0
  let f = 0
  let g = 0
  for (let i = from; i < to; i++) {
    const at = (rows[i] as number) * columns + first
    a += table[at] as number
    b += table[at + 1] as number
    c += table[at + 2] as number
    d += table[at + 3] as number
    e += table[at + 4] as number
    f += table[at + 5] as number
    g += table[at + 6] as number
  }
  out[first] = a
  out[first + 1] = b
  out[first + 2] = c
  out[first + 3] = d
  out[first + 4] = e
  out[first + 5] = f
  out[first + 6] = g
}

function sumOne(table: Int8Array, columns: number, column: number, bag: FeatureBag, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += table[(bag.rows[i] as number) * columns + column] as number
  return sum
}

function total(head: Header['category'], bias: number, k: number, grams: number): number {
  const gramValue = head.gramScale / Math.sqrt(Math.max(1, grams))
  return bias + head.step * (gramValue * (gramSums[k] as number) + head.namedScale * (namedSums[k] as number))
}

/** Raw scores of the intents into `out`; answers with the log-odds of urgency. */
export function scoreIntents({ header, intents }: Weights, bag: FeatureBag, out: Float64Array): number {
  sumSeven(intents, INTENT_COLUMNS, 0, bag, 0, bag.grams, gramSums)
  sumSeven(intents, INTENT_COLUMNS, 0, bag, bag.grams, bag.size, namedSums)
  gramSums[URGENT] = sumOne(intents, INTENT_COLUMNS, URGENT, bag, 0, bag.grams)
  namedSums[URGENT] = sumOne(intents, INTENT_COLUMNS, URGENT, bag, bag.grams, bag.size)
  for (let k = 0; k < out.length; k++) out[k] = total(header.intent, header.intent.bias[k] ?? 0, k, bag.grams)
  return total(header.urgent, header.urgent.bias[0] ?? 0, URGENT, bag.grams) / header.urgent.temperature
}

/** Raw scores of the categories into `out`. */
export function scoreCategories({ header, categories }: Weights, bag: FeatureBag, out: Float64Array): void {
  for (let first = 0; first < CATEGORY_COLUMNS; first += 7) {
    sumSeven(categories, CATEGORY_COLUMNS, first, bag, 0, bag.grams, gramSums)
    sumSeven(categories, CATEGORY_COLUMNS, first, bag, bag.grams, bag.size, namedSums)
  }
  for (let k = 0; k < out.length; k++) out[k] = total(header.category, header.category.bias[k] ?? 0, k, bag.grams)
}

/** Scores to probabilities, in place. */
export function toProbabilities(scores: Float64Array, temperature: number): void {
  let most = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > most) most = score
  let whole = 0
  for (let k = 0; k < scores.length; k++) {
    const e = Math.exp(((scores[k] as number) - most) / temperature)
    scores[k] = e
    whole += e
  }
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) / whole
}

/** Index of the greatest value; the first one counts only this share of itself. */
export function greatest(values: Float64Array, firstShare = 1): number {
  let best = 0
  let most = (values[0] as number) * firstShare
  for (let k = 1; k < values.length; k++) {
    if ((values[k] as number) <= most) continue
    best = k
    most = values[k] as number
  }
  return best
}
