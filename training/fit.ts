import { BUCKETS } from '../src/understanding/features/bag.js'

/** A message as the models see it: rows of the weight table; the first `grams` of them are n-grams. */
export interface Vector {
  readonly rows: Int32Array
  readonly grams: number
}

/** One vector with the probability each output should get. */
export interface Sample {
  readonly vector: Vector
  readonly target: Float32Array
  readonly weight: number
}

export interface FitOptions {
  readonly outputs: number
  readonly epochs: number
  readonly rate: number
  /** Pull of all weights towards zero. */
  readonly l2: number
  readonly gramScale: number
  readonly namedScale: number
  readonly seed: number
  /** Share of n-grams hidden at each visit, so that no single one is leant on. */
  readonly dropout: number
}

export interface Linear {
  readonly outputs: number
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/** A small deterministic generator (mulberry32): the same seed gives the same weights. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const out = [...items]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    const a = out[i] as T
    out[i] = out[j] as T
    out[j] = a
  }
  return out
}

export function scores(model: Linear, vector: Vector, options: FitOptions, out: Float32Array): void {
  const { outputs, weights, bias } = model
  out.set(bias)
  const { rows, grams } = vector
  const gramValue = options.gramScale / Math.sqrt(Math.max(1, grams))
  for (let f = 0; f < rows.length; f++) {
    const value = f < grams ? gramValue : options.namedScale
    const base = (rows[f] as number) * outputs
    for (let k = 0; k < outputs; k++) out[k] = (out[k] as number) + value * (weights[base + k] as number)
  }
}

export function softmax(values: Float32Array): void {
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > most) most = value
  let sum = 0
  for (let k = 0; k < values.length; k++) {
    const e = Math.exp((values[k] as number) - most)
    values[k] = e
    sum += e
  }
  for (let k = 0; k < values.length; k++) values[k] = (values[k] as number) / sum
}

export function sigmoid(values: Float32Array): void {
  for (let k = 0; k < values.length; k++) values[k] = 1 / (1 + Math.exp(-(values[k] as number)))
}

/**
 * Multinomial (or, with one output, binary) logistic regression by AdaGrad with L2, weights averaged over the last
 * half of the epochs. Deterministic.
 */
export function fit(samples: readonly Sample[], options: FitOptions): Linear {
  const { outputs, epochs, rate, l2, gramScale, namedScale } = options
  const weights = new Float32Array(BUCKETS * outputs)
  const squares = new Float32Array(BUCKETS * outputs).fill(1e-3)
  const bias = new Float32Array(outputs)
  const mean = new Float32Array(BUCKETS * outputs)
  const meanBias = new Float32Array(outputs)
  const next = random(options.seed)
  const out = new Float32Array(outputs)
  const from = Math.floor(epochs / 2)
  for (let epoch = 0; epoch < epochs; epoch++) {
    const step = rate / (1 + epoch * 0.15)
    for (const { vector, target, weight } of shuffled(samples, next)) {
      const { rows, grams } = vector
      const kept: number[] = []
      for (let f = 0; f < rows.length; f++) if (options.dropout === 0 || next() >= options.dropout) kept.push(f)
      const gramValue = gramScale / Math.sqrt(Math.max(1, grams)) / (1 - options.dropout)
      const namedValue = namedScale / (1 - options.dropout)
      out.set(bias)
      for (const f of kept) {
        const value = f < grams ? gramValue : namedValue
        const base = (rows[f] as number) * outputs
        for (let k = 0; k < outputs; k++) out[k] = (out[k] as number) + value * (weights[base + k] as number)
      }
      if (outputs === 1) sigmoid(out)
      else softmax(out)
      for (let k = 0; k < outputs; k++) out[k] = ((out[k] as number) - (target[k] as number)) * weight
      for (let k = 0; k < outputs; k++) bias[k] = (bias[k] as number) - 0.02 * step * (out[k] as number)
      for (const f of kept) {
        const value = f < grams ? gramValue : namedValue
        const base = (rows[f] as number) * outputs
        for (let k = 0; k < outputs; k++) {
          const at = base + k
          const gradient = value * (out[k] as number) + l2 * (weights[at] as number)
          squares[at] = (squares[at] as number) + gradient * gradient
          weights[at] = (weights[at] as number) - (step * gradient) / Math.sqrt(squares[at] as number)
        }
      }
    }
    if (epoch >= from) {
      for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (weights[i] as number)
      for (let k = 0; k < outputs; k++) meanBias[k] = (meanBias[k] as number) + (bias[k] as number)
    }
  }
  const share = 1 / (epochs - from)
  return { outputs, weights: mean.map((w) => w * share), bias: meanBias.map((b) => b * share) }
}
