import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskWorld, openDesk, type Visitor } from './support.js'

const path = (page: string) => `/desk/c/BH/${page}`

/** The demo's 百合苑 has a building 3 of three units in the first grid. 翠苑 gets one beside it, 月苑 one in the second grid. */
async function addEstates({ db }: DeskWorld): Promise<void> {
  await db.write(async (tx) => {
    for (const [code, estate] of [
      ['BH-01', '翠苑'],
      ['BH-02', '月苑'],
    ] as const) {
      const { id: gridId, communityId } = await tx.grid.findUniqueOrThrow({ where: { code } })
      const rooms = ['1-101', '2-501', '2-502', '9-101'].map((one) => one.split('-'))
      for (const [unit = '', room = ''] of rooms)
        await tx.household.create({ data: { gridId, communityId, estate, building: '3', unit, room } })
      if (code === 'BH-02') await tx.chat.updateMany({ where: { name: '百合二区居民群' }, data: { gridId } })
    }
  })
}

/** What the map says of each building 3, by estate. */
function tiles(html: string): Record<string, string> {
  const sections = [...html.matchAll(/<h3>([^<]+)<\/h3>([\s\S]*?)<\/section>/g)]
  return Object.fromEntries(
    sections.flatMap(([, estate = '', body = '']) => {
      const tile = /<a class="building (\w+)"[^>]*><b>3幢<\/b><span>([^<]+)</.exec(body)
      return tile ? [[estate, `${tile[1]} ${tile[2]}`]] : []
    }),
  )
}

describe('the map of a community of several estates', () => {
  let world: DeskWorld
  let manager: Visitor
  beforeAll(async () => {
    world = await openDesk()
    manager = await world.signIn('陈主任')
  })
  afterAll(() => world.close())

  it('names no estate where there is only one', async () => {
    const { text } = await manager.get(path('map'))
    expect(text).toContain('3幢')
    expect(text).not.toContain('<h3>百合苑</h3>')
  })

  it('keeps buildings of one number apart, and a request at its own', async () => {
    await addEstates(world)
    expect(tiles((await manager.get(path('map'))).text)).toEqual({
      百合苑: expect.stringContaining('calm'),
      翠苑: 'calm 4 户',
      月苑: 'calm 4 户',
    })
    // She lives in 3-2-501 of 百合苑: the estate nobody names is hers.
    await world.as('爱丽').says('居民群', '3幢2单元电梯又坏了，我妈八十多岁下不来楼')
    // Only one estate has a unit 9 in the grid of the group.
    await world.as('路人').says('二区群', '报事 3幢9单元门禁坏了刷不开')
    const { text } = await manager.get(path('map'))
    expect(tiles(text)).toEqual({ 百合苑: 'open 在办 1', 翠苑: 'calm 4 户', 月苑: 'open 在办 1' })
    expect(text).not.toContain('没说是哪个小区')
  })

  it('leads to the building of the estate, with its homes and requests alone', async () => {
    const { text } = await manager.get(path('map'))
    const links = [...text.matchAll(/href="(\/desk\/c\/BH\/homes\?[^"]*building=3)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    )
    expect(links).toHaveLength(3)
    const pages = new Map<string, string>()
    for (const href of links) {
      const page = (await manager.get(href)).text
      pages.set(/<h1[^>]*>([^<]+)/.exec(page)?.[1] ?? '', page)
    }
    expect([...pages.keys()].sort()).toEqual(['月苑3幢', '百合苑3幢', '翠苑3幢'].sort())
    expect(pages.get('百合苑3幢')).toContain('下不来楼')
    expect(pages.get('月苑3幢')).toContain('刷不开')
    expect(pages.get('翠苑3幢')).toContain('4 户。')
    expect(pages.get('翠苑3幢')).not.toMatch(/下不来楼|刷不开/)
    expect(pages.get('翠苑3幢')).toContain('9单元')
    // The bare number still finds all of them, each with its estate.
    const all = (await manager.get(path('homes?building=3'))).text
    expect(all).toMatch(/下不来楼[\s\S]*月苑9单元|刷不开[\s\S]*月苑9单元/)
    expect(all).toContain('百合苑2单元')
  })

  it('shows what nobody said the estate of at each building it may be, and says so', async () => {
    const { number } = await world.db.read.request.findFirstOrThrow({ where: { text: { contains: '下不来楼' } } })
    await world.db.write((tx) => tx.account.updateMany({ where: { displayName: '爱丽' }, data: { personId: null } }))
    const { text } = await manager.get(path('map'))
    expect(tiles(text)).toEqual({ 百合苑: 'open 在办 1', 翠苑: 'open 在办 1', 月苑: 'open 在办 1' })
    expect(text).toContain('有 1 件诉求没说是哪个小区')
    // Once it is about a home it is of one estate again.
    const home = await world.db.read.household.findFirstOrThrow({ where: { estate: '翠苑', room: '501' } })
    await world.db.write((tx) => tx.request.update({ where: { number }, data: { householdId: home.id } }))
    expect(tiles((await manager.get(path('map'))).text)).toMatchObject({ 百合苑: expect.stringContaining('calm') })
  })
})
