import { Cron } from 'croner'

/** A slot more than this many behind is never run one by one. */
const MAX_SLOTS = 2_000

/** Slots of a five-field cron expression in (from, to], in the given zone, oldest first. */
export function slotsBetween(expression: string, timezone: string, from: Date, to: Date): Date[] {
  const cron = new Cron(expression, { timezone, paused: true, mode: '5-part' })
  const slots: Date[] = []
  for (let next = cron.nextRun(from); next && next <= to && slots.length < MAX_SLOTS; next = cron.nextRun(next))
    slots.push(next)
  return slots
}

/** The next slot after an instant; null when there is none. */
export const nextSlot = (expression: string, timezone: string, after: Date): Date | null =>
  new Cron(expression, { timezone, paused: true, mode: '5-part' }).nextRun(after)
