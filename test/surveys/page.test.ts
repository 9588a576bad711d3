import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BallotWorld, neighbours, openBooth, othersAnswer } from './support.js'

const TIMEOUT = 180_000
const POLL = `发起问卷
title: 停车改造
questions:
  - key: agree
    text: 同意改造吗
    kind: single
    options: [同意, 不同意]
  - key: why
    text: 为什么不同意
    kind: multiple
    options: [太贵, 没必要, 太吵]
    most: 2
    showIf: { question: agree, in: [2] }
  - key: mood
    text: 现在停车满意吗
    kind: satisfaction
    reasonBelow: 3
  - key: cars
    text: 家里几辆车
    kind: number
    max: 5
    unit: 辆
  - key: parts
    text: 各处打分
    kind: matrix
    rows: [东区, 西区]
    points: 5
    optional: true
  - key: idea
    text: 建议
    kind: text
    optional: true`

let world: BallotWorld
beforeAll(async () => {
  world = await openBooth()
  await world.as('陈主任').says('私聊', POLL)
  await world.as('陈主任').taps('发布')
}, TIMEOUT)
afterAll(() => world.close())

describe('a household on the web page', { timeout: TIMEOUT }, () => {
  it('gets its link in private only, good once and for one browser', async () => {
    const [inGroup] = await world.as('爱丽').says('居民群', '@邻里 网页答题 W1')
    expect(inGroup?.text).toContain('私聊')
    expect(inGroup?.text).not.toContain('http')
    expect(await world.db.read.surveyDoor.count()).toBe(0)

    const link = await world.linkFor('爱丽')
    expect(link).toMatch(/^\/ballot\/in\/[\w-]{43}$/)
    const [mine, other] = [world.visitor(), world.visitor()]
    expect((await mine.get(link)).text).toContain('停车改造')
    // Seen by two browsers, opened by the one whose page it was.
    expect((await other.post(link, { proof: 'x' })).status).toBe(400)
    expect(await mine.enter(link)).toMatchObject({ status: 303, location: '/ballot' })
    expect((await other.enter(link)).status).toBe(400)
    expect((await other.get(link)).status).toBe(410)
    expect((await other.get('/ballot')).status).toBe(410)
    const sheet = await mine.get('/ballot')
    expect(sheet.text).toContain('无记名：只记哪户答过')
    expect(sheet.headers.get('cache-control')).toBe('no-store')
    expect(sheet.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(sheet.headers.get('x-frame-options')).toBe('DENY')
    // The link is gone from the message that carried it.
    const messages = await world.db.read.outboxMessage.findMany({ where: { key: { startsWith: 'ballot:' } } })
    expect(JSON.stringify(messages.map(({ payload }) => payload))).not.toContain('/ballot/in/')
  })

  it('refuses forms without the secret of the page, and those of other sites', async () => {
    const mine = world.visitor()
    await mine.enter(await world.linkFor('爱丽'))
    expect((await mine.post('/ballot', { 'q.agree': '1', do: 'save' })).status).toBe(403)
    const elsewhere = await mine.post('/ballot', { do: 'save' }, { 'sec-fetch-site': 'cross-site' })
    expect(elsewhere.status).toBe(403)
    expect((await world.db.read.surveyProgress.findFirstOrThrow()).answers).toEqual({})
  })

  it('saves what is half done, goes on in another browser or in the chat, skips what need not be asked', async () => {
    const first = world.visitor()
    await first.enter(await world.linkFor('爱丽'))
    await first.fill({ 'q.agree': '2', 'q.parts.0': '4' }, 'save')
    const second = world.visitor()
    await second.enter(await world.linkFor('爱丽'))
    // The first browser is shut out by the second.
    expect((await first.get('/ballot')).status).toBe(410)
    const sheet = await second.get('/ballot')
    expect(sheet.text).toMatch(/name="q.agree" value="2" checked/)
    expect(sheet.text).toMatch(/name="q.parts.0" value="4" checked/)
    const [next] = await world.as('爱丽').says('私聊', '答题')
    expect(next?.text).toContain('为什么不同意')

    const tried = await second.fill(
      { 'q.agree': '2', 'q.why': ['1', '2', '3'], 'q.cars': '9', 'q.parts.0': '4' },
      'cast',
    )
    expect(tried.status).toBe(422)
    for (const fault of ['最多选 2 项', '请填 0 到 5 的数', '请选一个', '还有 1 项没打分'])
      expect(tried.text).toContain(fault)
    expect(await world.db.read.surveyBallot.count()).toBe(0)
    // A mind that has changed closes the question that hung on it; a low mark's reason may be left out.
    const done = await second.fill(
      { 'q.agree': '1', 'q.why': ['1'], 'q.mood': '2', 'q.cars': '２', 'w.mood': '' },
      'cast',
    )
    expect(done.status).toBe(200)
    expect(done.text).toContain('已投入票箱')
    const ballot = await world.db.read.surveyBallot.findFirstOrThrow()
    expect(JSON.parse(ballot.choices)).toEqual([1, null, 2, 2, null, null])
    expect((await second.get('/ballot')).status).toBe(410)
    const [twice] = await world.as('爱丽').says('私聊', '网页答题 W1')
    expect(twice?.text).toContain('已经答过')
  })

  it('limits how many links are sent and forgets those that went unused', async () => {
    for (let asked = 0; asked < 6; asked += 1) await world.linkFor('阿波')
    const [enough] = await world.as('阿波').says('私聊', '网页答题')
    expect(enough?.text).toContain('好几个链接')
    const link = await world.db.read.surveyDoor.findFirstOrThrow()
    expect(link.expiresAt.getTime() - world.now().getTime()).toBeLessThanOrEqual(600_000)
    await world.advance({ hours: 2 })
    expect(await world.db.read.surveyDoor.count()).toBe(0)
  })
})

describe('a community evaluates departments on the page', { timeout: TIMEOUT }, () => {
  it('ten marks each, a reason for a low one, into the same box as the chat', async () => {
    await neighbours(world, 5)
    await world.as('周科长').says('私聊', '部门名录 添加 民政局、住建局')
    await world.as('周科长').says('私聊', '发起部门评议 10天')
    await world.as('周科长').taps('发布')
    const { number } = await world.db.read.survey.findFirstOrThrow({ where: { kind: 'departments' } })
    const nick = number.slice(3)
    await world.advance({ minutes: 10 })
    const invited = world.heard('私聊:陈主任').findLast((one) => one.choices.includes('在网页上填'))
    expect(invited?.text).toContain('社区评议部门')
    const offered = await world.as('陈主任').taps('在网页上填')
    expect(offered[0]?.text).toContain('/ballot/in/')
    // Nobody but the manager votes for the community.
    const [refused] = await world.as('王芳').says('私聊', `网页答题 ${nick}`)
    expect(refused?.text).not.toContain('http')

    const mine = world.visitor()
    await mine.enter(await world.linkFor('陈主任', `网页答题 ${nick}`))
    const keys = (await world.db.read.department.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => `d${id}`)
    const marks = (key: string, low: string) =>
      Object.fromEntries(Array.from({ length: 10 }, (_, row) => [`q.${key}.${row}`, row === 2 ? low : '9']))
    const [civil = '', housing = ''] = keys
    expect((await mine.get('/ballot')).text).toContain('百合社区的一票')
    const tried = await mine.fill(marks(civil, '3'), 'cast')
    expect(tried.text).toContain('请写一句原因')
    // Somebody who is manager no more votes no more.
    const grant = await world.db.read.roleGrant.findFirstOrThrow({ where: { role: 'manager' } })
    await world.db.write((tx) => tx.roleGrant.update({ where: { id: grant.id }, data: { endsAt: world.now() } }))
    const late = await mine.fill({ ...marks(civil, '3'), [`w.${civil}`]: '钱没有跟来' }, 'cast')
    expect(late.text).toContain('现在不归您填')
    await world.db.write((tx) => tx.roleGrant.update({ where: { id: grant.id }, data: { endsAt: null } }))
    // A department one has nothing to do with is left blank; a single aspect is marked as not known.
    const done = await mine.fill({ ...marks(civil, '3'), [`q.${civil}.9`]: '-', [`w.${civil}`]: '钱没有跟来' }, 'cast')
    expect(done.text).toContain('部门只看到汇总')
    const survey = await world.db.read.survey.findUniqueOrThrow({ where: { number } })
    const ballot = await world.db.read.surveyBallot.findFirstOrThrow({ where: { surveyId: survey.id } })
    expect(JSON.parse(ballot.choices)).toEqual([[9, 9, 3, 9, 9, 9, 9, 9, 9, null], null])
    expect(housing).not.toBe('')
    await othersAnswer(world, number, 5, () => [
      [9, 9, 3, 9, 9, 9, 9, 9, 9, 9],
      [8, 8, 8, 8, 8, 8, 8, 8, 8, 8],
    ])
    await world.as('周科长').says('私聊', `结束问卷 ${number}`)
    const [items] = await world.as('周科长').says('私聊', '整改')
    expect(items?.text).toContain('民政局·费随事转 30.0 分')
  })
})
