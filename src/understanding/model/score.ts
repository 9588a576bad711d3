import type { FeatureBag } from '../features/bag.js'
import { CATEGORY_WORDS, type Header, INTENT_WORDS, type Packed, URGENT, type Weights, ZERO } from './weights.js'

const COLUMNS = 4 * Math.max(INTENT_WORDS, CATEGORY_WORDS)
const gramSums = new Int32Array(COLUMNS)
const namedSums = new Int32Array(COLUMNS)
const LANES = 0x00ff00ff
/** So many bytes can be added up in a lane of sixteen bits. */
const MOST_AT_ONCE = 256

/**
 * Sums the weights of some features over eight columns. A row holds four weights in a word; two of them are added at
 * once in the halves of another word.
 */
function sumEight(
  table: Packed,
  words: number,
  word: number,
  rows: Int32Array,
  from: number,
  to: number,
  out: Int32Array,
): void {
  const column = word * 4
  for (let k = column; k < column + 8; k++) out[k] = -ZERO * (to - from)
  for (let start = from; start < to; start += MOST_AT_ONCE) {
    const end = Math.min(to, start + MOST_AT_ONCE)
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let i = start; i < end; i++) {
      const at = (rows[i] as number) * words + word
      const first = table[at] as number
      const second = table[at + 1] as number
      a = (a + (first & LANES)) | 0
      b = (b + ((first >>> 8) & LANES)) | 0
      c = (c + (second & LANES)) | 0
      d = (d + ((second >>> 8) & LANES)) | 0
    }
    spread(a, b, column, out)
    spread(c, d, column + 4, out)
  }
}

function spread(even: number, odd: number, column: number, out: Int32Array): void {
  out[column] = (out[column] as number) + (even & 0xffff)
  out[column + 1] = (out[column + 1] as number) + (odd & 0xffff)
  out[column + 2] = (out[column + 2] as number) + (even >>> 16)
  out[column + 3] = (out[column + 3] as number) + (odd >>> 16)
}

function total(head: Header['category'], bias: number, k: number, grams: number): number {
  const gramValue = head.gramScale / Math.sqrt(Math.max(1, grams))
  return bias + head.step * (gramValue * (gramSums[k] as number) + head.namedScale * (namedSums[k] as number))
}

/** Raw scores of the intents into `out`; answers with the log-odds of urgency. */
export function scoreIntents({ header, intents }: Weights, bag: FeatureBag, out: Float64Array): number {
  sumEight(intents, INTENT_WORDS, 0, bag.rows, 0, bag.grams, gramSums)
  sumEight(intents, INTENT_WORDS, 0, bag.rows, bag.grams, bag.size, namedSums)
  for (let k = 0; k < out.length; k++) out[k] = total(header.intent, header.intent.bias[k] ?? 0, k, bag.gramsInText)
  return total(header.urgent, header.urgent.bias[0] ?? 0, URGENT, bag.gramsInText) / header.urgent.temperature
}

/** Raw scores of the categories into `out`. */
export function scoreCategories({ header, categories }: Weights, bag: FeatureBag, out: Float64Array): void {
  for (let word = 0; word < CATEGORY_WORDS; word += 2) {
    sumEight(categories, CATEGORY_WORDS, word, bag.rows, 0, bag.grams, gramSums)
    sumEight(categories, CATEGORY_WORDS, word, bag.rows, bag.grams, bag.size, namedSums)
  }
  for (let k = 0; k < out.length; k++) {
    out[k] = total(header.category, header.category.bias[k] ?? 0, k, bag.gramsInText)
  }
}

/** Scores to probabilities, in place. */
export function toProbabilities(scores: Float64Array, temperature: number): void {
  let most = Number.NEGATIVE_INFINITY
  for (let k = 0; k < scores.length; k++) most = Math.max(most, scores[k] as number)
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
