import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskWorld, openDesk } from './support.js'

describe('signing in', () => {
  let world: DeskWorld
  beforeAll(async () => {
    world = await openDesk()
  })
  afterAll(() => world.close())

  it('lets staff in by a link said to the bot, once, and tells them so in the chat', async () => {
    const browser = world.visitor()
    const link = await world.linkFor('王芳')
    const door = await browser.get(link)
    expect(door.text).toContain('王芳，要在这台设备上登录吗')
    const done = await browser.submit(link, link, {})
    expect([done.status, done.location]).toEqual([303, '/desk'])
    expect(browser.cookies.has('linli_desk')).toBe(true)
    await world.service.idle()
    expect(world.last('私聊:王芳').text).toMatch(/您已在网页登录（Chrome · Windows/)

    const again = await world.visitor().get(link)
    expect(again.status).toBe(410)
    const home = await browser.get('/desk')
    expect([home.status, home.location]).toEqual([303, '/desk/c/BH/today'])
  })

  it('uses nothing up when a chat program previews the link, and takes the answer of that browser only', async () => {
    const link = await world.linkFor('李强')
    const preview = world.visitor()
    await preview.get(link)
    await preview.get(link)
    const stranger = world.visitor()
    const proof = /name="proof" value="([^"]+)"/.exec((await preview.get(link)).text)?.[1] ?? ''
    expect((await stranger.post(link, { proof })).status).toBe(400)
    await stranger.get(link)
    expect((await stranger.post(link, { proof })).status).toBe(400)
    expect((await preview.post(link, { proof })).status).toBe(303)
  })

  it('forgets the link ten minutes later, and takes it out of the messages once used', async () => {
    const link = await world.linkFor('张敏')
    await world.advance({ minutes: 11 })
    expect((await world.visitor().get(link)).status).toBe(410)
    await world.signIn('陈军')
    const kept = await world.db.read.outboxMessage.findMany({ where: { key: { endsWith: ':login' } } })
    expect(kept.length).toBeGreaterThanOrEqual(4)
    expect(JSON.stringify(kept)).not.toContain('/desk/login/')
    const links = await world.db.read.loginLink.findMany()
    expect(links.every((row) => !link.includes(row.tokenHash))).toBe(true)
  })

  it('gives no link in a group, to residents, or to strangers', async () => {
    const [group] = await world.as('王芳').says('工作群', '登录')
    expect(group?.text).toContain('私聊')
    expect(group?.text).not.toContain('http')
    const [resident] = await world.as('爱丽').says('私聊', '登录')
    expect(resident?.text).not.toContain('http')
    const [stranger] = await world.as('路人').says('私聊', '/login')
    expect(stranger?.text).not.toContain('http')
    expect(await world.as('爱丽').says('居民群', '登录')).toEqual([])
  })

  it('gives no more than six links an hour', async () => {
    await world.advance({ hours: 2 })
    for (let count = 0; count < 6; count += 1) await world.linkFor('刘洋')
    const [refused] = await world.as('刘洋').says('私聊', '登录')
    expect(refused?.text).toContain('刚发过好几个')
  })

  it('ends a session from the list, from the chat, and when the person is no longer staff', async () => {
    const first = await world.signIn('陈主任')
    const second = await world.signIn('陈主任')
    const row = await world.db.read.webSession.findFirstOrThrow({ where: { revokedAt: null }, orderBy: { id: 'desc' } })
    expect((await first.submit('/desk/me', '/desk/me/sign-out', { id: String(row.id) })).location).toBe('/desk/me')
    expect((await second.get('/desk/c/BH/today')).location).toBe('/desk/login')
    expect((await first.get('/desk/c/BH/today')).status).toBe(200)
    await world.as('陈主任').says('私聊', '退出工作台')
    expect((await first.get('/desk/c/BH/today')).location).toBe('/desk/login')

    const liu = await world.signIn('周科长')
    expect((await liu.get('/desk/c/BH/today')).status).toBe(200)
    const person = await world.db.read.person.findUniqueOrThrow({ where: { staffNo: 'J01' } })
    await world.db.write((tx) =>
      tx.roleGrant.updateMany({ where: { personId: person.id }, data: { endsAt: world.now() } }),
    )
    expect((await liu.get('/desk/c/BH/today')).location).toBe('/desk/login')
  })

  it('changes the token by the hour, and ends the session when an old copy turns up', async () => {
    const browser = await world.signIn('陈主任')
    const copy = browser.cookies.get('linli_desk') ?? ''
    await world.advance({ minutes: 70 })
    expect((await browser.get('/desk/c/BH/today')).status).toBe(200)
    expect(browser.cookies.get('linli_desk')).not.toBe(copy)
    const late = world.visitor()
    late.cookies.set('linli_desk', copy)
    // What was on its way when the token changed still passes.
    expect((await late.get('/desk/c/BH/today')).status).toBe(200)
    await world.advance({ minutes: 2 })
    late.cookies.set('linli_desk', copy)
    expect((await late.get('/desk/c/BH/today')).location).toBe('/desk/login')
    expect((await browser.get('/desk/c/BH/today')).location).toBe('/desk/login')
  })

  it('ends a session that nobody used for half a day', async () => {
    const browser = await world.signIn('陈主任')
    await world.advance({ hours: 11 })
    expect((await browser.get('/desk/c/BH/today')).status).toBe(200)
    await world.advance({ hours: 13 })
    expect((await browser.get('/desk/c/BH/today')).location).toBe('/desk/login')
  })

  it('carries out no form without the token of its own session', async () => {
    const [mine, other] = [await world.signIn('陈主任'), await world.signIn('王芳')]
    const page = await mine.get('/desk/me')
    expect(page.headers.get('cache-control')).toBe('no-store')
    const csrf = /name="csrf" value="([^"]+)"/.exec((await other.get('/desk/me')).text)?.[1] ?? ''
    expect((await mine.post('/desk/me/sign-out', {})).status).toBe(403)
    expect((await mine.post('/desk/me/sign-out', { csrf })).status).toBe(403)
    const theirs = { csrf: /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '' }
    const crossSite = { 'sec-fetch-site': 'cross-site', origin: 'https://example.org' }
    expect((await mine.post('/desk/me/sign-out', theirs, crossSite)).status).toBe(403)
    expect((await mine.get('/desk/me')).status).toBe(200)
  })

  it('keeps the cookie from scripts and from other sites', async () => {
    const browser = world.visitor()
    const link = await world.linkFor('李强')
    const done = await browser.submit(link, link, {})
    const cookie = done.headers.getSetCookie().find((line) => line.startsWith('linli_desk=')) ?? ''
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).toMatch(/Path=\/desk/)
  })
})
