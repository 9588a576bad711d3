import { z } from 'zod'

/** Where a column of a page of one's own takes its value: a part of the entry, or a field of its data. */
const source = z.union([
  z.enum(['at', 'seq', 'page', 'type', 'subject', 'grid', 'worker', 'text', 'actor']),
  z.string().regex(/^data(\.[A-Za-z][A-Za-z0-9_]*){1,4}$/),
])

/**
 * A ledger page a community defines for itself, without code: which entries, which columns, over which period. It fills
 * itself from what is written anyway. Stored in Community.settings under ledger.pages.
 */
export const customPageSchema = z.object({
  /** Its name in addresses and commands; own pages are told apart by `own-` before it. */
  page: z.string().regex(/^own-[a-z0-9-]{1,30}$/),
  /** Chinese name. */
  title: z.string().min(1).max(20),
  /** Paper ledgers that need not be kept any more. */
  replaces: z.array(z.string().min(1).max(30)).max(50).default([]),
  /** Entries that belong to it; what is left out lets all pass, but not everything may be left out. */
  filter: z
    .object({
      pages: z.array(z.string().min(1).max(40)).min(1).optional(),
      types: z.array(z.string().min(1).max(60)).min(1).optional(),
      gridIds: z.array(z.number().int().positive()).min(1).optional(),
    })
    .refine((filter) => filter.pages || filter.types, '至少要写 pages 或 types'),
  columns: z
    .array(
      z.object({
        header: z.string().min(1).max(20),
        from: source,
        /** Characters. */
        width: z.number().int().min(4).max(100).default(16),
        as: z.enum(['text', 'number', 'date']).default('text'),
      }),
    )
    .min(1)
    .max(40),
  /** What is shown when nobody asks for another span. */
  period: z.enum(['month', 'year', 'all']).default('month'),
})
export type CustomPage = z.output<typeof customPageSchema>
