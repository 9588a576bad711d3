import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SheetScope } from '../../src/kernel/sheet.js'
import { flowSheet } from '../../src/ledger/pages/flow.js'
import { type CellValue, cellText, looksLikeFormula } from '../../src/ledger/workbook/cells.js'
import { checkWorkbook } from '../../src/ledger/workbook/check.js'
import { exportEvent, exportWorkbook } from '../../src/ledger/workbook/export.js'
import { openWorkbook, type ReadCell } from '../../src/ledger/workbook/read.js'
import { createWorkbookWriter } from '../../src/ledger/workbook/writer.js'
import { COMMUNITY, type LedgerWorld, NOVEMBER, notes, openLedgerWorld } from './support.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-workbook-'))
  file = join(folder, 'book.xlsx')
})
afterEach(() => rmSync(folder, { recursive: true }))

const AT = new Date('2026-11-05T02:03:04Z')
const OPTIONS = { title: '百合社区 2026-11', creator: '测试', at: AT, timezone: 'Asia/Shanghai' }
const COLUMNS = [
  { header: '文字', width: 30 },
  { header: '数', width: 8 },
  { header: '时间', width: 17 },
]

async function write(rows: readonly (readonly CellValue[])[], maxRows?: number): Promise<void> {
  const writer = createWorkbookWriter(createWriteStream(file), { ...OPTIONS, maxRows })
  await writer.table('台账', COLUMNS, rows)
  writer.free({ name: COVER_NAME, widths: [20], rows: [[{ text: '封面' }]] }, true)
  await writer.end()
}
const COVER_NAME = '封面'

async function readBack(): Promise<Map<string, ReadCell[][]>> {
  const book = await openWorkbook(file)
  const sheets = new Map<string, ReadCell[][]>()
  for (const sheet of book.sheets) {
    const rows: ReadCell[][] = []
    for await (const row of sheet.rows()) rows.push([...row.cells])
    sheets.set(sheet.name, rows)
  }
  await book.close()
  return sheets
}

async function withExcel(): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(file)
  return book
}

describe('a workbook', () => {
  it('holds text, numbers and dates as what they are', async () => {
    await write([
      ['3幢电梯\n又坏了 <急> & "快"', 2.5, AT],
      ['', 7, new Date('2026-11-04T16:00:00Z')],
      [true, null, null],
    ])
    const sheet = (await withExcel()).getWorksheet('台账')
    expect(sheet?.getRow(1).values).toEqual([undefined, '文字', '数', '时间'])
    expect(sheet?.getCell('A2').value).toBe('3幢电梯\n又坏了 <急> & "快"')
    expect(sheet?.getCell('B2').value).toBe(2.5)
    expect(sheet?.getCell('C2').value).toEqual(new Date('2026-11-05T10:03:04Z'))
    expect(sheet?.getCell('C2').numFmt).toBe('yyyy-mm-dd hh:mm')
    expect(sheet?.getCell('A3').value).toBeNull()
    expect(sheet?.getCell('C3').value).toEqual(new Date('2026-11-05T00:00:00Z'))
    expect(sheet?.getCell('C3').numFmt).toBe('yyyy-mm-dd')
    expect(sheet?.getCell('A4').value).toBe('是')
  })

  it('is set up to be read and printed', async () => {
    await write([['一', 1, AT]])
    const book = await withExcel()
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual(['封面', '台账'])
    const sheet = book.getWorksheet('台账')
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(sheet?.autoFilter).toBe('A1:C2')
    expect(sheet?.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0 })
    expect(sheet?.pageSetup.printTitlesRow).toBe('1:1')
    expect(sheet?.headerFooter.oddFooter).toBe('&C第 &P 页，共 &N 页')
    expect(sheet?.getColumn(1).width).toBe(30)
    expect(sheet?.getCell('A1').font?.bold).toBe(true)
  })

  it.each(['=1+1', '+86', '-a', '@SUM(A1)', '=HYPERLINK("http://x")', '\t=1'])(
    'takes %j for text, never for a formula',
    async (text) => {
      await write([[text, 1, AT]])
      const cell = (await withExcel()).getWorksheet('台账')?.getCell('A2')
      expect(cell?.value).toBe(text)
      expect(cell?.type).toBe(ExcelJS.ValueType.String)
      const xml = (await import('../../src/ledger/workbook/unzip.js')).openZip(file)
      const part = (await xml).entries.find((entry) => entry.name === 'xl/worksheets/sheet1.xml')
      expect(await part?.text()).toContain('s="7" t="inlineStr"')
      await (await xml).close()
    },
  )

  it('reads back whatever text and numbers were written', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('_x000D_', ' a ', '&lt;', 'a\r\nb'),
    )
    const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, number), { maxLength: 20 }), async (pairs) => {
        await write(pairs.map(([words, value]) => [words, value, null]))
        const rows = (await readBack()).get('台账') ?? []
        expect(rows.slice(1).map((row) => row[0])).toEqual(pairs.map(([words]) => cellText(words)))
        for (const [index, [, value]] of pairs.entries()) expect(rows[index + 1]?.[1]).toBeCloseTo(value, 7)
      }),
      { numRuns: 25 },
    )
  })

  it('splits where a sheet would overflow, and keeps every row', async () => {
    await write(
      Array.from({ length: 25 }, (_, index) => [`第${index}`, index, AT]),
      11,
    )
    const sheets = await readBack()
    expect([...sheets.keys()]).toEqual(['封面', '台账', '台账 (2)', '台账 (3)'])
    const rows = [...sheets].slice(1).flatMap(([, list]) => list.slice(1))
    expect(rows.map((row) => row[1])).toEqual(Array.from({ length: 25 }, (_, index) => index))
    expect(sheets.get('台账 (2)')?.[0]).toEqual(['文字', '数', '时间'])
  })

  it('does not begin a sheet for nothing when the rows just fit', async () => {
    await write(
      Array.from({ length: 10 }, (_, index) => ['x', index, AT]),
      11,
    )
    expect([...(await readBack()).keys()]).toEqual(['封面', '台账'])
  })

  it('fails when its rows or its output fail', async () => {
    const rows = (async function* () {
      yield ['a', 1, AT]
      throw new Error('no more rows')
    })()
    const writer = createWorkbookWriter(createWriteStream(file), OPTIONS)
    await expect(writer.table('台账', COLUMNS, rows)).rejects.toThrow('no more rows')
    const nowhere = createWorkbookWriter(createWriteStream(join(folder, 'none', 'x.xlsx')), OPTIONS)
    const endless = (function* () {
      for (;;) yield ['a'.repeat(1000), Math.random(), AT]
    })()
    await expect(nowhere.table('台账', COLUMNS, endless)).rejects.toThrow('ENOENT')
  })
})

describe('text for a cell', () => {
  it('is cut to what a cell holds, without half a sign', () => {
    expect(cellText('长'.repeat(40_000))).toHaveLength(32_767)
    expect(cellText(`${'a'.repeat(32_765)}😀b`)).toBe(`${'a'.repeat(32_765)}…`)
    expect(cellText('a\u0000b\ud800c\u000bd')).toBe('abcd')
  })

  it('looks like a formula only where a spreadsheet would take it for one', () => {
    expect(['=1', '+1', '-x', '@a', '\ta'].every(looksLikeFormula)).toBe(true)
    expect(['-1', '-1.5', '1-1', '3-2-501', 'a=b', ''].some(looksLikeFormula)).toBe(false)
  })
})

describe('an exported workbook', () => {
  const scope: SheetScope = {
    communityIds: [COMMUNITY],
    from: new Date('2026-10-31T16:00:00Z'),
    to: new Date('2026-11-30T16:00:00Z'),
    timezone: 'Asia/Shanghai',
    maySeePersonal: true,
  }

  async function exportIt(maySeePersonal = true): Promise<void> {
    const asked = { ...scope, maySeePersonal }
    const summary = await exportWorkbook(
      {
        read: world.db.read,
        sheets: [flowSheet as never],
        scope: asked,
        title: '百合社区 电子台账 2026-11',
        exportedBy: '陈主任',
        exportId: 'T1',
        now: NOVEMBER,
      },
      createWriteStream(file),
    )
    await world.append([exportEvent(COMMUNITY, summary, asked)])
  }

  const check = async () => (await checkWorkbook(world.db.read, file)).faults

  async function change(work: (book: ExcelJS.Workbook) => void): Promise<void> {
    const book = await withExcel()
    work(book)
    await book.xlsx.writeFile(file)
  }

  let world: LedgerWorld
  beforeEach(async () => {
    world = await openLedgerWorld()
    await world.append(notes(1200))
  })
  afterEach(() => world.close())

  it('passes its check, also after a spreadsheet saved it again', async () => {
    await exportIt()
    expect(await checkWorkbook(world.db.read, file)).toEqual({ exportId: 'T1', rows: 1200, faults: [] })
    await change(() => undefined)
    expect(await check()).toEqual([])
  })

  it('names the row and the block of a changed cell', async () => {
    await exportIt()
    await change((book) => {
      const cell = book.getWorksheet('台账流水')?.getCell('I700')
      if (cell) cell.value = '改过的话'
    })
    expect(await check()).toEqual([
      '“台账流水”第 700 行与台账里 BH 第 699 条不符',
      '“台账流水”第 501–1000 行之间有改动',
    ])
  })

  it('finds a changed number, a removed row and an added row', async () => {
    await exportIt()
    await change((book) => {
      book.getWorksheet('台账流水')?.spliceRows(1150, 1)
      book.getWorksheet('台账流水')?.addRow(['BH', 9999, AT, 'notes'])
    })
    const faults = await check()
    expect(faults).toContain('“台账流水”第 1001–1201 行之间有改动')
    expect(faults).toContain('“台账流水”第 1201 行在台账里找不到')
  })

  it('finds rows appended behind the end', async () => {
    await exportIt()
    await change((book) => book.getWorksheet('台账流水')?.addRow(['BH', 1, AT]))
    expect(await check()).toEqual(['“台账流水”第 1202 行起是后来添上的'])
  })

  it('finds a removed and an added sheet, and rewritten check codes', async () => {
    await exportIt()
    await change((book) => {
      book.addWorksheet('新表')
      const code = book.getWorksheet('校验')?.getCell('D2')
      if (code) code.value = 'a'.repeat(64)
    })
    expect(await check()).toEqual([
      '“台账流水”第 2–500 行之间有改动',
      '多出“新表”表',
      '封面上的校验总码与“校验”表算出的不一致',
      '校验总码与数据库里登记的不一致：“校验”表或表的行数被改过',
    ])
    await change((book) => book.removeWorksheet('台账流水'))
    expect(await check()).toContain('缺少“台账流水”表')
  })

  it('cannot be passed off as an export of another time', async () => {
    await exportIt()
    await change((book) => {
      const cell = book.getWorksheet('封面')?.getColumn(2)
      cell?.eachCell((one) => {
        if (one.value === 'T1') one.value = 'T2'
      })
    })
    expect(await check()).toContain('数据库里没有导出编号 T2 的记录')
  })

  it('masks residents without the right to see them, and still passes', async () => {
    await world.append([{ text: '张爱丽反映电梯坏，电话13812345678，王芳接单', data: {} }])
    await exportIt(false)
    const rows = (await readBack()).get('台账流水') ?? []
    expect(rows.at(-1)?.[8]).toBe('张**反映电梯坏，电话138****5678，王芳接单')
    expect(await check()).toEqual([])
  })
})
