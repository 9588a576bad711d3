import { z } from 'zod'
import { type CustomPage, customPageSchema } from '../../kernel/custom-page.js'

/** Columns a form offers at most. */
export const MOST_COLUMNS = 16

type Form = Readonly<Record<string, unknown>>

const one = (form: Form, name: string): string => {
  const value = [form[name]].flat()[0]
  return typeof value === 'string' ? value.trim() : ''
}
const many = (form: Form, name: string): string[] =>
  [form[name] ?? []].flat().filter((value): value is string => typeof value === 'string' && value !== '')

/** A page as a form sent it, not yet checked: columns without a header are left out. */
export function draftOf(form: Form, page: string): unknown {
  const [pages, types, grids] = ['pages', 'types', 'grids'].map((name) => many(form, name)) as [
    string[],
    string[],
    string[],
  ]
  const columns = Array.from({ length: MOST_COLUMNS }, (_, index) => ({
    header: one(form, `header${index}`),
    from: one(form, `from${index}`),
    width: Number(one(form, `width${index}`) || 16),
    as: one(form, `as${index}`) || 'text',
  }))
  return {
    page,
    title: one(form, 'title'),
    replaces: one(form, 'replaces')
      .split(/[\n、，,;；]+/)
      .map((name) => name.trim())
      .filter(Boolean),
    filter: {
      ...(pages.length > 0 ? { pages } : {}),
      ...(types.length > 0 ? { types } : {}),
      ...(grids.length > 0 ? { gridIds: grids.map(Number) } : {}),
    },
    columns: columns.filter((column) => column.header !== ''),
    period: one(form, 'period') || 'month',
  }
}

const HINTS: Readonly<Record<string, string>> = {
  title: '请写这一页的名字，最多 20 个字。',
  replaces: '代替的纸质台账：每个名字最多 30 个字，最多 50 本。',
  filter: '请至少选一页或一种记录，不能什么都不选。',
  columns: '请至少留一列；表头最多 20 个字，宽度 4 到 100。',
  period: '请选看多久的。',
}

export type Checked =
  | { readonly page: CustomPage; readonly faults: readonly [] }
  | { readonly page: null; readonly faults: readonly string[] }

/** The page, or what has to be mended, in words. */
export function checkPage(draft: unknown): Checked {
  const parsed = customPageSchema.safeParse(draft)
  if (parsed.success) return { page: parsed.data, faults: [] }
  const parts = new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? '')))
  return { page: null, faults: [...parts].map((part) => HINTS[part] ?? '有一项没有填对。') }
}

const loose = z.object({
  title: z.string().catch(''),
  replaces: z.array(z.string()).catch([]),
  filter: z
    .object({
      pages: z.array(z.string()).catch([]).default([]),
      types: z.array(z.string()).catch([]).default([]),
      gridIds: z.array(z.number()).catch([]).default([]),
    })
    .catch({ pages: [], types: [], gridIds: [] }),
  columns: z
    .array(z.object({ header: z.string(), from: z.string(), width: z.number().catch(16), as: z.string() }))
    .catch([]),
  period: z.string().catch('month'),
})
export type LoosePage = z.infer<typeof loose>

/** What a form shows again, right or wrong. */
export const looseOf = (draft: unknown): LoosePage => loose.parse(draft)
