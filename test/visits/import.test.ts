import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { communityView } from '../../src/community/settings.js'
import { type Database, openDatabase } from '../../src/db/client.js'
import { seedDemo } from '../../src/demo/index.js'
import type { CommunityView } from '../../src/kernel/module.js'
import { importVisits, visitFaultText } from '../../src/modules/visits/import/index.js'

const NOW = new Date('2026-11-22T01:00:00Z')
const HEADERS = ['日期', '社工工号', '小区', '幢', '单元', '室', '方式', '问题', '措施', '结果']
let folder: string
let db: Database
let community: CommunityView

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-visits-'))
  db = await openDatabase(`file:${folder}/visits.db`)
  await seedDemo(db, NOW)
  community = communityView(await db.read.community.findUniqueOrThrow({ where: { code: 'BH' } }))
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

async function workbook(rows: readonly (string | number | Date)[][]): Promise<string> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('走访')
  sheet.addRow(HEADERS)
  for (const row of rows) sheet.addRow(row)
  const file = join(folder, 'paper.xlsx')
  await book.xlsx.writeFile(file)
  return file
}

const run = (file: string, partial = false) => importVisits(db, file, { community, now: NOW, partial })
const good = (day: string, room = '501', outcome = '见到') => [
  day,
  'W01',
  '百合苑',
  '3',
  '2',
  room,
  outcome,
  '楼道灯坏',
  '已报物业',
  '',
]

describe('visits kept on paper', () => {
  it('come in with their days, and the months of the past with them', async () => {
    const file = await workbook([
      [new Date('2026-09-03T00:00:00Z'), 'w01', '', '3号楼', '2单元', '501室', '', '', '', '正常'],
      good('2026-09-03', '502', '没人'),
      good('2026-09-04'),
      good('2026-10-08', '601'),
    ])
    expect(await run(file)).toEqual({ written: { added: 4, known: 0 }, faults: [] })
    const visits = await db.read.visit.findMany({ orderBy: { id: 'asc' } })
    expect(visits.map((one) => [one.day, one.outcome, one.counted, one.source])).toEqual([
      ['2026-09-03', 'met', true, 'import'],
      ['2026-09-03', 'not_home', false, 'import'],
      ['2026-09-04', 'met', true, 'import'],
      ['2026-10-08', 'met', true, 'import'],
    ])
    expect(visits[0]?.loggedAt).toEqual(NOW)
    const months = await db.read.visitMonth.findMany({ orderBy: { month: 'asc' } })
    // One household twice in September counts once.
    expect(months.map((one) => [one.month, one.met, one.notHome, one.closedAt !== null])).toEqual([
      ['2026-09', 1, 1, true],
      ['2026-10', 1, 0, true],
    ])
    const state = await db.read.visitHousehold.findFirstOrThrow({ where: { lastMetDay: '2026-09-04' } })
    expect(state.lastTriedDay).toBe('2026-09-04')
    expect(await db.read.visitGridYear.findFirst({ where: { covered: 2, year: 2026 } })).not.toBeNull()
    const entry = await db.read.ledgerEntry.findFirstOrThrow({ where: { type: 'visit.imported' } })
    expect(entry.text).toBe('导入走访 4 条（2026-09-03 至 2026-10-08）')
  })

  it('are not taken twice', async () => {
    const file = await workbook([good('2026-09-03'), good('2026-09-04', '502')])
    await run(file)
    expect((await run(file)).written).toEqual({ added: 0, known: 2 })
    expect(await db.read.visit.count()).toBe(2)
    expect(await db.read.ledgerEntry.count({ where: { type: 'visit.imported' } })).toBe(1)
  })

  it('tell every fault with its place, and then nothing is written', async () => {
    const file = await workbook([
      good('2026-09-03'),
      good('2026-09-31'),
      good('2027-01-01'),
      good('2026-09-05', '5O1'),
      good('2026-09-06', '9901'),
      ['2026-09-07', 'W99', '', '3', '', '501', '见到', '', '', ''],
      good('2026-09-08', '501', '飞走了'),
      good('2026-09-03'),
    ])
    const { written, faults } = await run(file)
    expect(written).toBeNull()
    expect(faults.map(visitFaultText)).toEqual([
      '走访 第 3 行「日期」：“2026-09-31” 不是日期（应如 2025-03-18）',
      '走访 第 4 行「日期」：“2027-01-01” 还没到这一天',
      '走访 第 5 行「室」：“5O1” 不是房号（字母 O？应为数字）',
      '走访 第 6 行「室」：“9901” 名册里没有这一户',
      '走访 第 7 行「社工工号」：“W99” 这个工号不在这个社区的人员里',
      '走访 第 7 行「室」：“501” 有好几户对得上，请写明小区或单元',
      '走访 第 8 行「方式」：“飞走了” 不在可选范围内，应为：见到、入户、已走访、未遇、没人、拒访、电访、电话、微信',
      '走访 第 9 行「日期」：“2026-09-03” 与第 2 行是同一天同一户',
    ])
    expect(await db.read.visit.count()).toBe(0)
    expect((await run(file, true)).written).toEqual({ added: 1, known: 0 })
  })

  it('may be a CSV, and a sheet without the columns says which', async () => {
    const file = join(folder, 'paper.csv')
    writeFileSync(file, `${HEADERS.join(',')}\n2026/9/3,W01,,3,2,501,见到,灯坏,,\n`)
    expect((await run(file)).written).toEqual({ added: 1, known: 0 })
    writeFileSync(file, '日期,幢\n2026/9/3,3\n')
    await expect(run(file)).rejects.toThrow('缺少列 「社工工号」「室」')
  })

  it('never change a month that was lived and closed', async () => {
    await db.write((tx) =>
      tx.visitMonth.create({
        data: {
          workerId: 13,
          communityId: community.id,
          month: '2026-10',
          fromDay: '2026-10-01',
          toDay: '2026-10-31',
          quota: 30,
          target: 27,
          workDays: 18,
          met: 25,
          closedAt: NOW,
        },
      }),
    )
    const worker = await db.read.person.findUniqueOrThrow({ where: { staffNo: 'W01' } })
    await db.write((tx) => tx.visitMonth.updateMany({ data: { workerId: worker.id } }))
    const { faults } = await run(await workbook([good('2026-10-08')]))
    expect(faults.map(visitFaultText)).toEqual(['走访 第 2 行「日期」：“2026-10-08” 2026-10 已定案，不能再导入'])
  })
})
