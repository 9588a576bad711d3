// npm run bench:workbook [-- ROWS ROUNDS]: time and memory against exceljs streaming the same cells, then every cell read again.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalNumber, createDateSerial } from '../../src/ledger/workbook/cells.js'
import { openWorkbook } from '../../src/ledger/workbook/read.js'
import { COLUMNS, rowOf, SHEETS } from './cells.js'

const rows = Number(process.argv[2] ?? 500_000)
const rounds = Number(process.argv[3] ?? 1)
const folder = mkdtempSync(join(tmpdir(), 'linli-bench-workbook-'))
const one = fileURLToPath(new URL('one.ts', import.meta.url))

interface Run {
  readonly seconds: number
  /** Processor time, s: what a machine that does other things does not add to. */
  readonly cpu: number
  readonly peakMb: number
  readonly idleMb: number
}

function run(writer: string, file: string): Run {
  const output = execFileSync(process.execPath, [...process.execArgv, one, writer, String(rows), file], {
    encoding: 'utf8',
  })
  return JSON.parse(output) as Run
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

try {
  console.log(`${SHEETS.length} sheets of ${rows} rows × ${COLUMNS.length} columns, ${rounds} round(s)`)
  const files = { linli: join(folder, 'linli.xlsx'), exceljs: join(folder, 'exceljs.xlsx') }
  const runs: Record<'linli' | 'exceljs', Run[]> = { linli: [], exceljs: [] }
  for (let round = 0; round < rounds; round += 1)
    for (const writer of ['linli', 'exceljs'] as const) runs[writer].push(run(writer, files[writer]))
  const of = (writer: 'linli' | 'exceljs', key: keyof Run) => median(runs[writer].map((one) => one[key]))
  for (const writer of ['linli', 'exceljs'] as const)
    console.log(
      `${writer.padEnd(8)} ${of(writer, 'seconds').toFixed(1)} s (processor ${of(writer, 'cpu').toFixed(1)} s), peak ${of(writer, 'peakMb').toFixed(0)} MB (idle ${of(writer, 'idleMb').toFixed(0)}), file ${(statSync(files[writer]).size / 2 ** 20).toFixed(1)} MB`,
    )
  console.log(
    `ratio    ${(of('exceljs', 'seconds') / of('linli', 'seconds')).toFixed(2)} × faster (processor ${(of('exceljs', 'cpu') / of('linli', 'cpu')).toFixed(2)} ×), ${(of('exceljs', 'peakMb') / of('linli', 'peakMb')).toFixed(2)} × less memory`,
  )

  const serial = createDateSerial('Asia/Shanghai')
  const book = await openWorkbook(files.linli)
  let cells = 0
  let wrong = 0
  for (const [sheet, name] of SHEETS.entries()) {
    const found = book.sheets.find((part) => part.name === name)
    if (!found) throw new Error(`no sheet ${name}`)
    let index = -1
    for await (const row of found.rows()) {
      const wanted = index < 0 ? COLUMNS : rowOf(sheet, index)
      for (const [column, value] of wanted.entries()) {
        const held = value instanceof Date ? serial(value) : typeof value === 'number' ? canonicalNumber(value) : value
        cells += 1
        if (row.cells[column] !== held) wrong += 1
      }
      index += 1
    }
    if (index !== rows) wrong += 1
  }
  await book.close()
  console.log(`read again: ${cells} cells, ${wrong} wrong`)
  process.exitCode = wrong > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true })
}
