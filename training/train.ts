import { mkdirSync, writeFileSync } from 'node:fs'
import { CATEGORIES, INTENTS } from '../src/kernel/intent.js'
import { BUCKETS } from '../src/understanding/features/bag.js'
import { encodeWeights, type Header, OUTPUTS, WEIGHTS_FILE } from '../src/understanding/model/weights.js'
import { readDev, readTraining } from './data.js'
import { type FitOptions, fit } from './fit.js'
import { vectorise } from './vectorise.js'

const options: FitOptions = {
  outputs: 7,
  epochs: 14,
  rate: 0.3,
  l2: 1e-5,
  gramScale: 1,
  namedScale: 0.25,
  seed: 1,
  dropout: 0,
}
const oneHot = (size: number, at: number) => Float32Array.from({ length: size }, (_, k) => (k === at ? 1 : 0))

const data = [...readTraining(), ...readDev()].map((e) => ({ e, vector: vectorise(e.text, e.context) }))
const intents = fit(
  data.map(({ e, vector }) => ({ vector, target: oneHot(7, INTENTS.indexOf(e.intent)), weight: e.weight })),
  options,
)
const categories = fit(
  data.flatMap(({ e, vector }) =>
    e.category === null ? [] : [{ vector, target: oneHot(14, CATEGORIES.indexOf(e.category)), weight: e.weight }],
  ),
  { ...options, outputs: 14 },
)
const urgency = fit(
  data.map(({ e, vector }) => ({ vector, target: new Float32Array([e.urgent ? 1 : 0]), weight: e.urgent ? 2 : 1 })),
  { ...options, outputs: 1 },
)
const models = [intents, categories, urgency]
const bias = models.flatMap((m) => [...m.bias])
const columns = models.flatMap((m) => Array.from({ length: m.outputs }, (_, k) => ({ m, k })))
const scales = columns.map(({ m, k }) => {
  let most = 0
  for (let row = 0; row < BUCKETS; row++) most = Math.max(most, Math.abs(m.weights[row * m.outputs + k] ?? 0))
  return most / 127
})
const table = new Int8Array(BUCKETS * OUTPUTS)
columns.forEach(({ m, k }, c) => {
  for (let row = 0; row < BUCKETS; row++)
    table[row * OUTPUTS + c] = Math.round((m.weights[row * m.outputs + k] ?? 0) / (scales[c] ?? 1))
})
const header: Header = {
  format: 1,
  buckets: BUCKETS,
  scales,
  bias,
  gramScale: options.gramScale,
  namedScale: options.namedScale,
  temperature: { intent: 1, category: 1 },
  urgency: { slope: 1, offset: 0.5 },
}
mkdirSync(new URL('.', WEIGHTS_FILE), { recursive: true })
writeFileSync(WEIGHTS_FILE, encodeWeights({ header, table }))
