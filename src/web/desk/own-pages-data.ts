import { z } from 'zod'
import type { Reader } from '../../db/transaction.js'
import { type CustomPage, customPageSchema } from '../../kernel/custom-page.js'
import { instant, localDate } from '../../kernel/local-time.js'
import type { Module } from '../../kernel/module.js'
import type { SheetScope } from '../../kernel/sheet.js'
import type { FlowFilter } from '../../ledger/pages/flow.js'
import { ENTRY_PAGE_NAMES, entryName, SOURCE_NAMES } from './entry-names.js'
import type { LoosePage } from './own-page-form.js'
import type { Room } from './viewer.js'

const SAMPLE = 200
const DEEPEST = 3
const LONGEST_EXAMPLE = 18

export interface Choice {
  readonly value: string
  readonly label: string
  readonly note: string
}

/** What a page may be made of: pages and kinds that have entries here, with how many there are. */
export async function readKinds(read: Reader, modules: readonly Module[], { community }: Room) {
  const rows = await read.ledgerRollup.groupBy({
    by: ['page', 'type'],
    where: { scopeKind: 'community', scopeId: community.id },
    _sum: { count: true },
  })
  const titles = new Map(modules.flatMap((module) => module.sheets.map((sheet) => [sheet.page, sheet.title])))
  const counted = (key: 'page' | 'type', name: (value: string) => string): Choice[] => {
    const sums = new Map<string, number>()
    for (const row of rows) sums.set(row[key], (sums.get(row[key]) ?? 0) + (row._sum.count ?? 0))
    return [...sums]
      .sort((a, b) => b[1] - a[1])
      .map(([value, count]) => ({ value, label: name(value), note: `${count} 条` }))
  }
  return {
    pages: counted('page', (page) => titles.get(page) ?? ENTRY_PAGE_NAMES[page] ?? page),
    types: counted('type', entryName),
  }
}

/** What a column may show: the parts of every entry, and the fields seen in the data of those chosen, with an example. */
export async function readSources(read: Reader, { community }: Room, filter: FlowFilter): Promise<Choice[]> {
  const entries = await read.ledgerEntry.findMany({
    where: {
      communityId: community.id,
      ...(filter.pages?.length ? { page: { in: [...filter.pages] } } : {}),
      ...(filter.types?.length ? { type: { in: [...filter.types] } } : {}),
    },
    orderBy: { id: 'desc' },
    take: SAMPLE,
    select: { data: true },
  })
  const fields = new Map<string, string>()
  for (const { data } of entries) collect(data, 'data', 1, fields)
  return [
    ...Object.entries(SOURCE_NAMES).map(([value, label]) => ({ value, label, note: '' })),
    ...[...fields].sort().map(([value, example]) => ({ value, label: value.slice('data.'.length), note: example })),
  ]
}

/** Leaves that hold a figure or a flag, or words that name nobody: their kind is enough of an example. */
function collect(value: unknown, path: string, depth: number, found: Map<string, string>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > DEEPEST) return
  for (const [key, part] of Object.entries(value)) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(key)) continue
    const at = `${path}.${key}`
    if (typeof part === 'object') collect(part, at, depth + 1, found)
    else if (!found.has(at)) found.set(at, exampleOf(part))
  }
}

const exampleOf = (value: unknown): string =>
  typeof value === 'string' && !/^[\w:.+-]+$/.test(value) ? '文字' : String(value).slice(0, LONGEST_EXAMPLE)

export interface PageChange {
  readonly at: Date
  readonly who: string
  readonly title: string
  /** Null where there was no such page before. */
  readonly before: CustomPage | null
  /** Null where it was taken away. */
  readonly after: CustomPage | null
}

const defined = z.object({ page: customPageSchema })

/** What the ledger says of pages of the community's own, the newest first; of one page, or of all. */
export async function readPageChanges(
  read: Reader,
  communityId: number,
  { page, take }: { readonly page?: string; readonly take: number },
): Promise<PageChange[]> {
  const entries = await read.ledgerEntry.findMany({
    where: {
      communityId,
      type: { in: ['ledger.page_defined', 'ledger.page_dropped'] },
      ...(page ? { subject: `page:${page}` } : {}),
    },
    orderBy: { id: 'asc' },
  })
  const ids = entries.flatMap(({ actor }) => /^person:(\d+)$/.exec(actor)?.[1] ?? []).map(Number)
  const people = await read.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const names = new Map(people.map(({ id, name }) => [`person:${id}`, name]))
  const known = new Map<string, CustomPage>()
  const changes = entries.map(({ at, actor, subject, data }): PageChange => {
    const before = known.get(subject) ?? null
    const after = defined.safeParse(data).data?.page ?? null
    if (after) known.set(subject, after)
    else known.delete(subject)
    const who = names.get(actor) ?? '管理员（命令行）'
    return { at, who, title: after?.title ?? before?.title ?? subject.replace(/^page:/, ''), before, after }
  })
  return changes.reverse().slice(0, take)
}

export type Period = LoosePage['period']

/** The span a page of one's own shows when nobody asks for a month. */
export function spanOf(room: Room, period: Period, now: Date): SheetScope & { readonly label: string } {
  const { id, timezone } = room.community
  const base = { communityIds: [id], timezone, maySeePersonal: room.manages }
  const today = localDate(now, timezone)
  if (period === 'all') return { ...base, from: new Date(0), to: new Date(now.getTime() + 1), label: '全部' }
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const first = period === 'year' ? `${year}-01-01` : `${today.slice(0, 7)}-01`
  const next =
    period === 'year'
      ? `${year + 1}-01-01`
      : `${month === 12 ? year + 1 : year}-${String((month % 12) + 1).padStart(2, '0')}-01`
  return {
    ...base,
    from: instant(first, 0, 0, timezone),
    to: instant(next, 0, 0, timezone),
    label: period === 'year' ? `${year} 年` : today.slice(0, 7),
  }
}
