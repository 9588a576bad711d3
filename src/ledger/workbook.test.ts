import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Reader } from '../db/transaction.js'
import type { Sheet } from '../kernel/sheet.js'
import { writeWorkbook } from './workbook.js'

type Cells = readonly [text: string, count: number, at: Date | null, done: boolean]

const page: Sheet<Cells> = {
  page: 'things',
  title: '台账: 一/二',
  columns: [
    { field: 'text', header: '内容', width: 30, value: (row) => row[0] },
    { field: 'count', header: '数量', width: 8, value: (row) => row[1] },
    { field: 'at', header: '时间', width: 18, value: (row) => row[2] },
    { field: 'done', header: '办结', width: 6, value: (row) => row[3] },
  ],
  async *rows() {
    yield ['=HYPERLINK("http://evil")', 3, new Date('2026-11-22T17:30:00Z'), true]
    yield ['+1\u0001电梯', 0.5, null, false]
  },
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-workbook-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the ledger workbook', () => {
  it('holds real dates in local time, numbers, and texts that are never formulas', async () => {
    const file = join(folder, 'out.xlsx')
    const scope = { communityIds: [1], from: new Date(0), to: new Date(), maySeePersonal: true }
    const said: number[] = []
    const rows = await writeWorkbook(
      file,
      [page as Sheet],
      {} as Reader,
      { ...scope, timezone: 'Asia/Shanghai' },
      (progress) => said.push(progress.rows),
    )
    expect([rows, said]).toEqual([2, [1, 2]])

    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(file)
    const sheet = workbook.getWorksheet('台账  一 二')
    const values = (row: number) => [1, 2, 3, 4].map((column) => sheet?.getCell(row, column).value)
    expect(values(1)).toEqual(['内容', '数量', '时间', '办结'])
    expect(values(2)).toEqual(['=HYPERLINK("http://evil")', 3, new Date('2026-11-23T01:30:00Z'), true])
    expect(values(3)).toEqual(['+1电梯', 0.5, null, false])
    expect(sheet?.getCell('C2').numFmt).toBe('yyyy-mm-dd hh:mm')
    expect(sheet?.getCell('A2').type).toBe(ExcelJS.ValueType.String)
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(sheet?.autoFilter).toBeTruthy()
  })
})
