import { createHash } from 'node:crypto'
import type { Database } from '../db/client.js'
import { carryOut } from '../engine/decision.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/log.js'
import type { Made, Recipe } from '../kernel/making.js'
import type { Attached, OutgoingMessage, StoredMessage } from '../kernel/message.js'
import type { Module } from '../kernel/module.js'
import { NOT_MADE, TOO_LARGE } from './texts.js'

/** What every platform takes. */
const MAX_BYTES = 20 * 1024 * 1024
/** A maker that takes longer is given up: its conversation must not wait for ever. */
const MAX_MS = 120_000
/** The same picture goes to several, and is sent again after a failure: the last few are kept, up to so many bytes. */
const KEPT = 16
const KEPT_BYTES = 48 * 1024 * 1024

export interface WorkshopDependencies {
  readonly db: Database
  readonly modules: readonly Module[]
  readonly clock: Clock
  readonly logger: Logger
}

/** Makes what messages carry besides words, after the commit of what they tell. */
export interface Workshop {
  /** Never fails: a picture that cannot be made is left out, and the words say so. */
  make(recipe: Recipe): Promise<Made>
  /** A stored message as it goes out, and what is noted of its picture or file. */
  complete(
    stored: StoredMessage,
  ): Promise<{ readonly message: OutgoingMessage; readonly attached: readonly Attached[] }>
}

export function createWorkshop(deps: WorkshopDependencies): Workshop {
  const { db, clock, logger } = deps
  const makers = new Map(deps.modules.flatMap((module) => module.makers ?? []).map((one) => [one.name, one]))
  const kept = new Map<string, Promise<Made>>()
  const sizes = new Map<string, number>()

  async function makeNow({ maker, input }: Recipe): Promise<Made> {
    const found = makers.get(maker)
    if (!found) throw new Error(`no module makes ${maker}`)
    const made = await withinTime(found.make(db.read, input))
    if (sizeOf(made) > MAX_BYTES) return { text: TOO_LARGE }
    const { registers } = made
    if (registers) {
      const cause = { now: clock.now(), inboxId: null, actor: registers.actor }
      await db.write((tx) => carryOut(tx, deps.modules, { events: [registers.event], drafts: [] }, cause, null))
    }
    return made
  }

  function keep(key: string, made: Made): void {
    sizes.set(key, sizeOf(made))
    let bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0)
    for (const [oldest, size] of sizes) {
      if (sizes.size <= KEPT && bytes <= KEPT_BYTES) return
      bytes -= size
      sizes.delete(oldest)
      kept.delete(oldest)
    }
  }

  async function attempt(recipe: Recipe): Promise<Made | null> {
    const key = JSON.stringify(recipe)
    const making = kept.get(key) ?? makeNow(recipe)
    kept.set(key, making)
    try {
      const made = await making
      if (!sizes.has(key)) keep(key, made)
      return made
    } catch (error) {
      // Not kept: the next one may fare better.
      if (kept.get(key) === making) {
        kept.delete(key)
        logger.error({ err: error, maker: recipe.maker }, 'could not make what a message should carry')
      }
      return null
    }
  }

  const make = async (recipe: Recipe): Promise<Made> => (await attempt(recipe)) ?? { text: NOT_MADE }

  return {
    make,
    complete: async ({ attach, attached: _, ...words }) => {
      if (!attach) return { message: words, attached: [] }
      const { image, file, text } = await make(attach)
      const told = image || file ? text : [words.text, text].filter(Boolean).join('\n')
      const message: OutgoingMessage = {
        ...words,
        text: told ?? words.text,
        ...(image ? { image } : {}),
        ...(file ? { file } : {}),
      }
      return { message, attached: attachedOf(message) }
    },
  }
}

const sizeOf = ({ image, file }: Made): number => (image?.bytes.length ?? 0) + (file?.bytes.length ?? 0)

function attachedOf({ image, file }: OutgoingMessage): Attached[] {
  const note = (kind: Attached['kind'], name: string, mime: string, bytes: Uint8Array): Attached => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { kind, name, mime, bytes: bytes.length, sha256 }
  }
  return [
    ...(image ? [note('image', image.alt, image.mime, image.bytes)] : []),
    ...(file ? [note('file', file.name, file.mime, file.bytes)] : []),
  ]
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not made within ${MAX_MS / 1000} s`)), MAX_MS)
    timer.unref()
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
