import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modules } from '../../src/app.js'
import { openDatabase } from '../../src/db/client.js'
import { demoCrowd, seedDemo } from '../../src/demo/index.js'
import { createWorld, type Heard, type World } from '../support/world.js'
import { neighbours } from './support.js'

const TIMEOUT = 240_000
const SHOTS = process.env.LINLI_SHOTS
const show = (heard: Heard | undefined, name: string) => {
  if (SHOTS && heard?.message.image) writeFileSync(`${SHOTS}/${name}.png`, heard.message.image.bytes)
}

let world: World
beforeAll(async () => {
  world = await createWorld({ loud: true, modules: [...modules, demoCrowd] })
  await neighbours(world, 6)
}, TIMEOUT)
afterAll(() => world.close())

const days = async (count: number) => {
  for (let day = 0; day < count; day += 1) await world.jump({ days: 1 })
}

describe('the demo community', { timeout: TIMEOUT }, () => {
  it('has departments and neighbouring communities where it is for a visitor', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linli-demo-'))
    const db = await openDatabase(`file:${join(folder, 'demo.db')}`)
    expect(await seedDemo(db, new Date('2026-11-22T01:00:00Z'), { district: true })).toBe(true)
    expect(await db.read.community.count()).toBe(7)
    expect(await db.read.department.count()).toBe(6)
    await db.close()
    rmSync(folder, { recursive: true })
  })

  it('plays a whole evaluation of the community: the surveyor runs it, those whom nobody plays answer by themselves', async () => {
    const [draft] = await world.as('李明').says('私聊', '发起评议 百合社区')
    expect(draft?.text).toContain('群众评议百合社区')
    await world.as('李明').taps('发布')
    await days(6)
    const [progress] = await world.as('李明').says('私聊', '评议进度')
    const answered = Number(/已答 (\d+)/.exec(progress?.text ?? '')?.[1])
    expect(answered).toBeGreaterThan(300)
    // Whoever a visitor can speak as still has the ballot to cast.
    const aili = await world.db.read.person.findFirstOrThrow({ where: { name: '张爱丽' } })
    const place = await world.db.read.surveyRoll.findFirstOrThrow({ where: { subjectId: aili.householdId ?? 0 } })
    expect(place.state).toBe('w')
    await world.as('李明').says('私聊', '结束问卷')
    const posted = world.last('居民群')
    show(posted, 'demo-community')
    expect(posted.text).toContain(`谢谢 ${answered} 户邻居`)
    expect(posted.message.image?.mime).toBe('image/png')
  })

  it('plays a whole round over departments: the manager votes, the neighbours vote, the officer sees the ranks', async () => {
    await world.as('周科长').says('私聊', '部门名录 添加 民政局、住建局、城管局、人社局、卫健局、公安分局')
    await world.as('周科长').says('私聊', '发起部门评议 10天')
    await world.as('周科长').taps('发布')
    await world.as('陈主任').says('私聊', '评议部门')
    for (let department = 0; department < 6; department += 1) await world.as('陈主任').says('私聊', '全部9')
    expect(world.last('私聊:陈主任').text).toContain('已投入票箱')
    await days(6)
    await world.as('周科长').says('私聊', '结束问卷 W2')
    const seen = world.heard('私聊:周科长').filter((one) => one.message.image)
    expect(seen).toHaveLength(2)
    expect(seen[0]?.text).toContain('作答 7')
    show(seen[0], 'demo-ranks')
    show(seen[1], 'demo-aspects')
  })
})
