import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { CATEGORIES, INTENTS } from '../../kernel/intent.js'
import { FeatureRows, MOST_ROWS } from '../features/rows.js'

/** Columns of the first table: the intents, then urgency. */
export const URGENT = INTENTS.length
/** Words in a row of the first table, and of the second; that one is read only where a message has a category. */
export const INTENT_WORDS = 2
export const CATEGORY_WORDS = 4
export const CATEGORY_COLUMNS = CATEGORIES.length
/** What a weight of nothing is stored as. */
export const ZERO = 128
const ZERO_WORD = 0x80808080

const headSchema = (outputs: number) =>
  z.object({
    bias: z.array(z.number()).length(outputs),
    /** What one step of a weight is worth. */
    step: z.number(),
    /** Value of an n-gram, divided by the root of their number, and of a named feature. */
    gramScale: z.number(),
    namedScale: z.number(),
    /** Divisor of the scores that makes probabilities honest. */
    temperature: z.number(),
  })
const headerSchema = z.object({
  format: z.literal(6),
  features: z.int().positive().max(MOST_ROWS),
  intent: headSchema(INTENTS.length).extend({
    /** How many times likelier than anything else a request must be to be called one. */
    requestMargin: z.number().positive(),
  }),
  category: headSchema(CATEGORY_COLUMNS),
  urgent: headSchema(1).extend({
    /** Probability from which a message counts as urgent. */
    threshold: z.number(),
  }),
})
export type Header = z.infer<typeof headerSchema>

/** Four weights in a word, the first in its lowest byte, each with ZERO added; one row a feature. */
export type Packed = Uint32Array

/** The intents' weights of a row have a mean of nothing, so that each is what the feature says for it. */
export interface Weights {
  readonly header: Header
  readonly rows: FeatureRows
  readonly intents: Packed
  readonly categories: Packed
}

export const emptyTable = (features: number, words: number): Packed => new Uint32Array(features * words).fill(ZERO_WORD)

/** The weights of a table byte by byte, to be read less ZERO. */
export const bytesOf = (table: Packed | Int32Array): Uint8Array =>
  new Uint8Array(table.buffer, table.byteOffset, table.byteLength)

/** The committed weights, at the package root so that src/ and dist/ both find them three levels up. */
export const WEIGHTS_FILE = new URL('../../../model/understanding.bin', import.meta.url)

/** The file: length of the header (4 bytes, little-endian), the header as JSON, the hashes, then the two tables. */
export function encodeWeights({ header, rows, intents, categories }: Weights): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, json.length, true)
  return Buffer.concat([length, json, bytesOf(rows.hashes), bytesOf(intents), bytesOf(categories)])
}

/** @throws Error where the file is missing, cut short or of another version */
export function loadWeights(file: URL = WEIGHTS_FILE): Weights {
  const bytes = readFileSync(file)
  const start = 4 + bytes.readUInt32LE(0)
  const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', 4, start)))
  const first = start + header.features * 4
  const second = first + header.features * INTENT_WORDS * 4
  const end = second + header.features * CATEGORY_WORDS * 4
  if (bytes.length !== end) throw new Error(`${file.pathname} has ${bytes.length} bytes instead of ${end}`)
  // Copies, so that words start at even addresses and the file's buffer can go.
  const part = (from: number, to: number) => Uint8Array.from(bytes.subarray(from, to)).buffer
  return {
    header,
    rows: new FeatureRows(new Int32Array(part(start, first))),
    intents: new Uint32Array(part(first, second)),
    categories: new Uint32Array(part(second, end)),
  }
}
