import { loadWeights } from '../../src/understanding/model/weights.js'
import { createRecogniser } from '../../src/understanding/recogniser.js'
import { missing, peer } from '../peers.js'

/** Passes over all texts until the compiler has settled, and passes that count. */
const WARM_PASSES = 60
const PASSES = 100
const SINGLE_PASSES = 20

/** Messages a second over all passes, in the middle one, and in the fastest. */
export interface Rates {
  readonly mean: number
  readonly median: number
  readonly fastest: number
}

/** Of the recogniser; of jieba's segmentation alone in the same run, or null where it is not installed. */
export interface Speed {
  readonly ours: Rates
  readonly jieba: Rates | null
}

interface JiebaModule {
  readonly Jieba: { withDict(dict: Uint8Array): { cut(text: string, hmm: boolean): readonly string[] } }
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

async function segmenter(): Promise<((text: string) => unknown) | null> {
  if (missing(['@node-rs/jieba']).length > 0) return null
  const { Jieba } = await peer<JiebaModule>('@node-rs/jieba')
  const { dict } = await peer<{ readonly dict: Uint8Array }>('@node-rs/jieba/dict.js')
  const jieba = Jieba.withDict(dict)
  return (text) => jieba.cut(text, true)
}

function ratesOf(passes: readonly number[], messages: number): Rates {
  const sorted = Float64Array.from(passes).sort()
  const rate = (ms: number) => (messages * 1000) / ms
  return {
    mean: rate(passes.reduce((sum, ms) => sum + ms, 0) / passes.length),
    median: rate(percentile(sorted, 0.5)),
    fastest: rate(percentile(sorted, 0)),
  }
}

/** Both take turns, pass by pass, so that what else the machine does falls on both. */
export async function timeSpeed(texts: readonly string[]): Promise<Speed> {
  const cut = await segmenter()
  const { understand } = createRecogniser(loadWeights())
  const timed = (work: (text: string) => unknown) => {
    const from = performance.now()
    for (const text of texts) work(text)
    return performance.now() - from
  }
  const ours: number[] = []
  const theirs: number[] = []
  for (let pass = 0; pass < WARM_PASSES + PASSES; pass++) {
    ours.push(timed(understand))
    if (cut !== null) theirs.push(timed(cut))
  }
  return {
    ours: ratesOf(ours.slice(WARM_PASSES), texts.length),
    jieba: cut === null ? null : ratesOf(theirs.slice(WARM_PASSES), texts.length),
  }
}

/** How long single messages take, ms: half of them within p50, 99 of 100 within p99. */
export function timeSingly(texts: readonly string[]): { readonly p50: number; readonly p99: number } {
  const { understand } = createRecogniser(loadWeights())
  for (let pass = 0; pass < WARM_PASSES; pass++) for (const text of texts) understand(text)
  const each = new Float64Array(texts.length * SINGLE_PASSES)
  for (let i = 0; i < each.length; i++) {
    const start = performance.now()
    understand(texts[i % texts.length] ?? '')
    each[i] = performance.now() - start
  }
  each.sort()
  return { p50: percentile(each, 0.5), p99: percentile(each, 0.99) }
}
