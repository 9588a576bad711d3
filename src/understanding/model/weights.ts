import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { CATEGORIES, INTENTS } from '../../kernel/intent.js'
import { BUCKETS } from '../features/bag.js'

/** Columns of the weight table: the intents, then the categories, then urgency. */
export const OUTPUTS = INTENTS.length + CATEGORIES.length + 1
export const FIRST_CATEGORY = INTENTS.length
export const URGENT = OUTPUTS - 1

const headerSchema = z.object({
  format: z.literal(1),
  buckets: z.literal(BUCKETS),
  /** What one step of a weight is worth, by column. */
  scales: z.array(z.number()).length(OUTPUTS),
  bias: z.array(z.number()).length(OUTPUTS),
  /** Value of an n-gram (divided by the root of their number) and of a named feature. */
  gramScale: z.number(),
  namedScale: z.number(),
  /** Divisors of the scores that make probabilities honest. */
  temperature: z.object({ intent: z.number(), category: z.number() }),
  /** Slope and offset of the urgency score. */
  urgency: z.object({ slope: z.number(), offset: z.number() }),
})
export type Header = z.infer<typeof headerSchema>

export interface Weights {
  readonly header: Header
  readonly table: Int8Array
}

/** The committed weights, at the package root so that src/ and dist/ both find them two levels up. */
export const WEIGHTS_FILE = new URL('../../../model/understanding.bin', import.meta.url)

/** The file: length of the header (4 bytes, little-endian), the header as JSON, then the table row by row. */
export function encodeWeights({ header, table }: Weights): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const bytes = new Uint8Array(4 + json.length + table.length)
  new DataView(bytes.buffer).setUint32(0, json.length, true)
  bytes.set(json, 4)
  bytes.set(new Uint8Array(table.buffer, table.byteOffset, table.length), 4 + json.length)
  return bytes
}

/** @throws Error where the file is missing, cut short or of another version */
export function loadWeights(file: URL = WEIGHTS_FILE): Weights {
  const bytes = readFileSync(file)
  const length = bytes.readUInt32LE(0)
  const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', 4, 4 + length)))
  const start = 4 + length
  if (bytes.length !== start + BUCKETS * OUTPUTS)
    throw new Error(`${file.pathname} has ${bytes.length} bytes: not whole`)
  return { header, table: new Int8Array(bytes.buffer, bytes.byteOffset + start, BUCKETS * OUTPUTS) }
}
