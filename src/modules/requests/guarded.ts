import { z } from 'zod'
import type { DomainEvent } from '../../kernel/module.js'

/** An address as events carry it. */
export const addressSchema = z.object({
  building: z.string().nullable(),
  unit: z.string().nullable(),
  room: z.string().nullable(),
})

/** The state the event assumes must hold, or the turn is undone. */
export async function guarded(update: Promise<{ count: number }>, event: DomainEvent): Promise<void> {
  const { count } = await update
  if (count !== 1) throw new Error(`${event.type} no longer fits ${event.subject}`)
}
