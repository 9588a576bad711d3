import { mkdirSync, writeFileSync } from 'node:fs'
import { CATEGORIES, INTENTS } from '../src/kernel/intent.js'
import { encodeWeights, WEIGHTS_FILE } from '../src/understanding/model/weights.js'
import { createRecogniser } from '../src/understanding/recogniser.js'
import { bestTemperature, calibrateUrgency, type Scored, type UrgentScored } from './calibrate.js'
import { readChatLines, readDev, readKeptApart, readTitles, readTraining } from './data.js'
import { random, scores, shuffled } from './fit.js'
import { confusion, type Judged, measure, table } from './metrics.js'
import {
  CATEGORY_OPTIONS,
  type Calibration,
  fitModels,
  INTENT_OPTIONS,
  type Models,
  quantise,
  SEEDS,
  type Seen,
  UNCALIBRATED,
  URGENT_OPTIONS,
  type Weak,
} from './models.js'
import { vectorise } from './vectorise.js'

const FOLDS = 5
const see = (examples: readonly Seen['example'][]): Seen[] =>
  examples.map((example) => ({ example, vector: vectorise(example.text, example.context) }))

function rawScores(models: Models, seen: Seen, intents: Scored[], categories: Scored[], urgency: UrgentScored[]): void {
  const { example, vector } = seen
  const intent = new Float32Array(INTENTS.length)
  scores(models.intent, vector, INTENT_OPTIONS, intent)
  intents.push({ scores: intent, right: INTENTS.indexOf(example.intent) })
  const urgent = new Float32Array(1)
  scores(models.urgent, vector, URGENT_OPTIONS, urgent)
  urgency.push({ score: urgent[0] as number, urgent: example.urgent })
  if (example.category === null) return
  const category = new Float32Array(CATEGORIES.length)
  scores(models.category, vector, CATEGORY_OPTIONS, category)
  categories.push({ scores: category, right: CATEGORIES.indexOf(example.category) })
}

/**
 * Five folds: each message is judged by models that never saw it; one of a kind, not several averaged, to save time.
 * Gives the calibration and the verdicts.
 */
function crossValidate(
  seen: readonly Seen[],
  weak: Weak,
): { calibration: Calibration; models: Models[]; folds: Seen[][] } {
  const order = shuffled(seen, random(7))
  const folds = Array.from({ length: FOLDS }, (_, fold) => order.filter((_, i) => i % FOLDS === fold))
  const intents: Scored[] = []
  const categories: Scored[] = []
  const urgency: UrgentScored[] = []
  const models = folds.map((held) => {
    const fitted = fitModels(
      order.filter((_, i) => folds[i % FOLDS] !== held),
      weak,
      SEEDS.slice(0, 1),
    )
    for (const s of held) rawScores(fitted, s, intents, categories, urgency)
    return fitted
  })
  const calibration = {
    intentTemperature: bestTemperature(intents),
    categoryTemperature: bestTemperature(categories),
    ...calibrateUrgency(urgency),
  }
  return { calibration, models, folds }
}

function judge(models: Models, calibration: Calibration, examples: readonly Seen['example'][]): Judged[] {
  const { understand } = createRecogniser(quantise(models, calibration))
  return examples.map((example) => ({ example, understood: understand(example.text, example.context) }))
}

const say = (text: string) => process.stdout.write(`${text}\n`)
const quick = process.argv.includes('--quick')
const hand = see(readTraining())
const dev = readDev()
const seenDev = see(dev)
const titles = readTitles()
const chat = readChatLines()
const weakOf = (ofTitles: readonly string[], ofChat: readonly string[], share: number): Weak => ({
  titles: ofTitles.map((text) => vectorise(text, {})),
  chat: ofChat.map((text) => vectorise(text, {})),
  share,
})
const isLearnt = (_: string, i: number) => i % 2 === 0
const weak = weakOf(titles.filter(isLearnt), chat.filter(isLearnt), 1)
say(
  `${hand.length} hand-written, ${dev.length} development, ${weak.titles.length} titles, ${weak.chat.length} chat lines`,
)

let calibration = UNCALIBRATED
if (!quick) {
  const validated = crossValidate(hand, weak)
  calibration = validated.calibration
  const judged = validated.folds.flatMap((fold, i) =>
    judge(
      validated.models[i] as Models,
      calibration,
      fold.map((s) => s.example),
    ),
  )
  const sources = [...new Set(judged.map((j) => j.example.source))].sort()
  const bySource = sources.map(
    (source) => [source, measure(judged.filter((j) => j.example.source === source))] as const,
  )
  say('\nCross-validation, five folds, by file')
  say(table({ all: measure(judged), ...Object.fromEntries(bySource) }))
  say(`\n${confusion(judged, 'intent')}\n\n${confusion(judged, 'category')}`)
  say(`\n${JSON.stringify(calibration)}`)
}
// Before the development set and the other halves are learnt from, they measure.
const withoutDev = fitModels(hand, weak)
const rows: Record<string, Readonly<Record<string, number>>> = {}
if (dev.length > 0) rows['chat-dev'] = measure(judge(withoutDev, calibration, dev))
for (const [name, examples] of Object.entries(readKeptApart())) {
  rows[name] = measure(judge(withoutDev, calibration, examples))
}
say(`\nNot learnt from\n${table(rows)}`)
const { understand } = createRecogniser(quantise(withoutDev, calibration))
if (titles.length > 0) {
  const unseenTitles = titles.filter((_, i) => i % 2 !== 0)
  const asked = unseenTitles.filter((text) => /request|consult/.test(understand(text).intent)).length
  say(`titles seen as request or consult: ${(asked / unseenTitles.length).toFixed(4)}`)
}
if (chat.length > 0) {
  const unseenChat = chat.filter((_, i) => i % 2 !== 0)
  const verdicts = unseenChat.map((text) => understand(text).intent)
  const share = (test: (intent: string) => boolean) => (verdicts.filter(test).length / verdicts.length).toFixed(4)
  say(`chat lines not logged: ${share((i) => i !== 'request')}, called chatter: ${share((i) => i === 'chatter')}`)
}
const models = fitModels([...hand, ...seenDev], weakOf(titles, chat, 0.5))
mkdirSync(new URL('.', WEIGHTS_FILE), { recursive: true })
writeFileSync(WEIGHTS_FILE, encodeWeights(quantise(models, calibration)))
say(`\nwritten: ${WEIGHTS_FILE.pathname}`)
