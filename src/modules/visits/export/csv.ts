import type { Reader } from '../../../db/transaction.js'
import { csvLine } from '../../../ledger/workbook/csv.js'
import { COLUMNS } from '../import/texts.js'
import { type ExportScope, exportRows } from './rows.js'

/**
 * The visits of a span as CSV that `import-visits` reads: UTF-8 with its mark, and words that look like a formula behind an
 * apostrophe. Answers with how many lines it holds besides the headers.
 */
export async function visitsCsv(read: Reader, scope: ExportScope): Promise<{ readonly rows: number; text: string }> {
  // A line here holds words only: no time that a zone could change.
  const lines = [`\ufeff${csvLine(COLUMNS, 'utc')}`]
  for await (const row of exportRows(read, scope))
    lines.push(
      csvLine(
        COLUMNS.map((name) => row[name]),
        'utc',
      ),
    )
  return { rows: lines.length - 1, text: lines.join('') }
}
