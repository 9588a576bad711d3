import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskWorld, openDesk, type Visitor } from './support.js'

const PAGES = ['today', 'requests', 'requests/BH-202611-0001', 'map', 'homes?building=3', 'visits', 'surveys', 'ledger']
const COLLEAGUES = ['people', 'requests/new']
const MANAGERS = ['access', 'inspections', 'people/import', 'people/import/template.xlsx']

describe('who may see what', () => {
  let world: DeskWorld
  let manager: Visitor
  let worker: Visitor
  let officer: Visitor
  beforeAll(async () => {
    world = await openDesk()
    await world.as('爱丽').says('居民群', '3幢2单元电梯又坏了，我妈八十多岁下不来楼，电话13812345678')
    manager = await world.signIn('陈主任')
    worker = await world.signIn('王芳')
    officer = await world.signIn('周科长')
    await world.db.write((tx) =>
      tx.community.create({
        data: {
          code: 'QT',
          name: '别处社区',
          timezone: 'Asia/Shanghai',
          settings: {},
          subdistrict: {
            create: { code: 'QTJD', name: '别处街道', district: { create: { code: 'QTQ', name: '别处区' } } },
          },
        },
      }),
    )
  })
  afterAll(() => world.close())

  const statuses = async (who: Visitor, pages: readonly string[]) =>
    Promise.all(pages.map(async (page) => [page, (await who.get(`/desk/c/BH/${page}`)).status]))
  const all = (pages: readonly string[], status: number) => pages.map((page) => [page, status])

  it('shows a manager everything of their community', async () => {
    expect(await statuses(manager, [...PAGES, ...COLLEAGUES, ...MANAGERS])).toEqual(
      all([...PAGES, ...COLLEAGUES, ...MANAGERS], 200),
    )
  })

  it('shows a worker the community, not what only a manager answers for', async () => {
    expect(await statuses(worker, [...PAGES, ...COLLEAGUES])).toEqual(all([...PAGES, ...COLLEAGUES], 200))
    expect(await statuses(worker, MANAGERS)).toEqual(all(MANAGERS, 404))
  })

  it('shows an officer figures and requests with names masked, and no people', async () => {
    expect(await statuses(officer, PAGES)).toEqual(all(PAGES, 200))
    expect(await statuses(officer, [...COLLEAGUES, ...MANAGERS])).toEqual(all([...COLLEAGUES, ...MANAGERS], 404))
    const [full, masked] = await Promise.all(
      [worker, officer].map((who) => who.get('/desk/c/BH/requests/BH-202611-0001')),
    )
    expect(full?.text).toContain('爱丽')
    expect(full?.text).not.toContain('13812345678')
    expect(masked?.text).not.toContain('爱丽')
    expect(masked?.text).not.toContain('13812345678')
    expect(masked?.text).not.toContain('name="verb"')
  })

  it('shows nobody another community, and tells not that there is one', async () => {
    for (const who of [manager, worker, officer]) {
      expect((await who.get('/desk/c/QT/today')).status).toBe(404)
      expect((await who.get('/desk/c/NONE/today')).status).toBe(404)
    }
    expect((await officer.get('/desk')).location).toBe('/desk/c/BH/today')
  })

  it('shows a stranger the door and nothing else', async () => {
    const stranger = world.visitor()
    for (const page of [...PAGES, ...COLLEAGUES, ...MANAGERS])
      expect((await stranger.get(`/desk/c/BH/${page}`)).location).toBe('/desk/login')
    expect((await stranger.get('/desk/login')).text).toContain('不用密码')
    expect((await stranger.post('/desk/c/BH/requests/BH-202611-0001', { verb: 'solve', words: 'x' })).location).toBe(
      '/desk/login',
    )
  })

  it('lets an officer change nothing, even with a form made by hand', async () => {
    const csrf = /name="csrf" value="([^"]+)"/.exec((await officer.get('/desk/me')).text)?.[1] ?? ''
    const form = { csrf, nonce: 'made-by-hand', verb: 'solve', words: '办好了' }
    await officer.post('/desk/c/BH/requests/BH-202611-0001', form)
    expect((await officer.get('/desk/c/BH/requests/BH-202611-0001')).text).toContain('没有做这一步的权限')
    const row = await world.db.read.request.findUniqueOrThrow({ where: { number: 'BH-202611-0001' } })
    expect(row.status).toBe('assigned')
    const setting = { csrf, nonce: 'made-by-hand-2', path: 'visits.quota', value: '5' }
    await officer.post('/desk/c/BH/settings', setting)
    expect(await world.db.read.settingChange.count()).toBe(0)
    expect((await officer.post('/desk/c/BH/homes/40', { csrf, reason: '办理诉求' })).status).toBe(404)
  })

  it('shows who lives somewhere only for a reason, and keeps the reason', async () => {
    const home = await world.db.read.household.findFirstOrThrow({ where: { building: '3', unit: '2', room: '501' } })
    const path = `/desk/c/BH/homes/${home.id}`
    expect((await worker.get(path)).text).not.toContain('张爱丽')
    const shown = await worker.submit(path, path, { reason: '走访联系' })
    expect(shown.text).toContain('张爱丽')
    const log = await manager.get('/desk/c/BH/access')
    expect(log.text).toContain('走访联系')
    expect(log.text).toContain('3幢2单元501')
    const rows = await world.db.read.accessLog.findMany({ where: { action: 'desk.household' } })
    expect(rows).toMatchObject([{ subject: `household:${home.id}`, detail: '走访联系' }])
  })
})
