import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Sheet } from '../../src/kernel/sheet.js'
import { visitsModule } from '../../src/modules/visits/index.js'
import { createWorld, type World } from '../support/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

async function page(title: string, maySeePersonal: boolean): Promise<Record<string, unknown>[]> {
  const sheet = visitsModule.sheets.find((one) => one.title === title) as Sheet<unknown> | undefined
  const community = await world.db.read.community.findFirstOrThrow()
  const scope = {
    communityIds: [community.id],
    from: new Date('2026-10-31T16:00:00Z'),
    to: new Date('2026-11-30T16:00:00Z'),
    timezone: 'Asia/Shanghai',
    maySeePersonal,
  }
  const rows: Record<string, unknown>[] = []
  for await (const row of sheet?.rows(world.db.read, scope) ?? [])
    rows.push(Object.fromEntries((sheet?.columns ?? []).map((column) => [column.header, column.value(row)])))
  return rows
}

it('writes the diary, the households and the rates as ledger pages, masked where they must be', async () => {
  await world.as('王芳').says('私聊', '走访 3-2-501 灯坏了，电话13812341234，已报物业')
  await world.as('王芳').says('私聊', '改 没人')
  await world.as('王芳').says('私聊', '走访 昨天 3-2-502 腿脚不便')
  const diary = await page('走访日记', true)
  expect(diary.map((row) => [row.日期, row.室, row.方式, row.状态, row.补记])).toEqual([
    ['2026-11-21', '502', '见到', '有效', '是'],
    ['2026-11-22', '501', '见到', '已更正', ''],
    ['2026-11-22', '501', '未遇', '有效', ''],
  ])
  expect(diary[1]).toMatchObject({ 户主: '张爱丽', 走访人: '王芳', 网格: '第一网格', 措施: '已报物业' })
  expect(diary[1]?.问题).toContain('13812341234')
  const masked = await page('走访日记', false)
  expect(masked[1]).toMatchObject({ 户主: '张**' })
  expect(masked[1]?.问题).toContain('138****1234')

  const households = await page('包片联户', true)
  expect(households).toHaveLength(1000)
  const visited = households.filter((row) => row.最近联系 !== null)
  expect(visited.map((row) => [row.室, row.最近见到, row.最近联系])).toEqual([
    ['501', null, '2026-11-22'],
    ['502', '2026-11-21', '2026-11-21'],
  ])

  expect(await page('月入户率', true)).toMatchObject([
    {
      月份: '2026-11',
      社工: '王芳',
      入户户数: 1,
      目标: 30,
      '完成率%': 3.3,
      联系户数: 250,
      今年覆盖: 1,
      未遇: 1,
      定案: '',
    },
  ])
})
