import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cast } from '../../src/modules/surveys/ballot-box.js'
import { type DeskWorld, openDesk, type Visitor } from './support.js'

const path = (page: string) => `/desk/c/BH/${page}`
const POLL = '停车改造意见（5天）\n1. 是否同意改造 单选：同意/不同意\n2. 对现在停车满意吗 满意度\n3. 还有什么建议 填空'

describe('surveys on the desk', () => {
  let world: DeskWorld
  let manager: Visitor
  let officer: Visitor
  let worker: Visitor
  beforeAll(async () => {
    world = await openDesk()
    manager = await world.signIn('陈主任')
    officer = await world.signIn('周科长')
    worker = await world.signIn('王芳')
  })
  afterAll(() => world.close())

  async function answer(number: string, count: number, choicesOf: (index: number) => unknown[], text = '') {
    const survey = await world.db.read.survey.findUniqueOrThrow({ where: { number } })
    const open = await world.db.read.surveyRoll.findMany({ where: { surveyId: survey.id, state: 'w' }, take: count })
    await world.db.write(async (tx) => {
      for (const [index, { subjectId, cell }] of open.entries()) {
        const words = text === '' ? [] : [{ question: 'q3', category: 'parking', text }]
        const choices = JSON.stringify(choicesOf(index))
        const ballot = { surveyId: survey.id, subjectId, anonymous: true, cell, choices, words, day: '2026-11-22' }
        await cast(tx, { ...ballot, token: null }, world.now())
      }
    })
  }
  const statusOf = async (number: string) =>
    (await world.db.read.survey.findUniqueOrThrow({ where: { number } })).status

  it('take a poll from its first word to its results, by the commands of the chat', async () => {
    const own = { key: 'surveys-call', words: '请来说说{标题}！一户一票，{记名}，发“答题 {编号}”。' }
    await manager.submit(path('settings/words'), path('settings/words'), own)
    const faulty = await manager.submit(path('surveys/new'), path('surveys/new'), { words: '只有标题' })
    expect(faulty.status).toBe(422)
    expect(faulty.text).toContain('只有标题</textarea>')
    const made = await manager.submit(path('surveys/new'), path('surveys/new'), { words: POLL })
    expect(made.location).toBe(path('surveys/BH-W1'))
    expect((await worker.get(path('surveys'))).text).not.toContain('停车改造意见')
    const draft = await manager.get(path('surveys/BH-W1'))
    expect(draft.text).toContain('是否同意改造')
    const hash = /name="hash" value="([^"]+)"/.exec(draft.text)?.[1] ?? ''
    await manager.submit(path('surveys/BH-W1'), path('surveys/BH-W1'), { verb: 'publish', hash })
    await world.service.idle()
    expect(await statusOf('BH-W1')).toBe('running')
    expect(world.last('居民群').text).toBe('请来说说停车改造意见！一户一票，无记名，发“答题 W1”。')

    await answer(
      'BH-W1',
      12,
      (index) => [index % 2, 3 + (index % 3), null],
      '3幢2单元501张阿姨说车位太少，电话13812345678',
    )
    const running = await manager.get(path('surveys/BH-W1'))
    expect(running.text).toContain('开着的时候谁也看不到')
    expect(running.text).toContain('12（')
    await manager.submit(path('surveys/BH-W1'), path('surveys/BH-W1'), { verb: 'close' })
    expect(await statusOf('BH-W1')).toBe('closed')
    const closed = await manager.get(path('surveys/BH-W1'))
    expect(closed.text).toContain('<th scope="row">同意</th>')
    const pictures = [...closed.text.matchAll(/<img src="([^"]+)"/g)].map(([, source]) => source ?? '')
    expect(pictures.length).toBe(3)
    for (const picture of pictures) {
      const svg = await manager.get(picture)
      expect([picture, svg.status, svg.headers.get('content-type')]).toEqual([
        picture,
        200,
        'image/svg+xml; charset=utf-8',
      ])
      expect(svg.text).toContain('prefers-color-scheme: dark')
    }
  })

  it('show what people wrote without homes and names, and make a request of it', async () => {
    const shown = await manager.submit(path('surveys/BH-W1'), path('surveys/BH-W1/opinions'), {})
    expect(shown.text).toContain('车位太少')
    expect(shown.text).not.toMatch(/501|张阿姨|13812345678/)
    const [, input = ''] = /name="input" value="([^"]+)"/.exec(shown.text) ?? []
    const csrf = /name="csrf" value="([^"]+)"/.exec(shown.text)?.[1] ?? ''
    const form = { csrf, nonce: 'make-work-of-it', input: input.replaceAll('&quot;', '"') }
    await manager.post(path('surveys/BH-W1/work'), form)
    expect(await world.db.read.request.findFirstOrThrow()).toMatchObject({ category: 'parking', householdId: null })
    expect(
      (await manager.post(path('surveys/BH-W1/work'), { ...form, nonce: 'garbled-input', input: '{' })).status,
    ).toBe(422)
  })

  it('leave the independent evaluation to the surveyor: the community sees how far it is, and can end nothing', async () => {
    await world.as('周科长').says('私聊', '登记第三方 甬城调查 S01 李明')
    await world.db.write(async (tx) => {
      const person = await tx.person.findUniqueOrThrow({ where: { staffNo: 'S01' } })
      const key = { channel: 'sandbox', externalId: 'stranger' }
      const data = { personId: person.id, privateChat: 'private:stranger' }
      await tx.account.update({ where: { channel_externalId: key }, data })
    })
    await world.as('路人').says('私聊', '发起评议 抽样 60 种子 abc123')
    expect((await manager.get(path('surveys'))).text).not.toContain('BH-W2')
    await world.as('路人').taps('发布')
    // The independent round does not speak in the words of those it rates.
    expect(world.last('居民群').text).toContain('每户一票，无记名')
    const page = await manager.get(path('surveys/BH-W2'))
    expect(page.text).toContain('不能提前结束')
    expect(page.text).not.toContain('name="verb"')
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? (await csrfOf(manager))
    for (const verb of ['close', 'cancel', 'publish'])
      await manager.post(path('surveys/BH-W2'), { csrf, nonce: `meddle-${verb}`, verb })
    expect(await statusOf('BH-W2')).toBe('running')
  })

  it('give what communities said of departments to officers alone', async () => {
    await world.db.write(async (tx) => {
      const { subdistrictId, timezone } = await tx.community.findFirstOrThrow()
      for (let index = 1; index <= 5; index += 1)
        await tx.community.create({
          data: { code: `N${index}`, name: `邻社区${index}`, timezone, settings: {}, subdistrictId },
        })
    })
    await world.as('周科长').says('私聊', '部门名录 添加 民政局')
    await world.as('周科长').says('私聊', '发起部门评议 10天')
    await world.as('周科长').taps('发布')
    await answer('BH-W3', 6, () => [[9, 9, 4, 8, 9, 8, 9, 8, 9, 9]])
    await world.as('周科长').says('私聊', '结束问卷 W3')
    const seen = await officer.get(path('surveys/BH-W3'))
    expect(seen.text).toContain('费随事转')
    expect(seen.text).toContain('40.0')
    // Another community that the round covers: its officer sees it there too.
    expect((await officer.get('/desk/c/N1/surveys/BH-W3')).text).toContain('40.0')
    for (const who of [manager, worker]) {
      const hidden = await who.get(path('surveys/BH-W3'))
      expect(hidden.text).toContain('只给街道和考核、纪检部门看')
      expect(hidden.text).not.toContain('40.0')
      const picture = /<img src="([^"]+)"/.exec(seen.text)?.[1] ?? ''
      expect((await who.get(picture)).status).toBe(404)
      const csrf = await csrfOf(who)
      const file = await who.post(path('surveys/BH-W3/export'), { csrf, nonce: `export-${who === manager}` })
      expect(file.status).toBe(303)
    }
    const book = await officer.submit(path('surveys/BH-W3'), path('surveys/BH-W3/export'), {})
    expect(book.headers.get('content-type')).toContain('spreadsheetml')
  })

  const csrfOf = async (who: Visitor) => /name="csrf" value="([^"]+)"/.exec((await who.get('/desk/me')).text)?.[1] ?? ''
})
