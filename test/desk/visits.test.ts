import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskWorld, openDesk, type Visitor } from './support.js'

const path = (page: string) => `/desk/c/BH/${page}`

describe('visits on the desk', () => {
  let world: DeskWorld
  let manager: Visitor
  let worker: Visitor
  let home: number
  beforeAll(async () => {
    world = await openDesk()
    manager = await world.signIn('陈主任')
    worker = await world.signIn('王芳')
    const where = { building: '3', unit: '2', room: '501' }
    home = (await world.db.read.household.findFirstOrThrow({ where })).id
  })
  afterAll(() => world.close())

  it('are written on the card of the household by the command of the chat, and count', async () => {
    const card = path(`homes/${home}`)
    const diary = { outcome: 'met', day: '2026-11-21', problem: '楼道灯坏了', measure: '已联系物业', result: '' }
    await worker.submit(card, path(`homes/${home}/visit`), diary)
    const visit = await world.db.read.visit.findFirstOrThrow()
    expect(visit).toMatchObject({
      householdId: home,
      day: '2026-11-21',
      outcome: 'met',
      counted: true,
      backdated: true,
    })
    expect(visit).toMatchObject({ problem: '楼道灯坏了', measure: '已联系物业' })
    expect((await worker.get(card)).text).toContain('问题：楼道灯坏了')
    await worker.submit(card, path(`homes/${home}/visit`), {
      ...diary,
      outcome: 'refused',
      day: '2026-11-22',
      problem: '',
    })
    expect(await world.db.read.visit.count({ where: { outcome: 'refused', counted: false } })).toBe(1)
    await worker.submit(card, path(`homes/${home}/visit`), { ...diary, day: '2026-10-01' })
    expect(await world.db.read.visit.count()).toBe(2)
  })

  it('of other communities cannot be reached by their number', async () => {
    const csrf = /name="csrf" value="([^"]+)"/.exec((await worker.get('/desk/me')).text)?.[1] ?? ''
    const grid = await world.db.write(async (tx) => {
      const { subdistrictId, timezone } = await tx.community.findFirstOrThrow()
      const other = await tx.community.create({
        data: { code: 'QT', name: '别处社区', timezone, settings: {}, subdistrictId },
      })
      return tx.grid.create({ data: { code: 'QT-01', name: '别处一格', communityId: other.id } })
    })
    const foreign = await world.db.write((tx) =>
      tx.household.create({
        data: { gridId: grid.id, communityId: grid.communityId, building: '9', room: '909', headName: '钱外人' },
      }),
    )
    const seen = await world.db.read.accessLog.count()
    expect((await worker.get(path(`homes/${foreign.id}`))).status).toBe(404)
    for (const [rest, form] of [
      ['', { reason: '办理诉求' }],
      ['/visit', { outcome: 'met', day: '2026-11-22' }],
    ] as const) {
      const sent = { csrf, nonce: `by-hand-${rest}`, ...form }
      expect((await worker.post(path(`homes/${foreign.id}${rest}`), sent)).status).toBe(404)
    }
    expect(await world.db.read.accessLog.count()).toBe(seen)
  })

  it('pause with leave: asked on the page, agreed on the page, told in the chat', async () => {
    const staff = (who: Visitor, form: Record<string, string>) => who.submit(path('visits'), path('visits/staff'), form)
    await staff(worker, { verb: 'leave', from: '2026-11-24', to: '2026-11-26', reason: '看病' })
    await world.service.idle()
    expect(world.last('私聊:陈主任').text).toContain('王芳请假')
    const asked = await world.db.read.visitLeave.findFirstOrThrow()
    expect(asked).toMatchObject({ fromDay: '2026-11-24', toDay: '2026-11-26', status: 'asked', reason: '看病' })
    expect((await worker.get(path('visits'))).text).not.toContain('同意 王芳 请假')
    await staff(manager, { verb: 'decide', key: asked.key, agreed: 'yes' })
    await world.service.idle()
    expect((await world.db.read.visitLeave.findFirstOrThrow()).status).toBe('confirmed')
    expect(world.last('私聊:王芳').text).toContain('已确认')
    await staff(manager, { verb: 'leave', who: '张敏', from: '2026-11-25', to: '2026-11-25', reason: '培训' })
    expect((await manager.get(path('visits'))).text).toContain('张敏请假')
  })

  it('are handed over for a while, and their goal is set', async () => {
    const staff = (form: Record<string, string>) => manager.submit(path('visits'), path('visits/staff'), form)
    await staff({ verb: 'cover', who: 'W05', grid: 'BH-01', from: '2026-11-24', to: '2026-11-26' })
    expect((await manager.get(path('visits'))).text).toMatch(/第一网格由<b>刘洋<\/b>代管/)
    await staff({ verb: 'goal', who: 'W01', quota: '20', now: 'yes' })
    expect(await world.db.read.visitGoal.findFirst()).toMatchObject({
      scopeKind: 'worker',
      quota: 20,
      month: '2026-11',
    })
  })

  it('are read by an officer without names, and changed by nobody from above', async () => {
    const officer = await world.signIn('周科长')
    const page = await officer.get(path('visits'))
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('<form')
    expect((await officer.get(path(`homes/${home}`))).text).not.toContain('记一次走访')
  })
})
