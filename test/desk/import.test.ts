import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskWorld, openDesk, type Visitor } from './support.js'

const path = '/desk/c/BH/people/import'
const HEADERS = '网格代码,小区,幢,单元,室,户主,手机,类别,居住情况'

describe('importing a roster on the desk', () => {
  let world: DeskWorld
  let manager: Visitor
  beforeAll(async () => {
    world = await openDesk()
    manager = await world.signIn('陈主任')
  })
  afterAll(() => world.close())

  /** Sends a file as the page's form does. */
  async function upload(name: string, text: string): Promise<string> {
    const csrf = /name="csrf" value="([^"]+)"/.exec((await manager.get(path)).text)?.[1] ?? ''
    const body = new FormData()
    body.set('csrf', csrf)
    body.set('file', new File([text], name))
    const cookie = [...manager.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
    const answer = await fetch(world.url + path, { method: 'POST', headers: { cookie }, body })
    return answer.text()
  }

  it('shows every fault with its place and writes nothing', async () => {
    const page = await upload(
      '住户.csv',
      `${HEADERS}\nBH-01,百合苑,3,2,5O1,张三,,普通,自住\nBH-09,百合苑,3,2,502,李四,,普通,自住`,
    )
    expect(page).toContain('有 2 处要改')
    expect(page).toContain('字母 O')
    expect(page).not.toContain('people/import/confirm')
    expect(await world.db.read.household.count()).toBe(1000)
  })

  it('writes what was shown, once it is confirmed', async () => {
    const page = await upload('住户.csv', `${HEADERS}\nBH-01,百合苑,3,2,1801,赵新,,重点,自住`)
    expect(page).toContain('可以导入')
    const [csrf, id] = ['csrf', 'id'].map((name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? '')
    const done = await manager.post(`${path}/confirm`, { csrf: csrf ?? '', id: id ?? '' })
    expect(done.location).toBe('/desk/c/BH/people')
    const home = await world.db.read.household.findFirstOrThrow({ where: { room: '1801' } })
    expect(home).toMatchObject({ headName: '赵新', tier: 'key' })
    // The yes is used up.
    expect((await manager.post(`${path}/confirm`, { csrf: csrf ?? '', id: id ?? '' })).status).toBe(422)
  })

  it('takes no rows of another community, and no rights beyond its own', async () => {
    const rows = '工号,姓名,手机,社区代码,角色,telegram,wechat\nJ99,钱某,,BH,街道干部,,'
    expect(await upload('人员.csv', rows)).toContain('要由管理员用命令行导入')
    await world.db.write((tx) =>
      tx.community.create({
        data: {
          code: 'QT',
          name: '别处社区',
          timezone: 'Asia/Shanghai',
          settings: {},
          subdistrict: { connect: { id: 1 } },
        },
      }),
    )
    const other = '工号,姓名,手机,社区代码,角色,telegram,wechat\nQ01,钱某,,QT,主任,,'
    expect(await upload('人员.csv', other)).toContain('不属于本社区')
    expect(await world.db.read.person.count({ where: { name: '钱某' } })).toBe(0)
  })

  it('says kindly what is no roster', async () => {
    expect(await upload('照片.txt', 'abc')).toContain('只能导入')
  })
})
