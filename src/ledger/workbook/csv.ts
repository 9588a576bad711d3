import type { Writable } from 'node:stream'
import { DateTime } from 'luxon'
import type { Reader } from '../../db/transaction.js'
import type { Sheet, SheetScope } from '../../kernel/sheet.js'
import { type CellValue, cellText, looksLikeFormula } from './cells.js'

const CHUNK = 64 * 1024

/**
 * Writes one ledger page as CSV for a spreadsheet: UTF-8 with its mark, Chinese headers, local time, and text that looks
 * like a formula behind an apostrophe. Ends the output. Answers the rows written.
 */
export async function exportCsv(read: Reader, sheet: Sheet, scope: SheetScope, output: Writable): Promise<number> {
  let rows = 0
  let text = `\ufeff${csvLine(
    sheet.columns.map((column) => column.header),
    scope.timezone,
  )}`
  for await (const row of sheet.rows(read, scope)) {
    text += csvLine(
      sheet.columns.map((column) => column.value(row)),
      scope.timezone,
    )
    rows += 1
    if (text.length < CHUNK) continue
    if (!output.write(text)) await new Promise((resolve) => output.once('drain', resolve))
    text = ''
  }
  await new Promise<void>((resolve, reject) => {
    output.once('error', reject)
    output.end(text, () => resolve())
  })
  return rows
}

export const csvLine = (values: readonly CellValue[], timezone: string): string =>
  `${values.map((value) => csvField(value, timezone)).join(',')}\r\n`

function csvField(value: CellValue, timezone: string): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return DateTime.fromJSDate(value, { zone: timezone }).toFormat('yyyy-MM-dd HH:mm:ss')
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return String(value)
  const text = cellText(value)
  const safe = looksLikeFormula(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}
