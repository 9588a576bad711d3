import type { Reader } from '../../db/transaction.js'
import { localDate, monthRange } from '../../kernel/local-time.js'
import type { Module } from '../../kernel/module.js'
import type { SheetScope } from '../../kernel/sheet.js'
import { type LedgerPage, ledgerPages } from '../../ledger/pages/registry.js'
import type { Room } from './viewer.js'

export const ROWS = 100

/** The pages of the community's ledger: those of the modules, its own, and the flow of entries. */
export const pagesOf = (modules: readonly Module[], { community }: Pick<Room, 'community'>): LedgerPage[] =>
  ledgerPages(
    modules.flatMap((module) => module.sheets),
    community.settings,
  )

export interface TableView {
  readonly headers: readonly { readonly text: string; readonly width: 'narrow' | 'middle' | 'broad' | 'wide' }[]
  readonly rows: readonly (readonly string[])[]
  /** Where the next page begins; null at the end. */
  readonly next: number | null
}

/** A stretch of a page's rows as words, from `offset` on. */
export async function readTable(
  read: Reader,
  page: Pick<LedgerPage, 'sheet'>,
  scope: SheetScope,
  offset: number,
): Promise<TableView> {
  const { sheet } = page
  const rows: string[][] = []
  let index = 0
  let next: number | null = null
  for await (const row of sheet.rows(read, scope)) {
    if (index >= offset + ROWS) {
      next = index
      break
    }
    if (index >= offset) rows.push(sheet.columns.map((column) => shown(column.value(row), scope.timezone)))
    index += 1
  }
  return { headers: sheet.columns.map(({ header, width }) => ({ text: header, width: widthOf(width) })), rows, next }
}

/** Widths are in characters of a workbook; a page knows four. */
const widthOf = (width: number) => (width > 30 ? 'wide' : width > 16 ? 'broad' : width > 9 ? 'middle' : 'narrow')

function shown(value: string | number | boolean | Date | null, timezone: string): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? '是' : ''
  if (!(value instanceof Date)) return String(value)
  const time = value.toLocaleTimeString('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' })
  return `${localDate(value, timezone)} ${time}`
}

export const scopeOf = (room: Room, month: string): SheetScope => ({
  communityIds: [room.community.id],
  ...monthRange(month, room.community.timezone),
  timezone: room.community.timezone,
  // As in the chat: who answers for the community may see and export it in full.
  maySeePersonal: room.manages,
})

/** The last months, the newest first, with the close of each where it was made. */
export async function readMonths(read: Reader, { community }: Room, now: Date, count: number) {
  const [closes, first] = await Promise.all([
    read.ledgerClose.findMany({ where: { communityId: community.id }, orderBy: { month: 'desc' }, take: count }),
    read.ledgerEntry.findFirst({ where: { communityId: community.id }, orderBy: { seq: 'asc' }, select: { at: true } }),
  ])
  const current = localDate(now, community.timezone).slice(0, 7)
  const earliest = first ? localDate(first.at, community.timezone).slice(0, 7) : current
  const months: { month: string; close: (typeof closes)[number] | null; over: boolean }[] = []
  for (let month = current; months.length < count && month >= earliest; month = before(month))
    months.push({ month, close: closes.find((close) => close.month === month) ?? null, over: month < current })
  return months
}

function before(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
}

/** How many entries each page got in a month. */
export async function readCounts(
  read: Reader,
  { community }: Room,
  month: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await read.ledgerRollup.groupBy({
    by: ['page'],
    where: { scopeKind: 'community', scopeId: community.id, month },
    _sum: { count: true },
  })
  return new Map(rows.map((row) => [row.page, row._sum.count ?? 0]))
}
