import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskWorld, openDesk, type Visitor } from './support.js'

const path = (page: string) => `/desk/c/BH/${page}`
const COLUMNS = {
  header0: '编号',
  from0: 'data.number',
  header1: '时间',
  from1: 'at',
  header2: '内容',
  from2: 'text',
}
const LIFTS = { title: '登记一览', pages: 'requests', types: 'request.logged', period: 'year', ...COLUMNS }

describe("a ledger page of the community's own", () => {
  let world: DeskWorld
  let manager: Visitor
  beforeAll(async () => {
    world = await openDesk()
    await world.as('爱丽').says('居民群', '3幢2单元电梯又坏了，我妈八十多岁下不来楼')
    await world.as('王芳').says('私聊', '接单 0001')
    manager = await world.signIn('陈主任')
  })
  afterAll(() => world.close())

  const send = (page: string, form: Record<string, string>) => manager.submit(path(page), path(page), form)
  const stored = async () => {
    const { settings } = await world.db.read.community.findFirstOrThrow({ where: { code: 'BH' } })
    return settings as { ledger?: { pages: { page: string; title: string }[] } }
  }

  it('is seen with real entries before it is saved, and changes nothing by being seen', async () => {
    const shown = await send('ledger/own/new', { ...LIFTS, do: 'preview' })
    expect(shown.status).toBe(200)
    expect(shown.text).toContain('预览：登记一览')
    expect(shown.text).toContain('<td>BH-202611-0001</td>')
    expect(shown.text).not.toContain('<td>王芳接单</td>')
    expect(await stored()).toEqual({})
  })

  it('says what is missing, and keeps what was typed', async () => {
    const shown = await send('ledger/own/new', { title: '', header0: '编号', from0: '__proto__', do: 'save' })
    expect(shown.status).toBe(422)
    expect(shown.text).toContain('请写这一页的名字')
    expect(shown.text).toContain('请至少选一页或一种记录')
    expect(shown.text).toContain('value="编号"')
    expect(await stored()).toEqual({})
  })

  it('is saved, filled, listed, exported, changed and taken away, each on the record', async () => {
    const saved = await send('ledger/own/new', { ...LIFTS, replaces: '电梯登记簿、报修本', do: 'save' })
    expect(saved.location).toBe(path('ledger/p/own-1'))
    const page = await manager.get(saved.location)
    expect(page.text).toContain('2026 年')
    expect(page.text).toContain('<td>BH-202611-0001</td>')
    const front = await manager.get(path('ledger'))
    expect(front.text).toContain('登记一览')
    expect(front.text).toContain('电梯登记簿、报修本')
    expect((await manager.get(path('ledger/p/own-1/2026-11.csv'))).text).toContain('BH-202611-0001')

    const renamed = await send('ledger/own/own-1', { ...LIFTS, title: '电梯一览', do: 'save' })
    expect(renamed.location).toBe(path('ledger/p/own-1'))
    expect((await manager.get(path('ledger/own/own-1'))).text).toContain('改名：登记一览 → 电梯一览')
    const twin = await send('ledger/own/new', { ...LIFTS, title: '电梯一览', do: 'save' })
    expect([twin.status, twin.text.includes('已经有一页叫这个名字')]).toEqual([422, true])
    expect((await stored()).ledger?.pages.map((one) => one.title)).toEqual(['电梯一览'])

    await send('ledger/own/own-1', { do: 'drop' })
    expect((await manager.get(path('ledger/p/own-1'))).status).toBe(404)
    expect((await stored()).ledger?.pages).toEqual([])
    const history = await manager.get(path('settings/history'))
    expect(history.text).toContain('“电梯一览”：去掉')
    const entries = await world.db.read.ledgerEntry.findMany({ where: { subject: 'page:own-1' } })
    expect(entries.map((one) => one.text)).toEqual([
      '台账页“登记一览”已定义，代替：电梯登记簿、报修本',
      '台账页“电梯一览”已定义',
      '台账页“电梯一览”已撤下，已记的条目不变',
    ])
  })

  it("is the manager's alone", async () => {
    const worker = await world.signIn('王芳')
    expect((await worker.get(path('ledger/own/new'))).status).toBe(404)
    expect((await worker.get(path('ledger'))).text).not.toContain('自建一页')
  })
})
