import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskWorld, openDesk, type Visitor } from './support.js'

const path = (page: string) => `/desk/c/BH/${page}`
const HEADERS = '日期,社工工号,小区,幢,单元,室,方式,问题,措施,结果'

describe('the export of visits on the desk', () => {
  let world: DeskWorld
  let manager: Visitor
  let worker: Visitor
  beforeAll(async () => {
    world = await openDesk()
    manager = await world.signIn('陈主任')
    worker = await world.signIn('王芳')
    const { id } = await world.db.read.household.findFirstOrThrow({ where: { building: '3', unit: '2', room: '501' } })
    const diary = { outcome: 'met', day: '2026-11-22', measure: '已联系物业', result: '' }
    await worker.submit(path(`homes/${id}`), path(`homes/${id}/visit`), { ...diary, problem: '=HYPERLINK("http://x")' })
    await world.as('李强').says('私聊', '走访 8-1-502 拒访 电话13812345678')
  })
  afterAll(() => world.close())

  const exported = (who: Visitor, format: string, month = '2026-11') =>
    who.submit(path(`visits?month=${month}`), path('visits/export'), { format })

  it('is CSV with words that no spreadsheet takes for a formula, which the import reads', async () => {
    const csv = await exported(manager, 'csv')
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('content-disposition')).toContain(encodeURIComponent('百合社区走访 2026-11.csv'))
    const lines = csv.text.replace('\ufeff', '').trimEnd().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toBe(HEADERS)
    expect(lines[1]).toBe(`2026-11-22,W01,百合苑,3,2,501,见到,"'=HYPERLINK(""http://x"")",已联系物业,`)
    expect(lines[2]).toContain('13812345678')
  })

  it('is a workbook that holds the same words as text', async () => {
    const page = await manager.get(path('visits'))
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const answer = await fetch(world.url + path('visits/export'), {
      method: 'POST',
      headers: { cookie: [...manager.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      body: new URLSearchParams({ csrf, nonce: 'export-visits-xlsx', month: '2026-11', format: 'xlsx' }),
    })
    expect(answer.status).toBe(200)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(await answer.arrayBuffer())
    const cell = workbook.getWorksheet('走访')?.getCell('H2')
    expect([cell?.type, cell?.value, cell?.numFmt]).toEqual([ExcelJS.ValueType.String, '=HYPERLINK("http://x")', '@'])
  })

  it('is registered in the ledger and in the access log, with who took it', async () => {
    const entries = await world.db.read.ledgerEntry.findMany({ where: { type: 'visit.exported' } })
    expect(entries.map((entry) => entry.text)).toEqual(Array(2).fill('陈主任导出走访 2 条（2026-11-01 至 2026-11-30）'))
    const looks = await manager.get(path('access'))
    expect(looks.text).toMatch(/陈主任[\s\S]*导出[\s\S]*走访 2026-11/)
  })

  it('is only the worker’s own for a worker, and nobody’s for who reads from above', async () => {
    const own = await exported(worker, 'csv')
    expect(own.text).toContain(',W01,')
    expect(own.text).not.toContain('W02')
    expect((await worker.get(path('visits'))).text).toContain('导出我的 CSV')
    const officer = await world.signIn('周科长')
    expect((await officer.get(path('visits'))).text).not.toContain('visits/export')
    const csrf = /name="csrf" value="([^"]+)"/.exec((await officer.get('/desk/me')).text)?.[1] ?? ''
    const before = await world.db.read.ledgerEntry.count({ where: { type: 'visit.exported' } })
    const sent = { csrf, nonce: 'by-hand-export', month: '2026-11', format: 'csv' }
    expect((await officer.post(path('visits/export'), sent)).status).toBe(404)
    expect(await world.db.read.ledgerEntry.count({ where: { type: 'visit.exported' } })).toBe(before)
  })

  it('says so when a month has nothing', async () => {
    const empty = await exported(manager, 'xlsx', '2025-01')
    expect([empty.status, empty.location]).toEqual([303, path('visits?month=2025-01')])
    expect((await manager.get(empty.location)).text).toContain('还没有记录')
  })
})
