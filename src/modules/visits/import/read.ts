import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { decodeText, parseCsv } from '../../../community/import/csv.js'
import { readWorkbook } from '../../../community/import/workbook.js'
import { OperatorError } from '../../../kernel/errors.js'
import { COLUMNS, type Column, importTexts, REQUIRED } from './texts.js'

/** A line of the sheet: cells by column, as text, and the row number that a spreadsheet shows. */
export interface RawVisit {
  readonly row: number
  readonly cells: Readonly<Record<Column, string>>
}

const HEADERS_WITHIN_ROWS = 10

const clean = (text: string | undefined): string =>
  (text ?? '').replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '').trim()
const headerOf = (text: string | undefined): string =>
  clean(text)
    .replace(/[（(].*[）)]/, '')
    .replace(/[*＊\s]/g, '')

/**
 * Lines of the first sheet that has the columns, or of a CSV file, one after another.
 * @throws OperatorError when the file is neither, or no sheet has the columns.
 */
export async function* readVisits(file: string): AsyncGenerator<RawVisit> {
  let missing: readonly string[] = REQUIRED
  for await (const sheet of sheetsOf(file)) {
    let places: ReadonlyMap<Column, number> | null = null
    for await (const { row, cells } of sheet.rows()) {
      if (places) {
        const found = read(cells, places)
        if (found) yield { row, cells: found }
        continue
      }
      if (row > HEADERS_WITHIN_ROWS) break
      const headers = cells.map(headerOf)
      const lacking = REQUIRED.filter((column) => !headers.includes(column))
      if (lacking.length < missing.length) missing = lacking
      if (lacking.length === 0)
        places = new Map(
          COLUMNS.flatMap((column) => (headers.includes(column) ? [[column, headers.indexOf(column)]] : [])),
        )
    }
    if (places) return
  }
  throw new OperatorError(`${file}：${importTexts.missingColumns(missing)}`)
}

function read(cells: readonly string[], places: ReadonlyMap<Column, number>): RawVisit['cells'] | null {
  const of = (column: Column) => clean(cells[places.get(column) ?? -1])
  const found = Object.fromEntries(COLUMNS.map((column) => [column, of(column)])) as Record<Column, string>
  return Object.values(found).some((text) => text !== '') ? found : null
}

/** Our own CSV holds what looks like a formula behind an apostrophe. */
const unguarded = (cell: string): string => cell.replace(/^'(?=[=+\-@])/, '')

type Rows = { readonly rows: () => AsyncIterable<{ readonly row: number; readonly cells: readonly string[] }> }

async function* sheetsOf(file: string): AsyncGenerator<Rows> {
  const kind = extname(file).toLowerCase()
  if (kind === '.xlsx') yield* readWorkbook(file)
  else if (kind === '.csv') {
    const text = decodeText(await readFile(file))
    yield {
      async *rows() {
        let row = 0
        for (const cells of parseCsv(text)) {
          row += 1
          yield { row, cells: cells.map(unguarded) }
        }
      },
    }
  } else throw new OperatorError(importTexts.unreadable(file))
}
