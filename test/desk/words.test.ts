import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modules } from '../../src/app.js'
import { wordingFault } from '../../src/kernel/wording.js'
import { type DeskWorld, openDesk, type Visitor } from './support.js'

const path = '/desk/c/BH/settings/words'

describe("the bot in the community's own words", () => {
  let world: DeskWorld
  let manager: Visitor
  beforeAll(async () => {
    world = await openDesk()
    manager = await world.signIn('陈主任')
  })
  afterAll(() => world.close())

  const say = async (key: string, words: string) => {
    await manager.submit(path, path, { key, words })
    return (await manager.get(path)).text
  }

  it('has a standard for each that keeps its own rules, under a name of its own', () => {
    const all = modules.flatMap((module) => module.wordings ?? [])
    expect(all.length).toBeGreaterThan(15)
    expect(new Set(all.map((one) => one.key)).size).toBe(all.length)
    expect(new Set(all.map((one) => one.title)).size).toBe(all.length)
    for (const one of all) expect([one.key, wordingFault(one, one.standard)]).toEqual([one.key, null])
  })

  it('says what was written from the next message on, and the standard again when asked to', async () => {
    expect(await say('requests-logged', '收到啦！{编号} 已记下，{网格员}{时限}来。')).toContain('已改好')
    await world.as('爱丽').says('居民群', '3幢2单元电梯又坏了，我妈八十多岁下不来楼')
    expect(world.last('居民群').text).toMatch(/^收到啦！BH-202611-0001 已记下，王芳.+来。$/)
    await say('requests-solved', '{事项}好啦：{说明}。满意吗？')
    await world.as('王芳').says('私聊', '办结 0001 已更换门机皮带')
    expect(world.last('私聊:爱丽').text).toMatch(/好啦：已更换门机皮带。满意吗？$/)
    await say('requests-advice-lift', '别扒门，按铃，不舒服打120。')
    await world.as('何姐').says('二区群', '16幢有人被困电梯了，快来人')
    expect(world.last('二区群').text).toContain('别扒门，按铃，不舒服打120。')

    await manager.submit(path, path, { key: 'requests-logged', reset: 'yes' })
    await world.as('小林').says('二区群', '12幢门口垃圾堆了三天没人清，味道很大')
    expect(world.last('二区群').text).toContain('已登记 BH-202611-0003')
    const history = await manager.get('/desk/c/BH/settings/history')
    expect(history.text).toContain('登记后的回复：收到啦！')
    const rows = await world.db.read.ledgerEntry.findMany({ where: { type: 'desk.setting_changed' } })
    expect(rows.map((row) => row.page)).toEqual(['settings', 'settings', 'settings', 'settings'])
  })

  it('refuses words that would lose what must stay, and shows markup as words', async () => {
    expect(await say('requests-advice-gas', '请开窗。')).toContain('要保留“119”')
    expect(await say('requests-accepted', '{事项}由{谁}接了，电话{电话}')).toContain('没有 {电话} 这一项')
    expect(await say('requests-thanks', '字'.repeat(201))).toContain('太长了')
    const csrf = /name="csrf" value="([^"]+)"/.exec((await manager.get(path)).text)?.[1] ?? ''
    await manager.post(path, { csrf, nonce: 'no-such-words', key: '__proto__', words: '您好' })
    expect((await manager.get(path)).text).toContain('没有这个设置项')
    const shown = await say('requests-thanks', '<img src=x onerror=alert(1)>谢谢')
    expect(shown).toContain('&lt;img src=x')
    expect(shown).not.toContain('<img src=x')
    const { settings } = await world.db.read.community.findFirstOrThrow({ where: { code: 'BH' } })
    expect(Object.keys((settings as { texts: object }).texts)).not.toContain('requests-advice-gas')
  })

  it('lets a worker read them and change none', async () => {
    const worker = await world.signIn('王芳')
    const page = await worker.get(path)
    expect(page.text).toContain('登记后的回复')
    expect(page.text).not.toContain('<textarea')
  })
})
