import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskWorld, openDesk, type Visitor } from './support.js'

const path = (page: string) => `/desk/c/BH/${page}`

describe('the ledger on the desk', () => {
  let world: DeskWorld
  let manager: Visitor
  beforeAll(async () => {
    world = await openDesk('2026-11-30T12:00:00Z')
    await world.as('爱丽').says('居民群', '3幢2单元电梯又坏了，我妈八十多岁下不来楼')
    manager = await world.signIn('陈主任')
  })
  afterAll(() => world.close())

  it('finds an entry by two signs, and by one', async () => {
    for (const q of ['电梯', '梯'])
      expect((await manager.get(path(`ledger?q=${encodeURIComponent(q)}`))).text).toContain('BH-202611-0001')
    expect((await manager.get(path(`ledger?q=${encodeURIComponent('月亮')}`))).text).toContain('没有找到')
  })

  it('shows a page as a table and gives it as CSV', async () => {
    expect((await manager.get(path('ledger/p/requests?month=2026-11'))).text).toContain('我妈八十多岁')
    const csv = await manager.get(path('ledger/p/requests/2026-11.csv'))
    expect(csv.headers.get('content-type')).toContain('text/csv')
    expect(csv.text).toContain('爱丽')
    const officer = await world.signIn('周科长')
    expect((await officer.get(path('ledger/p/requests/2026-11.csv'))).text).not.toContain('爱丽')
  })

  it('exports a month as a workbook, and enters that it did', async () => {
    const page = await manager.get(path('ledger'))
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const cookie = [...manager.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(world.url + path('ledger/export'), {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({ csrf, nonce: 'export-2026-11', month: '2026-11' }),
    })
    expect(answer.status).toBe(200)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(await answer.arrayBuffer())
    expect(workbook.worksheets.map((sheet) => sheet.name)).toContain('居民诉求')
    expect(await world.db.read.ledgerEntry.count({ where: { type: 'ledger.exported' } })).toBe(1)
  })

  it('closes a month that is over, and proves that nothing was changed; then names what was', async () => {
    await world.advanceTo('2026-12-01 00:10')
    const browser = await world.signIn('陈主任')
    await browser.submit(path('ledger'), path('ledger/close'), { month: '2026-11' })
    const close = await world.db.read.ledgerClose.findFirstOrThrow({ where: { month: '2026-11' } })
    expect((await browser.get(path('ledger'))).text).toContain(close.fingerprint)
    await world.service.idle()
    expect(world.last('工作群').text).toContain(close.fingerprint)
    expect((await browser.submit(path('ledger'), path('ledger/verify'), {})).text).toContain('全部对得上')
    await world.db.write((tx) =>
      tx.ledgerEntry.updateMany({ where: { seq: 1 }, data: { text: '登记：3幢2单元电梯很好' } }),
    )
    const verdict = await browser.submit(path('ledger'), path('ledger/verify'), {})
    expect(verdict.text).toContain('核对出问题')
    expect(verdict.text).toContain('第 1 条的文字或数据被改过')
  })
})

describe('an inspection link', () => {
  let world: DeskWorld
  let manager: Visitor
  beforeAll(async () => {
    world = await openDesk()
    await world.as('爱丽').says('居民群', '3幢2单元电梯又坏了，我妈八十多岁下不来楼')
    manager = await world.signIn('陈主任')
  })
  afterAll(() => world.close())

  it('shows an inspector the chosen pages, masked, and nothing else; each look is noted; it can be taken back', async () => {
    const form = { label: '区民政局 检查组', month: '2026', days: '7', pages: 'requests' }
    const made = await manager.submit(path('inspections'), path('inspections'), form)
    const link = new RegExp(`${world.url}(/inspect/[\\w-]+)`).exec(made.text)?.[1] ?? ''
    expect(link).not.toBe('')
    expect((await manager.get(path('inspections'))).text).not.toContain(link)

    const inspector = world.visitor()
    expect((await inspector.get(link)).text).toContain('居民诉求')
    const sheet = await inspector.get(`${link}/requests`)
    expect(sheet.text).toContain('我妈八十多岁')
    expect(sheet.text).not.toContain('爱丽')
    expect(sheet.text).not.toMatch(/<form|<button/)
    expect((await inspector.get(`${link}/ledger`)).status).toBe(404)
    expect((await inspector.get('/inspect/0123456789012345678901')).status).toBe(404)
    expect((await inspector.get(path('today'))).location).toBe('/desk/login')

    const log = await manager.get(path('access'))
    expect(log.text).toContain('检查：区民政局·检查组')
    const row = await world.db.read.inspectionLink.findFirstOrThrow()
    expect(row.views).toBe(2)
    await manager.submit(path('inspections'), path('inspections/revoke'), { id: String(row.id) })
    expect((await inspector.get(link)).status).toBe(404)
  })
})
