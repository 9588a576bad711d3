import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { SHEETS, type SheetName } from '../../src/community/import/sheets.js'

export type SheetRowsOf = Partial<Record<SheetName, readonly (readonly unknown[])[]>>

/** A small sound roster: one community, two grids, their people, households and groups. */
export const soundRoster: SheetRowsOf = {
  社区: [['CX', '翠柏社区', '白杨街道', '杭州市钱塘区']],
  网格: [
    ['CX-1', '东片', 'CX', '001'],
    ['CX-2', '西片', 'CX', '002'],
  ],
  人员: [
    ['001', '王小梅', '138 0000 0001', 'CX', '社工', '5550001', ''],
    ['002', '赵刚', 13800000002, 'CX', '书记、社工', '', 'wxid_zhao'],
    ['J9', '孙科长', '0571-87654321', 'CX', '街道干部', '', ''],
    ['', '李桂花', '13800000009', 'CX', '居民', '5550009', ''],
  ],
  住户: [
    ['CX-1', '翠苑', '3幢', '2单元', '501室', '李桂花', '13800000009', '重点', '自住'],
    ['CX-1', '翠苑', 3, 2, 502, '钱一', '', '', '租赁'],
    ['CX-2', '翠苑', '十二', '', 'A12', '', '', '高风险', '空置'],
  ],
  群: [
    ['telegram', -1001234567890, '翠苑居民群', '居民群', 'CX', 'CX-1'],
    ['微信', '2233@chatroom', '社工群', '社工群', 'CX', ''],
  ],
}

/** `roster` with a sheet's row (numbered as a spreadsheet does) changed from `column` on. */
export function withCell(sheet: SheetName, row: number, column: string, value: unknown): SheetRowsOf {
  const place = (SHEETS[sheet] as readonly string[]).indexOf(column)
  const rows = (soundRoster[sheet] ?? []).map((cells, index) =>
    index === row - 2 ? cells.map((cell, at) => (at === place ? value : cell)) : cells,
  )
  return { ...soundRoster, [sheet]: rows }
}

export async function writeXlsx(file: string, roster: SheetRowsOf): Promise<string> {
  const workbook = new ExcelJS.Workbook()
  for (const [name, rows] of Object.entries(roster)) {
    const sheet = workbook.addWorksheet(name)
    sheet.addRow(SHEETS[name as SheetName])
    for (const row of rows) sheet.addRow([...row])
  }
  await workbook.xlsx.writeFile(file)
  return file
}

export async function writeCsvFolder(
  folder: string,
  roster: SheetRowsOf,
  encode: (text: string) => Uint8Array = (text) => new TextEncoder().encode(text),
): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (const [name, rows] of Object.entries(roster)) {
    const lines = [SHEETS[name as SheetName], ...rows].map((row) => `${row.map(quote).join(',')}\r\n`)
    await writeFile(join(folder, `${name}.csv`), encode(lines.join('')))
  }
  return folder
}

const quote = (value: unknown): string => {
  const text = String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The platform decodes GBK but does not encode it: the table is made by decoding every pair of bytes. */
export function encodeGbk(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, readonly number[]>()
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1) table.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  return Uint8Array.from(
    [...text].flatMap((sign) => (sign < '\u0080' ? sign.charCodeAt(0) : (table.get(sign) ?? [0x3f]))),
  )
}
