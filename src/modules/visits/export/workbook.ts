import type { Writable } from 'node:stream'
import ExcelJS from 'exceljs'
import type { Reader } from '../../../db/transaction.js'
import type { DomainEvent } from '../../../kernel/module.js'
import { COLUMNS, type Column, importTexts } from '../import/texts.js'
import { exportTexts } from '../texts-staff.js'
import { type ExportScope, exportRows } from './rows.js'

const WIDTHS: Partial<Record<Column, number>> = { 日期: 12, 社工工号: 10, 小区: 14, 问题: 36, 措施: 36, 结果: 24 }
const PROGRESS_EVERY = 5000

/** Writes the visits of a span as a workbook that `import-visits` reads; answers with how many lines it holds. */
export async function writeVisitsWorkbook(
  read: Reader,
  scope: ExportScope,
  output: Writable,
  onProgress?: (rows: number) => void,
): Promise<number> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true })
  const sheet = book.addWorksheet(importTexts.sheet, { views: [{ state: 'frozen', ySplit: 1 }] })
  // As text, so that words that look like a formula stay words when somebody edits their cell.
  const style = { numFmt: '@' }
  sheet.columns = COLUMNS.map((name) => ({ header: name, key: name, width: WIDTHS[name] ?? 8, style }))
  sheet.getRow(1).font = { bold: true }
  let rows = 0
  for await (const row of exportRows(read, scope)) {
    sheet.addRow(row).commit()
    rows += 1
    if (rows % PROGRESS_EVERY === 0) onProgress?.(rows)
  }
  sheet.commit()
  await book.commit()
  return rows
}

/** What the ledger keeps of an export: who took what. */
export const exportedEvent = (scope: ExportScope, rows: number, by: string): DomainEvent => ({
  type: 'visit.exported',
  communityId: scope.communityId,
  subject: `community:${scope.communityId}`,
  page: 'visits',
  text: exportTexts.ledger(by, rows, scope.from, scope.to, scope.full),
  data: { rows, from: scope.from, to: scope.to, workerId: scope.workerId, full: scope.full },
})
