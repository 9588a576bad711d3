import ExcelJS from 'exceljs'
import { DateTime } from 'luxon'
import type { Reader } from '../db/transaction.js'
import type { Sheet, SheetScope } from '../kernel/sheet.js'

const HEADER_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF1F5C4D' } } as const
const DATE_FORMAT = 'yyyy-mm-dd hh:mm'
/** The most that a cell of the format can hold. */
const LONGEST_TEXT = 32_767

export type OnRows = (progress: { readonly title: string; readonly rows: number }) => void

/**
 * Writes ledger pages to an .xlsx file, a sheet each, row by row. Dates and numbers are real cells, times those of the
 * scope's zone. Texts are always text: one that starts with = is no formula. Answers with the number of rows.
 */
export async function writeWorkbook(
  out: string,
  sheets: readonly Sheet[],
  read: Reader,
  scope: SheetScope,
  onProgress?: OnRows,
): Promise<number> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: out, useStyles: true })
  let total = 0
  for (const sheet of sheets) {
    const page = addPage(workbook, sheet)
    let rows = 0
    for await (const row of sheet.rows(read, scope)) {
      const written = page.addRow(sheet.columns.map((column) => cellOf(column.value(row), scope.timezone)))
      written.eachCell((cell) => {
        if (cell.value instanceof Date) cell.numFmt = DATE_FORMAT
      })
      written.commit()
      rows += 1
      onProgress?.({ title: sheet.title, rows })
    }
    page.commit()
    total += rows
  }
  await workbook.commit()
  return total
}

function addPage(workbook: ExcelJS.stream.xlsx.WorkbookWriter, { title, columns }: Sheet): ExcelJS.Worksheet {
  const name = title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)
  const page = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
  page.columns = columns.map(({ header, width }) => ({ header, width }))
  page.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: Math.max(1, columns.length) } }
  const header = page.getRow(1)
  header.eachCell((cell) => {
    cell.font = { bold: true, color: { argb: 'FFFFFFFF' } }
    cell.fill = HEADER_FILL
  })
  header.commit()
  return page
}

function cellOf(value: string | number | boolean | Date | null, timezone: string): ExcelJS.CellValue {
  if (typeof value === 'string') return value.slice(0, LONGEST_TEXT)
  // A date cell has no zone: it shows what is written, so that must be the local time.
  if (value instanceof Date)
    return DateTime.fromJSDate(value, { zone: timezone }).setZone('utc', { keepLocalTime: true }).toJSDate()
  return value
}
