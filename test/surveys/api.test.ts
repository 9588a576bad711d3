import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bearer } from '../web/harness.js'
import { type BallotWorld, neighbours, openBooth, othersAnswer } from './support.js'

const TIMEOUT = 180_000
type Json = Record<string, unknown>
type Headers = { authorization: string }

let world: BallotWorld
let manager: Headers
let officer: Headers
let department: Headers
let elsewhere: Headers
let document: {
  paths: Record<string, Record<string, { responses: Record<string, { content: Json }> }>>
  components: Json
}

beforeAll(async () => {
  world = await openBooth()
  const { id: home, subdistrictId } = await world.db.read.community.findFirstOrThrow()
  await neighbours(world, 6)
  const far = await world.db.write(async (tx) => {
    const district = await tx.district.create({ data: { code: 'FAR', name: '外区' } })
    const street = await tx.subdistrict.create({ data: { code: 'FAR', name: '外街道', districtId: district.id } })
    const base = { timezone: 'Asia/Shanghai', settings: {}, subdistrictId: street.id }
    return tx.community.create({ data: { ...base, code: 'WS', name: '外山社区' } })
  })
  // A poll of its own, one that runs, and a round over departments.
  await world
    .as('陈主任')
    .says('私聊', '发起问卷 停车意见\n1. 同意吗 单选：同意/不同意\n2. 满意吗 满意度\n3. 建议 填空')
  await world.as('陈主任').taps('发布')
  await othersAnswer(
    world,
    'BH-W1',
    30,
    (index) => [1 + (index % 2), 5 - (index % 3), null],
    (index) => (index < 6 ? '3幢2单元501王阿姨说车位太少，电话13812345678' : ''),
  )
  await world.as('陈主任').says('私聊', '结束问卷 W1')
  await world.as('陈主任').says('私聊', '发起问卷 绿化意见（抽样 20）\n1. 同意吗 单选：同意/不同意')
  await world.as('陈主任').taps('发布')
  await world.as('周科长').says('私聊', '部门名录 添加 民政局、住建局')
  await world.as('周科长').says('私聊', '发起部门评议 10天')
  await world.as('周科长').taps('发布')
  const marks = (mark: number) => Array.from({ length: 10 }, () => mark)
  await othersAnswer(world, 'BH-W3', 7, (index) => [marks(9), index < 3 ? marks(6) : null])
  await world.as('周科长').says('私聊', '结束问卷 W3')

  const civil = await world.db.read.department.findFirstOrThrow({ where: { name: '民政局' } })
  manager = await bearer(world.db, 'manager', { role: 'manager', scopeKind: 'community', scopeId: home })
  officer = await bearer(world.db, 'officer', { role: 'officer', scopeKind: 'subdistrict', scopeId: subdistrictId })
  department = await bearer(world.db, 'civil', { role: 'department', scopeKind: 'department', scopeId: civil.id })
  elsewhere = await bearer(world.db, 'far', { role: 'officer', scopeKind: 'community', scopeId: far.id })
  document = (await (await fetch(`${world.url}/api/openapi.json`)).json()) as typeof document
}, TIMEOUT)
afterAll(() => world.close())

async function get(path: string, headers: Headers): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${world.url}/api/v1/surveys${path}`, { headers })
  return { status: response.status, body: (await response.json()) as Json }
}

/** Checks an answer against what the published document says of it; unknown fields are refused. */
function agrees(path: string, status: number, body: unknown): void {
  const content = document.paths[path]?.get?.responses[status]?.content['application/json']
  if (!content) throw new Error(`the document has no answer ${status} of ${path}`)
  const { schema } = content as { schema: Json }
  const $defs = structuredClone(document.components.schemas) as Record<string, Json>
  for (const part of Object.values($defs)) if (part.type === 'object') part.additionalProperties ??= false
  const text = JSON.stringify({ ...schema, $defs }).replaceAll('#/components/schemas/', '#/$defs/')
  expect(z.fromJSONSchema(JSON.parse(text)).safeParse(body).error).toBeUndefined()
}

describe('surveys over the API', { timeout: TIMEOUT }, () => {
  it('lists rounds in the reach of the token, newest first, and says what is wrong with a parameter', async () => {
    const list = await get('', manager)
    agrees('/api/v1/surveys', 200, list.body)
    expect((list.body.data as Json[]).map((one) => [one.number, one.status])).toEqual([
      ['BH-W3', 'closed'],
      ['BH-W2', 'running'],
      ['BH-W1', 'closed'],
    ])
    const second = await get(`?limit=2&cursor=${(await get('?limit=2', manager)).body.next}`, manager)
    expect((second.body.data as Json[]).map((one) => one.number)).toEqual(['BH-W1'])
    expect((await get('?kind=poll&status=running', manager)).body.data).toMatchObject([{ number: 'BH-W2' }])
    expect((await get('?community=N1', officer)).body.data).toMatchObject([{ number: 'BH-W3' }])
    expect((await get('', elsewhere)).body.data).toEqual([])
    const wrong = await get('?kind=x', manager)
    expect(wrong.status).toBe(400)
    expect(JSON.stringify(wrong.body)).toContain('poll')
  })

  it('tells what is asked, with the seed of a sample, and how far it is, and no result before the end', async () => {
    const one = await get('/BH-W2', manager)
    agrees('/api/v1/surveys/{number}', 200, one.body)
    expect(one.body).toMatchObject({
      progress: { invited: 20, answered: 0 },
      definition: { questions: [{ key: 'q1' }] },
    })
    expect(one.body.seed).toMatch(/^[0-9a-f]{8}$/)
    expect((await get('/BH-W1', manager)).body.seed).toBeNull()
    expect((await get('/BH-W2/results', manager)).status).toBe(409)
    expect((await get('/BH-W2', elsewhere)).status).toBe(404)
    expect((await get('/BH-W2/results', elsewhere)).status).toBe(404)
  })

  it('gives results with intervals, words masked and by kind, small groups without figures, and a table', async () => {
    const { body } = await get('/BH-W1/results', manager)
    agrees('/api/v1/surveys/{number}/results', 200, body)
    expect(body).toMatchObject({ answered: 30, smallestGroup: 5 })
    expect(JSON.stringify(body)).not.toMatch(/13812345678|单元501|王阿姨/)
    for (const cell of body.cells as { hidden: boolean; composite: unknown }[])
      if (cell.hidden) expect(cell.composite).toBeNull()
    const table = await get('/BH-W1/table', manager)
    agrees('/api/v1/surveys/{number}/table', 200, table.body)
    expect(table.body.data).toContainEqual(
      expect.objectContaining({ question: 'q1', item: '同意', count: 15, value: 0.5, unit: 'share' }),
    )
  })

  it('gives results over departments to officers only, and a department its own aspects alone, never who', async () => {
    for (const path of ['/BH-W3/results', '/BH-W3/table']) {
      expect((await get(path, officer)).status).toBe(200)
      expect((await get(path, manager)).status).toBe(403)
      expect((await get(path, department)).status).toBe(403)
    }
    const own = await get('/BH-W3/departments/民政局', department)
    agrees('/api/v1/surveys/{number}/departments/{department}', 200, own.body)
    expect(own.body).toMatchObject({ department: '民政局', communities: 7, score: { value: 90 } })
    expect(own.body.aspects).toHaveLength(10)
    expect(JSON.stringify(own.body)).not.toMatch(/住建局|百合|邻社区|BH-0|N1/)
    expect((await get('/BH-W3/departments/住建局', department)).status).toBe(403)
    expect((await get('/BH-W3/departments/民政局', manager)).status).toBe(403)
    // Of the other only three have had to do with it: too few to show.
    const few = await get('/BH-W3/departments/住建局', officer)
    expect(few.body).toMatchObject({ communities: 3, score: null })
    expect((await get('/BH-W1', department)).status).toBe(404)
    const requests = await fetch(`${world.url}/api/v1/requests`, { headers: department })
    expect(((await requests.json()) as Json).data).toEqual([])
  })
})
