import { z } from 'zod'

const id = z.string().min(1).max(200)
/** Chosen by the page, so that a repeated attempt is the same message. */
const attempt = z.uuid().optional()
const where = { id: attempt, as: id, conversation: id }
export const MAX_TEXT = 4000
const text = z.string().trim().max(MAX_TEXT)

export const saySchema = z
  .object({
    ...where,
    text,
    quote: z.object({ id, text: z.string().max(500).optional() }).optional(),
    images: z.array(id).max(9).default([]),
  })
  .refine((say) => say.text !== '' || say.images.length > 0, { path: ['text'], error: '不能为空 / must not be empty' })

export const pressSchema = z.object({ ...where, messageId: id, data: z.string().min(1).max(200) })

export const editSchema = z.object({ ...where, messageId: id, text: text.min(1) })

export const historySchema = z.object({
  conversation: id,
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** How far the clock moves: a step, or so many hours or days. */
export const moveSchema = z.union([
  z.strictObject({ to: z.enum(['next_morning', 'month_end', 'next_month']) }),
  z.strictObject({ hours: z.int().min(1).max(744) }),
  z.strictObject({ days: z.int().min(1).max(31) }),
])
export type Move = z.infer<typeof moveSchema>
