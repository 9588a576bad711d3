import { open, stat } from 'node:fs/promises'
import ExcelJS from 'exceljs'
import { OperatorError } from '../../kernel/errors.js'
import { sourceFaults } from './texts.js'

/** Rows of one sheet: the number a spreadsheet shows, and its cells as text. */
export interface SheetRows {
  readonly name: string
  rows(): AsyncIterable<{ readonly row: number; readonly cells: readonly string[] }>
}

/** Larger files are streamed: reading them whole takes some hundred bytes a byte. */
const STREAM_FROM_BYTES = 12 * 1024 * 1024

/** Sheets of an .xlsx workbook, one after another. @throws OperatorError when it is none. */
export async function* readWorkbook(file: string): AsyncGenerator<SheetRows> {
  await requireZip(file)
  try {
    if ((await stat(file)).size >= STREAM_FROM_BYTES) yield* streamed(file)
    else yield* whole(file)
  } catch (error) {
    if (error instanceof OperatorError) throw error
    throw new OperatorError(sourceFaults.notWorkbook(file), { cause: error })
  }
}

async function* whole(file: string): AsyncGenerator<SheetRows> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(file, { ignoreNodes: ['dataValidations', 'conditionalFormatting'] } as never)
  for (const sheet of workbook.worksheets) {
    yield {
      name: sheet.name,
      async *rows() {
        for (let row = 1; row <= sheet.rowCount; row += 1) {
          const found = sheet.findRow(row)
          if (found) yield { row, cells: cellsOf(found) }
        }
      },
    }
  }
}

async function* streamed(file: string): AsyncGenerator<SheetRows> {
  const options = { worksheets: 'emit', sharedStrings: 'cache', hyperlinks: 'ignore', styles: 'cache' } as const
  for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(file, options)) {
    yield {
      // The type lacks the name that the reader sets.
      name: String((sheet as unknown as { name?: string }).name ?? ''),
      async *rows() {
        for await (const row of sheet) yield { row: row.number, cells: cellsOf(row) }
      },
    }
  }
}

function cellsOf(row: ExcelJS.Row): string[] {
  const cells: string[] = []
  row.eachCell({ includeEmpty: false }, (cell, column) => {
    while (cells.length < column - 1) cells.push('')
    cells[column - 1] = textOf(cell.value)
  })
  return cells
}

/** A cell's value as a person reads it. */
function textOf(value: ExcelJS.CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return String(value)
  if ('richText' in value) return value.richText.map((part) => part.text).join('')
  if ('error' in value) return String(value.error)
  if ('text' in value) return textOf(value.text as ExcelJS.CellValue)
  return 'result' in value ? textOf(value.result) : ''
}

async function requireZip(file: string): Promise<void> {
  const handle = await open(file)
  try {
    const start = Buffer.alloc(4)
    await handle.read(start, 0, 4, 0)
    if (start.toString('hex') === 'd0cf11e0') throw new OperatorError(sourceFaults.oldExcel(file))
    if (start.toString('latin1') !== 'PK\u0003\u0004') throw new OperatorError(sourceFaults.notWorkbook(file))
  } finally {
    await handle.close()
  }
}
