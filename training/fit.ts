/** A message as the models see it: hashes of its features; the first `grams` of them are n-grams. */
export interface Vector {
  readonly hashes: Int32Array
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
  /** Share of features hidden at each visit, so that no single one is leant on. */
  readonly dropout: number
  /** Features in fewer messages than this are left out: what occurs once teaches its message by heart. */
  readonly leastCount: number
  /**
   * 0 to 1: how far a weight learns at a pace of its own, by how much likelier the feature is under its output than
   * under the others (as naive Bayes would weigh it), instead of all alike.
   */
  readonly telling: number
  /** Power of how rare a feature is, by which it learns faster; 0 is all alike. */
  readonly rarity: number
}

export interface Linear {
  readonly outputs: number
  /** The place of each learnt feature. */
  readonly numbers: ReadonlyMap<number, number>
  /** In how many messages each learnt feature is. */
  readonly counts: readonly number[]
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
  const { outputs, weights, bias, numbers } = model
  out.set(bias)
  const { hashes, grams } = vector
  const gramValue = options.gramScale / Math.sqrt(Math.max(1, grams))
  hashes.forEach((hash, f) => {
    const number = numbers.get(hash)
    if (number === undefined) return
    const value = f < grams ? gramValue : options.namedScale
    for (let k = 0; k < outputs; k++) out[k] = (out[k] as number) + value * (weights[number * outputs + k] as number)
  })
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

/** The features that are learnt, and in how many messages each is. */
interface Chosen {
  readonly numbers: ReadonlyMap<number, number>
  readonly counts: readonly number[]
}

function choose(samples: readonly Sample[], leastCount: number): Chosen {
  const all = new Map<number, number>()
  for (const { vector } of samples) for (const hash of new Set(vector.hashes)) all.set(hash, (all.get(hash) ?? 0) + 1)
  const often = [...all].filter(([, count]) => count >= leastCount)
  return { numbers: new Map(often.map(([hash], f) => [hash, f])), counts: often.map(([, count]) => count) }
}

const MOST_LOG_RATIO = 3

/** The pace of each weight. */
function paces(samples: readonly Sample[], chosen: Chosen, { outputs, telling, rarity }: FitOptions): Float32Array {
  const { counts, numbers } = chosen
  const size = counts.length
  const pace = new Float32Array(size * outputs).fill(1)
  if (telling > 0) {
    const mass = new Float64Array(size * outputs).fill(1)
    const totals = new Float64Array(outputs).fill(size)
    for (const { vector, target, weight } of samples) {
      for (const hash of vector.hashes) {
        const number = numbers.get(hash)
        if (number === undefined) continue
        const base = number * outputs
        for (let k = 0; k < outputs; k++) {
          const share = weight * (target[k] as number)
          mass[base + k] = (mass[base + k] as number) + share
          totals[k] = (totals[k] as number) + share
        }
      }
    }
    const whole = totals.reduce((sum, total) => sum + total, 0)
    for (let f = 0; f < size; f++) {
      let all = 0
      for (let k = 0; k < outputs; k++) all += mass[f * outputs + k] as number
      for (let k = 0; k < outputs; k++) {
        const own = mass[f * outputs + k] as number
        const total = totals[k] as number
        const ratio = Math.abs(Math.log(own / total / ((all - own) / (whole - total))))
        pace[f * outputs + k] = 1 - telling + telling * Math.min(MOST_LOG_RATIO, ratio)
      }
    }
  }
  if (rarity > 0) {
    for (let f = 0; f < size; f++) {
      const rare = (Math.log(1 + samples.length / (counts[f] as number)) / 4) ** rarity
      for (let k = 0; k < outputs; k++) pace[f * outputs + k] = (pace[f * outputs + k] as number) * rare
    }
  }
  return pace
}

/** A sample with its chosen features only: where their weights start, and what each counts. */
interface Compact extends Sample {
  readonly bases: Int32Array
  readonly values: Float32Array
}

function compact(
  sample: Sample,
  numbers: ReadonlyMap<number, number>,
  { outputs, gramScale, namedScale }: FitOptions,
): Compact {
  const { hashes, grams } = sample.vector
  const gramValue = gramScale / Math.sqrt(Math.max(1, grams))
  const bases: number[] = []
  const values: number[] = []
  hashes.forEach((hash, f) => {
    const number = numbers.get(hash)
    if (number === undefined) return
    bases.push(number * outputs)
    values.push(f < grams ? gramValue : namedScale)
  })
  return { ...sample, bases: Int32Array.from(bases), values: Float32Array.from(values) }
}

/**
 * Multinomial (or, with one output, binary) logistic regression by AdaGrad with L2, weights averaged over the last
 * half of the epochs. Deterministic.
 */
export function fit(samples: readonly Sample[], options: FitOptions): Linear {
  const { outputs, epochs, rate, l2, dropout } = options
  const chosen = choose(samples, options.leastCount)
  const pace = paces(samples, chosen, options)
  const compacted = samples.map((sample) => compact(sample, chosen.numbers, options))
  const weights = new Float32Array(pace.length)
  const squares = new Float32Array(pace.length).fill(1e-3)
  const mean = new Float32Array(pace.length)
  const bias = new Float32Array(outputs)
  const meanBias = new Float32Array(outputs)
  const kept = new Int32Array(compacted.reduce((most, { bases }) => Math.max(most, bases.length), 0))
  const next = random(options.seed)
  const out = new Float32Array(outputs)
  const from = Math.floor(epochs / 2)
  for (let epoch = 0; epoch < epochs; epoch++) {
    const step = rate / (1 + epoch * 0.15)
    for (const { bases, values, target, weight } of shuffled(compacted, next)) {
      let count = 0
      for (let f = 0; f < bases.length; f++) if (dropout === 0 || next() >= dropout) kept[count++] = f
      out.set(bias)
      for (let i = 0; i < count; i++) {
        const f = kept[i] as number
        const base = bases[f] as number
        const value = (values[f] as number) / (1 - dropout)
        for (let k = 0; k < outputs; k++) {
          out[k] = (out[k] as number) + value * (weights[base + k] as number) * (pace[base + k] as number)
        }
      }
      if (outputs === 1) sigmoid(out)
      else softmax(out)
      for (let k = 0; k < outputs; k++) {
        out[k] = ((out[k] as number) - (target[k] as number)) * weight
        bias[k] = (bias[k] as number) - 0.02 * step * (out[k] as number)
      }
      for (let i = 0; i < count; i++) {
        const f = kept[i] as number
        const base = bases[f] as number
        const value = (values[f] as number) / (1 - dropout)
        for (let k = 0; k < outputs; k++) {
          const at = base + k
          const gradient = value * (pace[at] as number) * (out[k] as number) + l2 * (weights[at] as number)
          const square = (squares[at] as number) + gradient * gradient
          squares[at] = square
          weights[at] = (weights[at] as number) - (step * gradient) / Math.sqrt(square)
        }
      }
    }
    if (epoch >= from) {
      for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (weights[i] as number)
      for (let k = 0; k < outputs; k++) meanBias[k] = (meanBias[k] as number) + (bias[k] as number)
    }
  }
  const share = 1 / (epochs - from)
  return {
    outputs,
    ...chosen,
    weights: mean.map((w, at) => share * w * (pace[at] as number)),
    bias: meanBias.map((b) => b * share),
  }
}
