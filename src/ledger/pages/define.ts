import type { z } from 'zod'
import { type CustomPage, customPageSchema } from '../../kernel/custom-page.js'
import type { DomainEvent } from '../../kernel/module.js'

/** A definition as it was read: the page, or what is wrong with it, one line a fault. */
export type PageReading =
  | { readonly page: CustomPage; readonly faults?: undefined }
  | { readonly page?: undefined; readonly faults: readonly string[] }

const WORDS = {
  noJson: '不是 JSON，请检查引号和逗号',
  defined: ({ title, replaces }: CustomPage) =>
    `台账页“${title}”已定义${replaces.length > 0 ? `，代替：${replaces.join('、')}` : ''}`,
  dropped: (title: string) => `台账页“${title}”已撤下，已记的条目不变`,
} as const

/** Reads the definition of a page of a community's own from JSON. */
export function readPage(json: string): PageReading {
  let raw: unknown
  try {
    raw = JSON.parse(json)
  } catch {
    return { faults: [WORDS.noJson] }
  }
  const { data, error } = customPageSchema.safeParse(raw)
  return data ? { page: data } : { faults: faultsOf(error) }
}

/** Each fault with the place it stands at, such as `columns.2.from`. */
export const faultsOf = (error: z.ZodError): string[] =>
  error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}：${message}` : message))

/** Adds a page to the community's own, or takes the place of the one with the same name. */
export const pageDefined = (communityId: number, page: CustomPage): DomainEvent<{ page: CustomPage }> => ({
  type: 'ledger.page_defined',
  communityId,
  subject: `page:${page.page}`,
  page: 'settings',
  text: WORDS.defined(page),
  data: { page },
})

/** Takes a page away. What was written stays: a page only shows entries. */
export const pageDropped = (communityId: number, page: CustomPage): DomainEvent<{ name: string }> => ({
  type: 'ledger.page_dropped',
  communityId,
  subject: `page:${page.page}`,
  page: 'settings',
  text: WORDS.dropped(page.title),
  data: { name: page.page },
})
