import { open, stat } from 'node:fs/promises'
import ExcelJS from 'exceljs'
import { OperatorError } from '../../kernel/errors.js'
import { sourceFaults } from './texts.js'

/** Rows of one sheet: the number a spreadsheet shows, and its cells as text. */
export interface SheetRows {
  readonly name: string
  rows(): AsyncIterable<{ readonly row: number; readonly cells: readonly string[] }>
}

/** Larger files are streamed: read whole, a workbook takes a hundred times its size in memory. */
const STREAM_FROM_BYTES = 512 * 1024

/** Sheets of an .xlsx workbook, one after another. @throws OperatorError when it is none. */
export async function* readWorkbook(file: string): AsyncGenerator<SheetRows> {
  await requireZip(file)
  try {
    const large = (await stat(file)).size >= STREAM_FROM_BYTES
    const sheets = large ? await openStream(file) : null
    yield* sheets ? streamed(sheets) : whole(file)
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

/** The type lacks what the reader sets; `state` only when it found the sheet in the workbook's list, else the name is made up. */
type StreamedSheet = ExcelJS.stream.xlsx.WorksheetReader & { readonly name?: string; readonly state?: string }

/** The sheets as a stream, with the first one taken; null where the reader cannot tell the names of this file's sheets. */
async function openStream(file: string) {
  const options = { worksheets: 'emit', sharedStrings: 'cache', hyperlinks: 'ignore', styles: 'cache' } as const
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(file, options)
  const sheets = reader[Symbol.asyncIterator]() as AsyncIterableIterator<StreamedSheet>
  // Some programs order or link the parts of the file in ways that only the whole reader follows.
  const first = await sheets.next().catch(() => null)
  return first && !first.done && first.value.state ? { first: first.value, rest: sheets } : null
}

async function* streamed({ first, rest }: NonNullable<Awaited<ReturnType<typeof openStream>>>) {
  for (let sheet: StreamedSheet | undefined = first; sheet; ) {
    const current = sheet
    yield {
      name: current.name ?? '',
      async *rows() {
        for await (const row of current) yield { row: row.number, cells: cellsOf(row) }
      },
    }
    const next: IteratorResult<StreamedSheet> = await rest.next()
    sheet = next.done ? undefined : next.value
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
