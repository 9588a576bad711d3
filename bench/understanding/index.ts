/**
 * Prints what the committed weights reach on messages they were not fitted on, and how fast they are.
 * `--worst N` lists more mistakes; `--input FILE` judges another file in the format of training/*.tsv.
 */
import { statSync } from 'node:fs'
import { loadWeights, WEIGHTS_FILE } from '../../src/understanding/model/weights.js'
import { createRecogniser } from '../../src/understanding/recogniser.js'
import { type Example, readChatLines, readKeptApart, readTsv } from '../../training/data.js'
import { addressOf, confusion, type Judged, measure, table } from '../../training/metrics.js'
import { type Rates, timeSingly, timeSpeed } from './speed.js'

/** So many plain chat lines show the speed of short messages. */
const MOST_CHAT_LINES = 3000

const say = (text: string) => process.stdout.write(`${text}\n`)
const option = (name: string) => process.argv[process.argv.indexOf(name) + 1 || process.argv.length]

function timeLoading(): number {
  const from = performance.now()
  createRecogniser(loadWeights()).understand('早')
  return performance.now() - from
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
if (file === undefined) {
  say(table(Object.fromEntries(Object.entries(keptApart).map(([name, some]) => [name, measure(judge(some))]))))
}
if (file !== undefined) say(table({ [file]: measure(judged) }))
say(`\nIntent: rows are labels, columns verdicts\n${confusion(judged, 'intent')}`)
say(`\nCategory\n${confusion(judged, 'category')}`)
say(`\nSurest mistakes\n${worst(judged, Number(option('--worst') ?? 15))}`)
const misread = judged.filter((j) => j.example.address !== addressOf(j.understood))
say(
  `\nMisread addresses\n${misread.map((j) => `${j.example.address} read ${addressOf(j.understood)}  ${j.example.text}`).join('\n')}`,
)
const thousands = (rate: number) => Math.round(rate).toLocaleString('en')
const rates = ({ mean, median, fastest }: Rates) =>
  `mean ${thousands(mean)}, middle pass ${thousands(median)}, fastest ${thousands(fastest)}`
const micros = (ms: number) => `${(ms * 1000).toFixed(0)} µs`
const sets: Readonly<Record<string, readonly string[]>> = {
  'lines judged above': examples.map((example) => example.text),
  'plain chat': readChatLines().slice(0, MOST_CHAT_LINES),
}
say(`\nloaded and first message ${loading.toFixed(0)} ms, weights ${(statSync(WEIGHTS_FILE).size / 1e6).toFixed(2)} MB`)
for (const [name, texts] of Object.entries(sets)) {
  if (texts.length === 0) continue
  const length = texts.reduce((sum, text) => sum + text.length, 0) / texts.length
  const { p50, p99 } = timeSingly(texts)
  const { ours, jieba } = await timeSpeed(texts)
  say(
    `\n${name}: ${texts.length} messages of ${length.toFixed(0)} characters, one in ${micros(p50)} (p99 ${micros(p99)})`,
  )
  say(`messages/s on one core: ${rates(ours)}`)
  if (jieba === null) say('jieba is not installed: npm ci --prefix bench')
  else say(`jieba, segmentation alone: ${rates(jieba)}; ours is ${(ours.median / jieba.median).toFixed(2)} of it`)
}
