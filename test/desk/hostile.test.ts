import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskWorld, openDesk, type Visitor } from './support.js'

const path = (page: string, code = 'BH') => `/desk/c/${code}/${page}`
const SCRIPT = '<script>alert(1)</script>'

/** Another community of another district with one of everything, and its manager. */
async function neighbours(world: DeskWorld) {
  return world.db.write(async (tx) => {
    const { timezone } = await tx.community.findFirstOrThrow()
    const community = await tx.community.create({
      data: {
        code: 'QT',
        name: '别处社区',
        timezone,
        settings: {},
        subdistrict: {
          create: { code: 'QTJ', name: '别处街道', district: { create: { code: 'QTQ', name: '别处区' } } },
        },
      },
    })
    const grid = await tx.grid.create({ data: { code: 'QT-01', name: '别处一格', communityId: community.id } })
    const home = await tx.household.create({
      data: { gridId: grid.id, communityId: community.id, building: '1', room: '101', headName: '钱外人' },
    })
    const createdAt = world.now()
    const boss = await tx.person.create({
      data: { name: '孔主任', staffNo: 'Q01', communityId: community.id, createdAt },
    })
    const scope = { scopeKind: 'community', scopeId: community.id, startsAt: createdAt }
    await tx.roleGrant.create({ data: { ...scope, personId: boss.id, role: 'manager' } })
    const resident = await tx.person.create({
      data: { name: '钱外人', communityId: community.id, householdId: home.id, createdAt },
    })
    const account = { channel: 'sandbox', displayName: '钱', createdAt }
    const bound = await tx.account.create({ data: { ...account, externalId: 'qt-1', personId: resident.id } })
    const asking = await tx.account.create({ data: { ...account, externalId: 'qt-2' } })
    const claim = await tx.bindingClaim.create({
      data: { accountId: asking.id, kind: 'household', householdId: home.id, name: '钱二', createdAt },
    })
    const link = await tx.inspectionLink.create({
      data: {
        tokenHash: 'x'.repeat(64),
        communityId: community.id,
        label: '别处检查',
        pages: ['requests'],
        periodFrom: createdAt,
        periodTo: createdAt,
        expiresAt: new Date(createdAt.getTime() + 86_400_000),
        createdAt,
      },
    })
    return { communityId: community.id, grid, home, boss, bound, claim, link }
  })
}

describe('somebody who tries what is not theirs', () => {
  let world: DeskWorld
  let manager: Visitor
  let there: Awaited<ReturnType<typeof neighbours>>
  let csrf = ''
  let serial = 0
  beforeAll(async () => {
    world = await openDesk()
    there = await neighbours(world)
    manager = await world.signIn('陈主任')
    csrf = /name="csrf" value="([^"]+)"/.exec((await manager.get('/desk/me')).text)?.[1] ?? ''
    for (const words of [`3幢2单元电梯坏了${SCRIPT}`, '=HYPERLINK("http://x.example","8幢车库漏水没人修")'])
      await manager.submit(path('requests/new'), path('requests/new'), { words })
  })
  afterAll(() => world.close())

  const send = (page: string, form: Record<string, string>, code?: string) => {
    serial += 1
    return manager.post(path(page, code), { csrf, nonce: `by-hand-${serial}`, ...form })
  }

  it('finds nothing of another community, by any address', async () => {
    for (const page of ['today', 'requests', 'people', 'settings', 'ledger', 'access', 'surveys', 'live'])
      expect([page, (await manager.get(path(page, 'QT'))).status]).toEqual([page, 404])
    for (const page of [`homes/${there.home.id}`, 'requests/QT-202611-0001', 'surveys/QT-W1', 'ledger/p/own-9'])
      expect([page, (await manager.get(path(page))).status]).toEqual([page, 404])
  })

  it('changes nothing of another community with ids put into forms of their own', async () => {
    await send('people/unbind', { accountId: String(there.bound.id) })
    await send('people/role', { verb: 'end', personId: String(there.boss.id), role: 'manager' })
    await send('people/role', { verb: 'grant', personId: String(there.boss.id), role: 'worker' })
    await send('people/assign', { gridId: String(there.grid.id), personId: '1' })
    await send('today/claim', { claim: String(there.claim.id), yes: 'yes' })
    await send('inspections/revoke', { id: String(there.link.id) })
    await send('requests/QT-202611-0001', { verb: 'accept' })
    await send('settings', { path: 'contestDays', value: '9' }, 'QT')
    const { db } = world
    const { communityId } = there
    expect((await db.read.account.findUniqueOrThrow({ where: { id: there.bound.id } })).personId).not.toBeNull()
    const grants = await db.read.roleGrant.findMany({ where: { personId: there.boss.id } })
    expect(grants.map((one) => [one.role, one.endsAt])).toEqual([['manager', null]])
    expect(await db.read.gridAssignment.count({ where: { gridId: there.grid.id } })).toBe(0)
    expect((await db.read.bindingClaim.findUniqueOrThrow({ where: { id: there.claim.id } })).status).toBe('open')
    expect((await db.read.inspectionLink.findUniqueOrThrow({ where: { id: there.link.id } })).revokedAt).toBeNull()
    expect((await db.read.community.findUniqueOrThrow({ where: { id: communityId } })).settings).toEqual({})
    expect(await db.read.ledgerEntry.count({ where: { communityId } })).toBe(0)
  })

  it("cannot reach the figures of the project's own objects by a path", async () => {
    for (const field of ['__proto__.x', 'constructor', 'ledger.pages', 'texts', 'terms'])
      await send('settings', { path: field, value: '1' })
    const { settings } = await world.db.read.community.findFirstOrThrow({ where: { code: 'BH' } })
    expect(settings).toEqual({})
  })

  it('is answered on a page, in words, whatever was wrong with the form', async () => {
    const stale = await manager.post(path('settings'), { path: 'contestDays', value: '9' })
    const garbled = await send('visits/staff', { verb: 'explode' })
    const unknown = await send('requests/BH-202611-0001', { verb: 'explode' })
    const huge = await send('requests/new', { words: '水'.repeat(400_000) })
    for (const [answer, status, words] of [
      [stale, 403, '放得太久了'],
      [garbled, 422, '没有填对'],
      [unknown, 404, '没有这个页面'],
      [huge, 413, '太大'],
    ] as const) {
      expect([words, answer.status]).toEqual([words, status])
      expect(answer.headers.get('content-type')).toContain('text/html')
      expect(answer.text).toContain(words)
    }
    const used = await world.visitor().get('/desk/login/0123456789012345678901234567890123456789012')
    expect([used.status, used.text.includes('登录')]).toEqual([410, true])
  })

  it('shows odd months, pages and numbers as nothing rather than breaking', async () => {
    for (const page of [
      'visits?month=2026-99&day=2026-13-45&worker=x',
      'visits/board.svg?month=0000-00',
      'ledger/p/requests?month=2026-13&offset=-5',
      'requests?before=x&grid=9e99&state=none&q=%00%27%22%25_',
      `homes?building=${encodeURIComponent(SCRIPT)}`,
      `ledger?q=${encodeURIComponent(`${SCRIPT}' OR 1=1 --`)}`,
      'access?before=-1&home=99999999&who=%3Cb%3E',
      'people/residents?before=abc&building=%27',
    ]) {
      const answer = await manager.get(path(page))
      expect([page, answer.status]).toEqual([page, 200])
      expect(answer.text).not.toContain(SCRIPT)
    }
    expect(world.errors).toEqual([])
  })

  it('leaves words as words: no markup on pages, no formula in files', async () => {
    for (const page of ['today', 'requests', 'requests/BH-202611-0001', 'ledger', 'ledger/p/requests', 'map'])
      expect([page, (await manager.get(path(page))).text.includes(SCRIPT)]).toEqual([page, false])
    const csv = await manager.get(path('ledger/p/requests/2026-11.csv'))
    expect(csv.text).toContain('HYPERLINK')
    expect(csv.text).not.toMatch(/(^|,)"?=HYPERLINK/m)
    const { headers } = await manager.get(path('today'))
    expect(headers.get('content-security-policy')).not.toContain('unsafe-inline')
    expect(headers.get('x-frame-options')).toBe('DENY')
  })
})
