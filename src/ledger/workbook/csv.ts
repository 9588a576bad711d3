import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { DateTime } from 'luxon'
import type { Reader } from '../../db/transaction.js'
import type { Sheet, SheetScope } from '../../kernel/sheet.js'
import { type CellValue, cellText, looksLikeFormula } from './cells.js'
import type { ExportSummary } from './export.js'

const CHUNK = 64 * 1024
const TOLD_EVERY = 1000

export interface CsvExport {
  readonly read: Reader
  readonly sheet: Sheet
  readonly scope: SheetScope
  /** Unguessable; names this file in the ledger. */
  readonly exportId: string
  readonly file: string
  readonly onProgress?: (page: string, rows: number) => void
}

/** Writes one ledger page as a CSV file. What it answers belongs into the ledger (`exportEvent`), with the file's own SHA-256. */
export async function exportCsvFile({
  read,
  sheet,
  scope,
  exportId,
  file,
  onProgress,
}: CsvExport): Promise<ExportSummary> {
  const counted: Sheet = {
    ...sheet,
    rows: async function* (...given) {
      let rows = 0
      for await (const row of sheet.rows(...given)) {
        rows += 1
        if (rows % TOLD_EVERY === 0) onProgress?.(sheet.title, rows)
        yield row
      }
    },
  }
  const rows = await exportCsv(read, counted, scope, createWriteStream(file))
  const hash = createHash('sha256')
  for await (const part of createReadStream(file)) hash.update(part as Buffer)
  const digest = hash.digest('hex')
  return { exportId, digest, sheets: [{ sheet: sheet.title, rows, digest }], rows }
}

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
