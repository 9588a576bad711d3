/**
 * Prints what the committed weights reach on messages they were not fitted on, and how fast they are.
 * `--worst N` lists more mistakes; `--input FILE` judges another file in the format of training/*.tsv.
 */
import { statSync } from 'node:fs'
import { loadWeights, WEIGHTS_FILE } from '../../src/understanding/model/weights.js'
import { createRecogniser } from '../../src/understanding/recogniser.js'
import { type Example, readKeptApart, readTsv } from '../../training/data.js'
import { addressOf, confusion, type Judged, measure, table } from '../../training/metrics.js'

const say = (text: string) => process.stdout.write(`${text}\n`)
const option = (name: string) => process.argv[process.argv.indexOf(name) + 1 || process.argv.length]

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function timeLoading(): number {
  const from = performance.now()
  createRecogniser(loadWeights()).understand('早')
  return performance.now() - from
}

function timeJudging(texts: readonly string[]): {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
} {
  const { understand } = createRecogniser(loadWeights())
  for (let round = 0; round < 10; round++) for (const text of texts) understand(text)
  const rounds = 20
  const from = performance.now()
  for (let round = 0; round < rounds; round++) for (const text of texts) understand(text)
  const seconds = (performance.now() - from) / 1000
  const each = new Float64Array(texts.length * rounds)
  for (let i = 0; i < each.length; i++) {
    const start = performance.now()
    understand(texts[i % texts.length] ?? '')
    each[i] = performance.now() - start
  }
  each.sort()
  return { perSecond: (texts.length * rounds) / seconds, p50: percentile(each, 0.5), p99: percentile(each, 0.99) }
}

/** The surest mistakes are the ones worth looking at. */
function worst(judged: readonly Judged[], most: number): string {
  return judged
    .filter(({ example, understood }) => example.intent !== understood.intent)
    .sort((a, b) => b.understood.confidence.intent - a.understood.confidence.intent)
    .slice(0, most)
    .map(({ example, understood }) => {
      const why = understood.reasons.map((reason) => reason.feature).join(' ')
      return `${understood.confidence.intent.toFixed(2)} ${example.intent} → ${understood.intent}  ${example.text.slice(0, 60)}  (${why})`
    })
    .join('\n')
}

const loading = timeLoading()
const file = option('--input')
const keptApart = readKeptApart()
const examples: readonly Example[] = file === undefined ? keptApart['held-out'] : readTsv(file, file)
const { understand } = createRecogniser(loadWeights())
const judge = (some: readonly Example[]) =>
  some.map((example) => ({ example, understood: understand(example.text, example.context) }))
const judged = judge(examples)

// The mistakes on the blind lines are never shown, so that nobody mends what they measure.
if (file === undefined) say(table({ 'held-out': measure(judged), blind: measure(judge(keptApart.blind)) }))
else say(table({ [file]: measure(judged) }))
say(`\nIntent: rows are labels, columns verdicts\n${confusion(judged, 'intent')}`)
say(`\nCategory\n${confusion(judged, 'category')}`)
say(`\nSurest mistakes\n${worst(judged, Number(option('--worst') ?? 15))}`)
const misread = judged.filter((j) => j.example.address !== addressOf(j.understood))
say(
  `\nMisread addresses\n${misread.map((j) => `${j.example.address} read ${addressOf(j.understood)}  ${j.example.text}`).join('\n')}`,
)
const { perSecond, p50, p99 } = timeJudging(examples.map((example) => example.text))
const megabytes = statSync(WEIGHTS_FILE).size / 1e6
say(
  `\nloaded and first message ${loading.toFixed(0)} ms, ${Math.round(perSecond)} messages/s on one core, ` +
    `p50 ${(p50 * 1000).toFixed(0)} µs, p99 ${(p99 * 1000).toFixed(0)} µs, weights ${megabytes.toFixed(2)} MB`,
)
