import { CATEGORIES, INTENTS } from '../src/kernel/intent.js'
import { FeatureRows, MOST_ROWS } from '../src/understanding/features/rows.js'
import {
  bytesOf,
  CATEGORY_WORDS,
  emptyTable,
  type Header,
  INTENT_WORDS,
  URGENT,
  type Weights,
  ZERO,
} from '../src/understanding/model/weights.js'
import type { Example } from './data.js'
import { type FitOptions, fit, type Linear, type Sample, type Vector } from './fit.js'

/** An example with its features. */
export interface Seen {
  readonly example: Example
  readonly vector: Vector
}

/** Lines without a hand-made label: complaint titles and plain chat, from the folder beside the repository. */
export interface Weak {
  readonly titles: readonly Vector[]
  readonly chat: readonly Vector[]
  /** What each line counts, of the weight it has where every second one is learnt from. */
  readonly share: number
}

const COMMON = { rate: 0.3, seed: 1, leastCount: 2, telling: 0, rarity: 0 }
export const INTENT_OPTIONS: FitOptions = {
  ...COMMON,
  outputs: INTENTS.length,
  epochs: 14,
  l2: 1e-5,
  gramScale: 1,
  namedScale: 0.25,
  dropout: 0.2,
}
export const CATEGORY_OPTIONS: FitOptions = {
  ...COMMON,
  outputs: CATEGORIES.length,
  epochs: 14,
  l2: 1e-3,
  gramScale: 2,
  namedScale: 0.25,
  dropout: 0.25,
  telling: 0.4,
  rarity: 0.5,
}
export const URGENT_OPTIONS: FitOptions = {
  ...COMMON,
  outputs: 1,
  epochs: 14,
  l2: 1e-4,
  gramScale: 2,
  namedScale: 0.5,
  dropout: 0.2,
}

/** Rare intents weigh more than their share of the training lines, chatter nearly as in a real group. */
const INTENT_WEIGHT: Readonly<Record<string, number>> = { chatter: 2, request: 1, consult: 1 }
const RARE_WEIGHT = 2
const TITLE_WEIGHT = 0.6
const CHAT_WEIGHT = 0.5
/** A complaint title asks for action, now and then for advice. */
const TITLE_TARGET = Float32Array.from(INTENTS, (name) => (name === 'request' ? 0.93 : name === 'consult' ? 0.07 : 0))

/** Labels are taken as this much less than certain: some lines could be read another way. */
const DOUBT = 0.07
/** Models with different luck in the order of lines, averaged. */
export const SEEDS: readonly number[] = [1, 2, 3]
/** A request must be this many times likelier than anything else: a wrong entry costs more than a question. */
const REQUEST_MARGIN = 4

const doubted = (target: Float32Array) => target.map((share) => share * (1 - DOUBT) + DOUBT / target.length)

function average(models: readonly Linear[]): Linear {
  const [first, ...others] = models
  if (first === undefined) throw new Error('nothing to average')
  for (const { weights, bias } of others) {
    for (let i = 0; i < weights.length; i++) first.weights[i] = (first.weights[i] as number) + (weights[i] as number)
    for (let k = 0; k < bias.length; k++) first.bias[k] = (first.bias[k] as number) + (bias[k] as number)
  }
  const share = 1 / models.length
  return {
    ...first,
    weights: first.weights.map((w) => w * share),
    bias: first.bias.map((b) => b * share),
  }
}

const oneHot = (size: number, at: number) => Float32Array.from({ length: size }, (_, k) => (k === at ? 1 : 0))

export interface Models {
  readonly intent: Linear
  readonly category: Linear
  readonly urgent: Linear
}

export function fitModels(seen: readonly Seen[], weak: Weak, seeds = SEEDS): Models {
  const chatter = oneHot(INTENTS.length, INTENTS.indexOf('chatter'))
  const intents: Sample[] = [
    ...seen.map(({ example, vector }) => ({
      vector,
      target: doubted(oneHot(INTENTS.length, INTENTS.indexOf(example.intent))),
      weight: example.weight * (INTENT_WEIGHT[example.intent] ?? RARE_WEIGHT),
    })),
    ...weak.titles.map((vector) => ({ vector, target: TITLE_TARGET, weight: TITLE_WEIGHT * weak.share })),
    ...weak.chat.map((vector) => ({ vector, target: chatter, weight: CHAT_WEIGHT * weak.share })),
  ]
  const categories: Sample[] = seen.flatMap(({ example, vector }) =>
    example.category === null
      ? []
      : [{ vector, target: oneHot(CATEGORIES.length, CATEGORIES.indexOf(example.category)), weight: example.weight }],
  )
  const urgent: Sample[] = seen.map(({ example, vector }) => ({
    vector,
    target: new Float32Array([example.urgent ? 1 : 0]),
    weight: example.weight * (example.urgent ? 2 : 1),
  }))
  return {
    intent: average(seeds.map((seed) => fit(intents, { ...INTENT_OPTIONS, seed }))),
    category: average(seeds.map((seed) => fit(categories, { ...CATEGORY_OPTIONS, seed }))),
    urgent: fit(urgent, URGENT_OPTIONS),
  }
}

/** Calibration, found on folds no model was fitted on. */
export interface Calibration {
  readonly intentTemperature: number
  readonly categoryTemperature: number
  readonly urgentTemperature: number
  readonly urgentThreshold: number
}

export const UNCALIBRATED: Calibration = {
  intentTemperature: 1,
  categoryTemperature: 1,
  urgentTemperature: 1,
  urgentThreshold: 0.5,
}

const byte = (steps: number) => ZERO + Math.max(-127, Math.min(127, Math.round(steps)))
const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9)

const NO_WEIGHTS = new Float32Array()

/**
 * Rounds the weights to one byte each. Where more features are learnt than the tables have room for, the rarest go.
 */
export function quantise({ intent, category, urgent }: Models, calibration: Calibration): Weights {
  const steps = {
    intent: largest(intent.weights) / 127,
    category: largest(category.weights) / 127,
    urgent: largest(urgent.weights) / 127,
  }
  const commonest = [...intent.numbers].sort(
    ([a, i], [b, j]) => (intent.counts[j] as number) - (intent.counts[i] as number) || a - b,
  )
  const learnt = commonest.slice(0, MOST_ROWS).map(([hash]) => hash)
  const intents = emptyTable(learnt.length, INTENT_WORDS)
  const categories = emptyTable(learnt.length, CATEGORY_WORDS)
  const intentBytes = bytesOf(intents)
  const categoryBytes = bytesOf(categories)
  const weightsOf = (model: Linear, hash: number): Float32Array => {
    const number = model.numbers.get(hash)
    return number === undefined
      ? NO_WEIGHTS
      : model.weights.subarray(number * model.outputs, (number + 1) * model.outputs)
  }
  learnt.forEach((hash, row) => {
    const own = weightsOf(intent, hash)
    // What all intents share changes no probability; without it a weight tells what the feature speaks for.
    const mean = own.reduce((sum, w) => sum + w, 0) / Math.max(1, own.length)
    own.forEach((w, k) => {
      intentBytes[row * INTENT_WORDS * 4 + k] = byte((w - mean) / steps.intent)
    })
    intentBytes[row * INTENT_WORDS * 4 + URGENT] = byte((weightsOf(urgent, hash)[0] ?? 0) / steps.urgent)
    weightsOf(category, hash).forEach((w, k) => {
      categoryBytes[row * CATEGORY_WORDS * 4 + k] = byte(w / steps.category)
    })
  })
  const head = (model: Linear, step: number, options: FitOptions, temperature: number): Header['category'] => ({
    bias: [...model.bias],
    step,
    gramScale: options.gramScale,
    namedScale: options.namedScale,
    temperature,
  })
  return {
    header: {
      format: 6,
      features: learnt.length,
      intent: {
        ...head(intent, steps.intent, INTENT_OPTIONS, calibration.intentTemperature),
        requestMargin: REQUEST_MARGIN,
      },
      category: head(category, steps.category, CATEGORY_OPTIONS, calibration.categoryTemperature),
      urgent: {
        ...head(urgent, steps.urgent, URGENT_OPTIONS, calibration.urgentTemperature),
        threshold: calibration.urgentThreshold,
      },
    },
    rows: new FeatureRows(Int32Array.from(learnt)),
    intents,
    categories,
  }
}
