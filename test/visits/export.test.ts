import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { communityView } from '../../src/community/settings.js'
import { type Database, openDatabase } from '../../src/db/client.js'
import { seedDemo } from '../../src/demo/index.js'
import { visitsCsv } from '../../src/modules/visits/export/csv.js'
import { writeVisitsWorkbook } from '../../src/modules/visits/export/workbook.js'
import { importVisits } from '../../src/modules/visits/import/index.js'
import { createWorld, type Heard, type JumpingWorld } from '../support/world.js'

const NOVEMBER = { from: '2026-11-01', to: '2026-11-30', workerId: null, full: true }
let world: JumpingWorld
let folder: string
beforeEach(async () => {
  world = await createWorld()
  folder = mkdtempSync(join(tmpdir(), 'linli-export-'))
  await world.as('王芳').says('私聊', '走访 3-2-501 张阿姨说楼道灯坏了，已联系物业，电话13812345678')
  await world.as('王芳').says('私聊', '走访 3-2-601 没人')
  await world.as('王芳').says('私聊', '走访 3-2-601 见到，身体好')
  await world.as('王芳').says('私聊', '电访 昨天 3-2-701 挺好')
  await world.as('王芳').says('私聊', '走访 3-2-702 写错了')
  await world.as('王芳').says('私聊', '撤')
  await world.as('李强').says('私聊', '走访 8-1-502 拒访')
})
afterEach(async () => {
  await world.close()
  rmSync(folder, { recursive: true })
})

const communityOf = async (db: Database) =>
  communityView(await db.read.community.findUniqueOrThrow({ where: { code: 'BH' } }))

async function sheetOf(bytes: Buffer): Promise<string[][]> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as never)
  const sheet = book.getWorksheet('走访')
  const rows: string[][] = []
  sheet?.eachRow((row) => {
    rows.push(Array.from({ length: 10 }, (_, index) => String(row.getCell(index + 1).value ?? '')))
  })
  return rows
}
const fileOf = (heard: Heard | undefined): Buffer => Buffer.from(heard?.message.file?.bytes ?? [])

describe('an export of visits', () => {
  it('holds a line for each home, day and worker in the columns of the import', async () => {
    await world.as('陈主任').says('私聊', '导出走访 本月')
    const heard = world.last('私聊:陈主任')
    expect(heard.text).toBe('百合社区走访 2026-11：4 条，格式和导入的表一样。')
    expect(heard.message.file?.name).toBe('百合社区走访 2026-11.xlsx')
    expect(await sheetOf(fileOf(heard))).toEqual([
      ['日期', '社工工号', '小区', '幢', '单元', '室', '方式', '问题', '措施', '结果'],
      ['2026-11-21', 'W01', '百合苑', '3', '2', '701', '电访', '', '', '挺好'],
      ['2026-11-22', 'W01', '百合苑', '3', '2', '501', '见到', '楼道灯坏、电话13812345678', '已联系物业', ''],
      ['2026-11-22', 'W01', '百合苑', '3', '2', '601', '见到', '', '', '身体好'],
      ['2026-11-22', 'W02', '百合苑', '8', '1', '502', '拒访', '', '', ''],
    ])
    const entry = await world.db.read.ledgerEntry.findFirstOrThrow({ where: { type: 'visit.exported' } })
    expect(entry.text).toBe('陈主任导出走访 4 条（2026-11-01 至 2026-11-30）')
  })

  it('gives a worker their own, nobody else any, and hides numbers in a group', async () => {
    await world.as('李强').says('私聊', '导出走访 11月')
    expect(await sheetOf(fileOf(world.last('私聊:李强')))).toHaveLength(2)
    await world.as('陈主任').says('工作群', '导出走访 2026-11')
    const shared = JSON.stringify(await sheetOf(fileOf(world.last('工作群'))))
    expect(shared).toContain('138****5678')
    expect(shared).not.toContain('13812345678')
    const [refused] = await world.as('爱丽').says('私聊', '导出走访 2026-11')
    expect(refused?.message.file).toBeUndefined()
    await world.as('陈主任').says('私聊', '导出走访 2025-01')
    expect(world.last('私聊:陈主任').text).toContain('还没有记录')
    const [how] = await world.as('陈主任').says('私聊', '导出走访 随便')
    expect(how?.text).toContain('请这样发')
  })

  it('comes in again as it went out, and adds nothing where it came from', async () => {
    const file = join(folder, 'out.xlsx')
    const community = await communityOf(world.db)
    const rows = await writeVisitsWorkbook(
      world.db.read,
      { ...NOVEMBER, communityId: community.id },
      createWriteStream(file),
    )
    expect(rows).toBe(4)
    const now = world.now()
    expect(await importVisits(world.db, file, { community, now })).toEqual({
      written: { added: 0, known: 4 },
      faults: [],
    })
    const other = await openDatabase(`file:${join(folder, 'other.db')}`)
    try {
      await seedDemo(other, now)
      const there = await communityOf(other)
      const taken = await importVisits(other, file, { community: there, now })
      expect(taken).toEqual({ written: { added: 4, known: 0 }, faults: [] })
      const again = join(folder, 'again.xlsx')
      await writeVisitsWorkbook(other.read, { ...NOVEMBER, communityId: there.id }, createWriteStream(again))
      const byPlace = (one: string[][]) => one.map((cells) => cells.join('|')).sort()
      expect(byPlace(await sheetOf(readFileSync(again)))).toEqual(byPlace(await sheetOf(readFileSync(file))))
    } finally {
      await other.close()
    }
  })

  it('is CSV too, and comes in again with words that look like a formula', async () => {
    const { id: communityId } = await communityOf(world.db)
    await world.db.write((tx) => tx.visit.updateMany({ where: { outcome: 'refused' }, data: { result: '=1+1' } }))
    const { rows, text } = await visitsCsv(world.db.read, { ...NOVEMBER, communityId })
    expect(rows).toBe(4)
    expect(text).toContain("拒访,,,'=1+1")
    const file = join(folder, 'out.csv')
    writeFileSync(file, text)
    const other = await openDatabase(`file:${join(folder, 'other.db')}`)
    try {
      await seedDemo(other, world.now())
      const taken = await importVisits(other, file, { community: await communityOf(other), now: world.now() })
      expect(taken).toEqual({ written: { added: 4, known: 0 }, faults: [] })
      expect((await other.read.visit.findFirstOrThrow({ where: { outcome: 'refused' } })).result).toBe('=1+1')
    } finally {
      await other.close()
    }
  })

  it('takes from a sheet only what the chat has not told', async () => {
    const file = join(folder, 'mixed.csv')
    writeFileSync(
      file,
      '日期,社工工号,幢,单元,室,方式\n2026-11-22,W01,3,2,501,见到\n2026-11-22,W01,3,2,702,见到\n2026-11-20,W01,3,2,501,见到\n',
    )
    const community = await communityOf(world.db)
    const { written } = await importVisits(world.db, file, { community, now: world.now() })
    expect(written).toEqual({ added: 2, known: 1 })
    const [progress] = await world.as('王芳').says('私聊', '我的进度')
    expect(progress?.text).toContain('11月走访 3/30，今天 3 户')
  })
})
