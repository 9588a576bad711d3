import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Recogniser, UnderstandingContext } from '../kernel/intent.js'
import { loadRecogniser } from '../understanding/index.js'

const lineSchema = z.object({
  text: z.string(),
  chatKind: z.enum(['residents', 'workers', 'private']).optional(),
  quoted: z.string().optional(),
  senderRole: z.enum(['resident', 'worker', 'coordinator', 'manager', 'officer']).optional(),
  addressed: z.boolean().optional(),
  hasOpenRequest: z.boolean().optional(),
})
type Line = z.infer<typeof lineSchema>

/** Lines written at once; more only costs memory. */
const BATCH_LENGTH = 64 * 1024
const CONTEXT_KEYS = ['chatKind', 'quoted', 'senderRole', 'addressed', 'hasOpenRequest'] as const

function contextOf(line: Line): UnderstandingContext | undefined {
  return CONTEXT_KEYS.some((key) => line[key] !== undefined) ? line : undefined
}

function faultOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    return error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`).join('; ')
  }
  return error instanceof Error ? error.message : String(error)
}

/** One line of JSON to one line of JSON, never throwing: a faulty line becomes one with `error`. */
function answer(recogniser: Recogniser, line: string): string {
  try {
    const input = lineSchema.parse(JSON.parse(line))
    const { intent, category, urgent, address, confidence, requestProbability, reasons } = recogniser.understand(
      input.text,
      contextOf(input),
    )
    return JSON.stringify({
      intent,
      category,
      urgent,
      building: address.building,
      unit: address.unit,
      room: address.room,
      confidence: confidence.intent,
      confidences: { ...confidence, request: requestProbability },
      reasons,
    })
  } catch (error) {
    return JSON.stringify({ error: faultOf(error) })
  }
}

/**
 * Reads JSON lines `{"text": …}` and writes one JSON line for each, in order. Blank lines are skipped. Waits where the
 * reader is slower than we are; resolves when all input is answered.
 */
export async function understand(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<void> {
  const recogniser = loadRecogniser()
  let batch = ''
  const flush = async () => {
    if (batch === '') return
    const ready = output.write(batch)
    batch = ''
    if (!ready) await once(output, 'drain')
  }
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    batch += `${answer(recogniser, line.charCodeAt(0) === 0xfeff ? line.slice(1) : line)}\n`
    if (batch.length >= BATCH_LENGTH) await flush()
  }
  await flush()
}
