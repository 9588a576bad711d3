import { Cron } from 'croner'

const HOUR_MS = 3_600_000
const parsed = new Map<string, Cron>()

/** Parsing costs more than asking; expressions are few. */
function cronOf(expression: string, timezone: string): Cron {
  const key = `${expression} ${timezone}`
  const known = parsed.get(key)
  if (known) return known
  const cron = new Cron(expression, { timezone, paused: true })
  parsed.set(key, cron)
  return cron
}

/** Slots of a five-field cron expression in (from, to], in the given zone, oldest first. */
export function slotsBetween(expression: string, timezone: string, from: Date, to: Date): Date[] {
  const cron = cronOf(expression, timezone)
  const slots: Date[] = []
  for (let next = cron.nextRun(from); next && next <= to; next = cron.nextRun(next)) slots.push(next)
  return slots
}

const MOST_REMEMBERED = 1000
const remembered = new Map<string, Date | null>()

/** Communities share expressions and are asked one after another for the same instant. */
function once(key: string, find: () => Date | null): Date | null {
  const known = remembered.get(key)
  if (known !== undefined) return known
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  const found = find()
  remembered.set(key, found)
  return found
}

/** The last slot in (from, to]; null when there is none. Looks back ten minutes, an hour, a day, then the whole span. */
export function latestSlot(expression: string, timezone: string, from: Date, to: Date): Date | null {
  for (const span of [HOUR_MS / 6, HOUR_MS, 24 * HOUR_MS, Number.POSITIVE_INFINITY]) {
    const start = new Date(Math.max(from.getTime(), to.getTime() - span))
    const slot = once(
      `${expression} ${timezone} ${start.getTime()} ${to.getTime()}`,
      () => slotsBetween(expression, timezone, start, to).at(-1) ?? null,
    )
    if (slot) return slot
    if (start.getTime() === from.getTime()) return null
  }
  return null
}

/** The next slot after an instant; null when there is none. */
export const nextSlot = (expression: string, timezone: string, after: Date): Date | null =>
  once(`${expression} ${timezone} ${after.getTime()}`, () => cronOf(expression, timezone).nextRun(after))
