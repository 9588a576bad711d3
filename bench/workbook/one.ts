// One writer in a process of its own, so that the memory is its own: one.ts linli|exceljs ROWS FILE
import { createWriteStream } from 'node:fs'
import { COLUMNS, rowOf, SHEETS, WIDTHS } from './cells.js'

const [writer, rowsText, file] = process.argv.slice(2)
const rows = Number(rowsText)
if (!file) throw new Error('one.ts linli|exceljs ROWS FILE')
const columns = COLUMNS.map((header, index) => ({ header, width: WIDTHS[index] ?? 10 }))
const ours = writer === 'linli' ? await import('../../src/ledger/workbook/writer.js') : null
const theirs = ours ? null : await import('exceljs')
const idle = process.memoryUsage.rss()
const started = performance.now()
const before = process.cpuUsage()

if (ours) {
  const options = { title: '2026 年', creator: '邻里', at: new Date(0), timezone: 'Asia/Shanghai' }
  const workbook = ours.createWorkbookWriter(createWriteStream(file), options)
  for (const [sheet, name] of SHEETS.entries()) {
    await workbook.table(
      name,
      columns,
      (function* () {
        for (let index = 0; index < rows; index += 1) yield rowOf(sheet, index)
      })(),
    )
  }
  await workbook.end()
} else if (theirs) {
  const workbook = new theirs.default.stream.xlsx.WorkbookWriter({
    filename: file,
    useStyles: true,
    useSharedStrings: false,
  })
  for (const [sheet, name] of SHEETS.entries()) {
    const worksheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
    worksheet.columns = columns
    for (const column of [4, 11]) worksheet.getColumn(column).numFmt = 'yyyy-mm-dd hh:mm'
    for (let index = 0; index < rows; index += 1) {
      worksheet.addRow(rowOf(sheet, index)).commit()
      // It has no backpressure of its own: without a pause nothing would be written before the end.
      if (index % 2000 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    worksheet.commit()
  }
  await workbook.commit()
}
const seconds = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(before)
const cpu = (user + system) / 1e6
process.stdout.write(
  `${JSON.stringify({ seconds, cpu, peakMb: process.resourceUsage().maxRSS / 1024, idleMb: idle / 2 ** 20 })}\n`,
)
