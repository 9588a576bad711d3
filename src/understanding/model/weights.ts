import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { CATEGORIES, INTENTS } from '../../kernel/intent.js'
import { BUCKETS } from '../features/bag.js'

/** Columns of the first table: the intents, then urgency. */
export const URGENT = INTENTS.length
export const INTENT_COLUMNS = INTENTS.length + 1
/** Columns of the second table; it is read only where a message has a category. */
export const CATEGORY_COLUMNS = CATEGORIES.length

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
  format: z.literal(3),
  buckets: z.literal(BUCKETS),
  intent: headSchema(INTENTS.length).extend({
    /** How many times likelier than anything else a request must be to be called one. */
    requestMargin: z.number().min(1),
  }),
  category: headSchema(CATEGORY_COLUMNS),
  urgent: headSchema(1).extend({
    /** Probability from which a message counts as urgent. */
    threshold: z.number(),
  }),
})
export type Header = z.infer<typeof headerSchema>

/** Both tables are row-major with one row a bucket. */
export interface Weights {
  readonly header: Header
  readonly intents: Int8Array
  readonly categories: Int8Array
}

/** The committed weights, at the package root so that src/ and dist/ both find them three levels up. */
export const WEIGHTS_FILE = new URL('../../../model/understanding.bin', import.meta.url)

const view = (table: Int8Array) => new Uint8Array(table.buffer, table.byteOffset, table.length)

/** The file: length of the header (4 bytes, little-endian), the header as JSON, then the two tables. */
export function encodeWeights({ header, intents, categories }: Weights): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, json.length, true)
  return Buffer.concat([length, json, view(intents), view(categories)])
}

/** @throws Error where the file is missing, cut short or of another version */
export function loadWeights(file: URL = WEIGHTS_FILE): Weights {
  const bytes = readFileSync(file)
  const start = 4 + bytes.readUInt32LE(0)
  const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', 4, start)))
  const second = start + BUCKETS * INTENT_COLUMNS
  const end = second + BUCKETS * CATEGORY_COLUMNS
  if (bytes.length !== end) throw new Error(`${file.pathname} has ${bytes.length} bytes instead of ${end}`)
  // Copies, so that rows start at even addresses and the file's buffer can go.
  return {
    header,
    intents: new Int8Array(bytes.buffer, bytes.byteOffset + start, second - start).slice(),
    categories: new Int8Array(bytes.buffer, bytes.byteOffset + second, end - second).slice(),
  }
}
