import type { CustomPage } from '../../kernel/custom-page.js'
import type { Column, Sheet } from '../../kernel/sheet.js'
import { type FlowRow, flowRows } from './flow.js'

type Source = CustomPage['columns'][number]

/** The page of a community's own, as rows of its ledger. */
export const customSheet = (page: CustomPage): Sheet<FlowRow> => ({
  page: page.page,
  title: page.title,
  columns: page.columns.map(columnOf),
  rows: (reader, scope) => flowRows(reader, scope, page.filter),
})

const columnOf = (source: Source): Column<FlowRow> => ({
  field: source.from.replaceAll('.', '_'),
  header: source.header,
  width: source.width,
  value: (row) => shaped(partOf(row, source.from), source.as, row.shown),
})

function partOf(row: FlowRow, from: string): unknown {
  if (from.startsWith('data.')) {
    let value: unknown = row.entry.data
    for (const part of from.split('.').slice(1)) value = ownPart(value, part)
    return value
  }
  if (from === 'grid') return row.grid
  if (from === 'worker') return row.worker
  return row.entry[from as 'at' | 'seq' | 'page' | 'type' | 'subject' | 'text' | 'actor']
}

/** What a cell shows; what does not fit the wish stays text, so that nothing is lost. */
function shaped(value: unknown, as: Source['as'], shown: (text: string) => string): string | number | Date | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date || typeof value === 'number') return value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (as === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text)
  if (as === 'date' && /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text)
  return shown(text)
}

/** A field of the data itself, never of what every object has. */
const ownPart = (value: unknown, part: string): unknown =>
  value && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, part)
    ? (value as Record<string, unknown>)[part]
    : null
