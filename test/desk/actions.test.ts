import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsSchema } from '../../src/community/settings.js'
import { SETTING_GROUPS } from '../../src/web/desk/setting-fields.js'
import { type DeskWorld, openDesk, type Visitor } from './support.js'

const NUMBER = 'BH-202611-0001'

describe('acting on pages as in the chat', () => {
  let world: DeskWorld
  let manager: Visitor
  let worker: Visitor
  beforeAll(async () => {
    world = await openDesk()
    await world.as('爱丽').says('居民群', '3幢2单元电梯又坏了，我妈八十多岁下不来楼')
    await world.as('小林').says('二区群', '12幢门口垃圾堆了三天没人清，味道很大')
    manager = await world.signIn('陈主任')
    worker = await world.signIn('王芳')
  })
  afterAll(() => world.close())

  const request = (number = NUMBER) => world.db.read.request.findUniqueOrThrow({ where: { number } })
  const path = (page: string) => `/desk/c/BH/${page}`
  const onRequest = (who: Visitor, fields: Record<string, string>, number = NUMBER) =>
    who.submit(path(`requests/${number}`), path(`requests/${number}`), fields)

  it('takes a request up, tells the resident, and writes the same ledger entry', async () => {
    await onRequest(worker, { verb: 'accept' })
    await world.service.idle()
    expect((await request()).status).toBe('in_progress')
    expect(world.last('私聊:爱丽').text).toContain('王芳已接单')
    const entry = await world.db.read.ledgerEntry.findFirstOrThrow({ where: { type: 'request.accepted' } })
    const person = await world.db.read.person.findUniqueOrThrow({ where: { staffNo: 'W01' } })
    expect(entry).toMatchObject({ actor: `person:${person.id}`, subject: `request:${NUMBER}` })
    const inbox = await world.db.read.inboxMessage.findUniqueOrThrow({ where: { id: entry.inboxId ?? -1 } })
    expect(inbox).toMatchObject({ channel: 'web', status: 'acted', conversation: `web:${person.id}` })
  })

  it('takes up from the list of today, and stays there', async () => {
    const row = await request('BH-202611-0002')
    const fields = { verb: 'accept', back: 'today' }
    const done = await manager.submit(path('today'), path(`requests/${row.number}`), fields)
    expect(done.location).toBe(path('today'))
    expect((await request('BH-202611-0002')).status).toBe('in_progress')
  })

  it('answers the person on the page, and sends nothing to a channel that is none', async () => {
    expect((await worker.get(path('requests'))).text).toContain('0001 由王芳接单')
    expect(await world.db.read.outboxMessage.count({ where: { channel: 'web' } })).toBe(0)
  })

  it('acts once however often the same form is sent', async () => {
    const page = await worker.get(path(`requests/${NUMBER}`))
    const [csrf, nonce] = ['csrf', 'nonce'].map(
      (name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)?.[1] ?? '',
    )
    const form = { csrf: csrf ?? '', nonce: nonce ?? '', verb: 'note', words: '师傅下午两点到' }
    await Promise.all([1, 2, 3].map(() => worker.post(path(`requests/${NUMBER}`), form)))
    expect(await world.db.read.ledgerEntry.count({ where: { type: 'request.noted' } })).toBe(1)
  })

  it('says what was wrong with a form and changes nothing', async () => {
    await onRequest(worker, { verb: 'solve', words: '' })
    expect((await worker.get(path('today'))).text).toContain('没有填对')
    expect((await request()).status).toBe('in_progress')
  })

  it('closes, and the resident is asked', async () => {
    await onRequest(worker, { verb: 'solve', words: '已更换门机皮带，试运行正常' })
    await world.service.idle()
    expect(await request()).toMatchObject({ status: 'closed', resolution: 'solved' })
    await world.as('爱丽').taps('解决了，满意')
    expect((await worker.get(path(`requests/${NUMBER}`))).text).toContain('居民评价：满意')
  })

  it.each([
    ['transfer', { words: 'W02', reason: '' }, { workerId: 'W02' }],
    ['recategorise', { words: '物业服务' }, { category: 'property' }],
    ['readdress', { words: '13幢1单元' }, { building: '13', unit: '1' }],
    ['pause', { words: '等物业回复', until: '2026-11-30' }, { status: 'waiting' }],
    ['resume', {}, { status: 'in_progress' }],
    ['not-ours', { whose: '物业报修', other: '', reason: '' }, { status: 'closed', resolution: 'not_ours' }],
  ])('does %s', async (verb, form, expected) => {
    const number = 'BH-202611-0002'
    await onRequest(manager, { verb, ...form } as Record<string, string>, number)
    const row = await request(number)
    const worker = await world.db.read.person.findUnique({ where: { id: row.workerId ?? -1 } })
    const found: Record<string, unknown> = { ...row, workerId: worker?.staffNo }
    for (const [field, value] of Object.entries(expected)) expect([field, found[field]]).toEqual([field, value])
  })

  it('logs what a resident said at the counter', async () => {
    const answer = await worker.submit(path('requests/new'), path('requests/new'), {
      words: '5幢1单元楼道灯不亮了，请修一下',
    })
    expect(answer.location).toBe(path('requests'))
    const row = await world.db.read.request.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(row).toMatchObject({ building: '5', unit: '1', status: 'assigned' })
  })

  it('merges two of one problem, and parts them again', async () => {
    await world.as('阿波').says('居民群', '7幢1单元门禁坏了，进不去')
    await world.as('李阿姨').says('居民群', '7幢门禁刷不开，老人进不了楼道')
    const [second, first] = await world.db.read.request.findMany({ orderBy: { id: 'desc' }, take: 2 })
    if (!first || !second) throw new Error('two requests were expected')
    await onRequest(manager, { verb: 'merge', into: first.number }, second.number)
    expect((await request(second.number)).mergedIntoId).toBe(first.id)
    await onRequest(manager, { verb: 'unmerge' }, second.number)
    expect((await request(second.number)).mergedIntoId).toBeNull()
  })

  it('settles what the bot was unsure of, and who says who they are', async () => {
    await world.as('吴姐').says('二区群', '13幢2单元402楼上半夜装修，吵得睡不着')
    const unsure = await world.db.read.suspicion.findFirst({ where: { status: 'open' } })
    if (unsure) {
      await manager.submit(path('today'), path('today/suspicion'), { inboxId: String(unsure.inboxId), verdict: 'log' })
      expect((await world.db.read.suspicion.findUniqueOrThrow({ where: { id: unsure.id } })).status).toBe('logged')
    }
    await world.as('路人').says('私聊', '绑定 5-1-602 赵丽')
    const claim = await world.db.read.bindingClaim.findFirstOrThrow({ where: { status: 'open' } })
    expect((await worker.get(path('today'))).text).toContain('赵丽')
    await worker.submit(path('today'), path('today/claim'), { claim: String(claim.id), yes: 'yes' })
    await world.service.idle()
    expect((await world.db.read.bindingClaim.findUniqueOrThrow({ where: { id: claim.id } })).status).toBe('confirmed')
    expect(world.last('私聊:路人').text).toContain('绑定好了')
  })

  it('changes a figure with its history, refuses one that makes no sense, and goes back to the default', async () => {
    const save = (fields: Record<string, string>) => manager.submit(path('settings'), path('settings'), fields)
    await save({ path: 'terms.urgentAcceptMinutes', value: '15', reason: '街道要求' })
    await save({ path: 'triage.log', value: '130' })
    expect((await manager.get(path('settings'))).text).toContain('不合适')
    await save({ path: 'workHours.to', value: '17:00' })
    const stored = await world.db.read.community.findFirstOrThrow({ where: { code: 'BH' } })
    expect(stored.settings).toEqual({ terms: { urgentAcceptMinutes: 15 }, workHours: { to: 17 } })
    const page = await manager.get(path('settings/history'))
    expect(page.text).toMatch(/紧急：接单：30 → <b>15/)
    await save({ path: 'workHours.to', reset: 'yes' })
    const after = await world.db.read.community.findFirstOrThrow({ where: { code: 'BH' } })
    expect(after.settings).toEqual({ terms: { urgentAcceptMinutes: 15 } })
    expect(await world.db.read.ledgerEntry.count({ where: { page: 'settings' } })).toBe(3)
  })

  it.each([
    ['terms.promptCloseDays', '100000000', '最多 250'],
    ['contestDays', '1.5', '要填整数'],
    ['visits.tierDays.key', '0', '要大于 0'],
    ['daytime.from', '21:00', '开始的时间要早于结束的时间'],
    ['visits.schedule.plan', '99 9 * * *', '看不懂这个时间'],
    ['visits.schedule.plan', '0 0 9 * * *', '没有填对'],
  ])('refuses %s = %s, which would stop the clock, and says why', async (field, value, why) => {
    await manager.submit(path('settings'), path('settings'), { path: field, value })
    expect((await manager.get(path('settings'))).text).toContain(why)
    const { settings } = await world.db.read.community.findFirstOrThrow({ where: { code: 'BH' } })
    expect(settings).toEqual({ terms: { urgentAcceptMinutes: 15 } })
  })

  it('takes a time of day where something is sent once a day', async () => {
    await manager.submit(path('settings'), path('settings'), { path: 'visits.schedule.pace', value: '10:05' })
    const { settings } = await world.db.read.community.findFirstOrThrow({ where: { code: 'BH' } })
    expect(settings).toMatchObject({ visits: { schedule: { pace: '5 10 * * *' } } })
    expect((await manager.get(path('settings'))).text).toContain('value="10:05"')
    await manager.submit(path('settings'), path('settings'), { path: 'visits.schedule.pace', reset: 'yes' })
  })

  it('offers every figure that a community may set', () => {
    const leaves = (tree: object, prefix = ''): string[] =>
      Object.entries(tree).flatMap(([key, value]) =>
        Array.isArray(value)
          ? []
          : typeof value === 'object' && value !== null
            ? leaves(value, `${prefix}${key}.`)
            : [`${prefix}${key}`],
      )
    const offered = SETTING_GROUPS.flatMap((group) => group.fields.map((field) => field.path))
    expect(offered.sort()).toEqual(leaves(settingsSchema.parse({})).sort())
  })

  it('gives a role and ends it, never the last manager, never with grids left behind', async () => {
    const [wang, li, chen] = await Promise.all(
      ['W01', 'W02', 'M01'].map((staffNo) => world.db.read.person.findUniqueOrThrow({ where: { staffNo } })),
    )
    const role = (verb: string, personId: number, name: string, form: Record<string, string> = {}) =>
      manager.submit(path('people'), path('people/role'), { verb, personId: String(personId), role: name, ...form })
    const flash = async () => (await manager.get(path('people'))).text
    await role('end', wang?.id ?? 0, 'worker')
    expect(await flash()).toContain('请先把网格交给别人')
    await role('grant', li?.id ?? 0, 'manager')
    expect(await flash()).toContain('李强从现在起是社区主任')
    const second = await world.signIn('李强')
    expect((await second.get(path('access'))).status).toBe(200)
    await role('end', li?.id ?? 0, 'manager')
    expect((await second.get(path('access'))).status).toBe(404)
    const csrf = /name="csrf" value="([^"]+)"/.exec(await flash())?.[1] ?? ''
    const own = { csrf, nonce: 'end-the-last-one', verb: 'end', personId: String(chen?.id), role: 'manager' }
    await manager.post(path('people/role'), own)
    expect(await flash()).toContain('至少要有一位主任')
    const types = await world.db.read.ledgerEntry.findMany({ where: { type: { startsWith: 'desk.role' } } })
    expect(types.map((one) => one.text)).toEqual(['李强任社区主任', '李强不再任社区主任'])
  })

  it('gives a grid to another colleague from now on, and takes a binding back', async () => {
    const grid = await world.db.read.grid.findFirstOrThrow({ where: { code: 'BH-04' } })
    const liu = await world.db.read.person.findUniqueOrThrow({ where: { staffNo: 'W05' } })
    await manager.submit(path('people'), path('people/assign'), { gridId: String(grid.id), personId: String(liu.id) })
    await world.as('何姐').says('二区群', '16幢路灯坏了三盏，晚上很黑')
    expect((await world.db.read.request.findFirstOrThrow({ orderBy: { id: 'desc' } })).workerId).toBe(liu.id)
    const abo = await world.db.read.account.findFirstOrThrow({ where: { externalId: 'resident-abo' } })
    await manager.submit(path('people'), path('people/unbind'), { accountId: String(abo.id) })
    expect((await world.db.read.account.findUniqueOrThrow({ where: { id: abo.id } })).personId).toBeNull()
    await world.service.idle()
    expect(world.last('私聊:阿波').text).toContain('解除')
  })
})
