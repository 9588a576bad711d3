import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EntryAnswer, RequestAnswer } from '../../src/web/api/schemas.js'
import { type ApiWorld, type Headers, openApi, type Page } from './api-world.js'
import { bearer, NOW } from './harness.js'
import { TEXT } from './neighbourhood.js'

let world: ApiWorld
let ids: ApiWorld['ids']
let manager: Headers
let officer: Headers

const get = <T>(path: string, headers: Headers) => world.read<T>(path, headers)
const requests = (query: string, headers: Headers) => get<Page<RequestAnswer>>(`/requests${query}`, headers)
const numbers = async (query: string, headers: Headers) =>
  (await requests(query, headers)).data.map((request) => request.number)

beforeAll(async () => {
  world = await openApi()
  ;({ ids, manager, officer } = world)
})
afterAll(() => world.close())

describe('a token', () => {
  const paths = ['/api/v1/requests', '/api/v1/requests/FD-202611-0001', '/api/v1/ledger', '/api/v1/nothing']

  it.each(paths)('is needed for %s', async (path) => {
    const scope = { role: 'manager', scopeKind: 'community', scopeId: ids.FD }
    const name = path.replaceAll('/', '.')
    const past = new Date(NOW.getTime() - 1)
    const headers: Record<string, string>[] = [
      {},
      { authorization: 'manager' },
      { authorization: 'Basic manager' },
      { authorization: 'Bearer unknown' },
      { authorization: 'Bearer ' },
      await bearer(world.db, `expired${name}`, { ...scope, expiresAt: NOW }),
      await bearer(world.db, `revoked${name}`, { ...scope, revokedAt: past }),
    ]
    for (const header of headers) {
      const response = await world.get(path, header)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect(await response.json()).toEqual({
        error: { code: 'unauthorized', message: expect.stringMatching(/令牌.*token/) },
      })
    }
  })

  it('works until it expires', async () => {
    const scope = { role: 'manager', scopeKind: 'community', scopeId: ids.FD }
    const header = await bearer(world.db, 'soon', { ...scope, expiresAt: new Date(NOW.getTime() + 1) })
    expect(await numbers('', header)).toHaveLength(3)
  })

  it('opens its own community and nothing else', async () => {
    expect(await numbers('', manager)).toEqual(['FD-202611-0003', 'FD-202611-0002', 'FD-202611-0001'])
    expect(await numbers('?community=CX', manager)).toEqual([])
    expect(await numbers('?grid=CX-G1', manager)).toEqual([])
    expect((await world.get('/api/v1/requests/CX-202611-0001', manager)).status).toBe(404)
    const ledger = await get<Page<EntryAnswer>>('/ledger?subject=request:CX-202611-0001', manager)
    expect(ledger).toEqual({ data: [], next: null })
  })

  it('of a subdistrict opens its communities, of a district those of its subdistricts', async () => {
    const codes = async (header: Headers) => new Set((await requests('', header)).data.map((row) => row.community))
    expect(await codes(officer)).toEqual(new Set(['FD', 'CX']))
    const west = await world.db.read.district.findFirstOrThrow({ where: { code: 'DB' } })
    const header = await bearer(world.db, 'district', { role: 'officer', scopeKind: 'district', scopeId: west.id })
    expect(await codes(header)).toEqual(new Set(['ZH']))
  })
})

describe('a request', () => {
  it('has its fields, with times in the offset of the community', async () => {
    const [request] = (await requests('?status=closed', manager)).data
    expect(request).toEqual({
      number: 'FD-202611-0001',
      status: 'closed',
      resolution: 'solved',
      resolutionNote: '已更换钢丝绳，回访 13812345678',
      category: 'facility',
      urgent: true,
      text: TEXT,
      building: '3',
      unit: '2',
      room: null,
      community: 'FD',
      grid: 'FD-G1',
      worker: 'FD-W01',
      workerName: '李社工',
      reporter: '王小明',
      reporters: 1,
      mergedInto: null,
      createdAt: '2026-11-22T07:14:00+08:00',
      acceptBy: '2026-11-22T08:14:00+08:00',
      closeBy: '2026-11-25T07:14:00+08:00',
      acceptedAt: null,
      waitingUntil: null,
      closedAt: '2026-11-22T09:14:00+08:00',
      contestedAt: null,
      chasedAt: null,
    })
  })

  it('comes with its history', async () => {
    const request = await get<{ history: EntryAnswer[] }>('/requests/FD-202611-0002', manager)
    expect(request.history).toMatchObject([
      {
        seq: 2,
        type: 'request.logged',
        subject: 'request:FD-202611-0002',
        at: '2026-11-22T08:14:00+08:00',
        household: '3-2-501',
        worker: 'FD-W01',
        actorName: '王小明',
        data: { number: 'FD-202611-0002' },
        sourceMessage: 2,
      },
    ])
  })

  it.each([
    ['?status=assigned', ['FD-202611-0003', 'FD-202611-0002']],
    ['?status=closed,assigned&category=parking', ['FD-202611-0002']],
    ['?grid=FD-G1&category=facility', ['FD-202611-0003', 'FD-202611-0001']],
    ['?grid=nowhere', []],
    ['?worker=FD-W01&community=FD&limit=1', ['FD-202611-0003']],
    ['?worker=CX-W01', []],
    ['?since=2026-11-22T08:14:00%2B08:00', ['FD-202611-0003', 'FD-202611-0002']],
    ['?since=2026-11-22T08:14:00+08:00&until=2026-11-22T01:14:00Z', ['FD-202611-0002']],
    ['?since=2026-11-22', ['FD-202611-0003', 'FD-202611-0002', 'FD-202611-0001']],
    ['?until=2026-11-22', []],
  ])('is found by %s', async (query, expected) => expect(await numbers(query, manager)).toEqual(expected))
})

describe('personal data', () => {
  const views = () => world.db.read.accessLog.findMany({ orderBy: { id: 'asc' } })

  it('is masked for an officer, and the view leaves no note', async () => {
    const before = (await views()).length
    for (const path of ['/requests', '/requests/FD-202611-0001', '/ledger']) {
      const text = JSON.stringify(await get(path, officer))
      expect(text).toContain('王**')
      expect(text).toContain('138****5678')
      expect(text).toContain('李社工')
      expect(text).not.toMatch(/13812345678|王小明/)
    }
    expect(await views()).toHaveLength(before)
  })

  it('is masked for a manager whose token spans several communities, and for a coordinator', async () => {
    const { subdistrictId } = await world.db.read.community.findUniqueOrThrow({ where: { id: ids.FD } })
    const wide = { role: 'manager', scopeKind: 'subdistrict', scopeId: subdistrictId }
    const other = { role: 'coordinator', scopeKind: 'community', scopeId: ids.FD }
    for (const header of [await bearer(world.db, 'wide', wide), await bearer(world.db, 'coordinator', other)])
      expect(JSON.stringify(await requests('', header))).not.toMatch(/13812345678|王小明/)
  })

  it('is shown to the worker, and each view is noted', async () => {
    const scope = { role: 'worker', scopeKind: 'community', scopeId: ids.FD }
    const worker = await bearer(world.db, 'worker', scope)
    expect(JSON.stringify(await requests('?limit=2', worker))).toMatch(/王小明 13812345678/)
    await get('/requests/FD-202611-0001', worker)
    await get('/ledger?limit=2', worker)
    const noted = (await views()).filter((view) => view.actor === 'token:worker')
    expect(noted).toMatchObject([
      { at: NOW, action: 'api.requests', subject: 'requests', detail: 'request:FD-202611-0003 request:FD-202611-0002' },
      { at: NOW, action: 'api.request', subject: 'request:FD-202611-0001', detail: '' },
      { at: NOW, action: 'api.ledger', subject: 'ledger', detail: 'request:FD-202611-0001 request:FD-202611-0002' },
    ])
  })
})

describe('bad parameters', () => {
  it('are named, each with what is wanted, in both languages', async () => {
    const response = await world.get(
      '/api/v1/requests?limit=201&status=done&since=tomorrow&communty=FD&cursor=x',
      manager,
    )
    expect(response.status).toBe(400)
    const { error } = (await response.json()) as { error: { code: string; message: string; fields: object } }
    expect(error.code).toBe('bad_parameters')
    expect(error.message).toBe('参数有误 / Bad parameters')
    expect(error.fields).toEqual({
      limit: '1–200 的整数 / an integer from 1 to 200',
      status: expect.stringMatching(/in_progress.* \/ .*in_progress/),
      since: expect.stringContaining('2026-11-01'),
      communty: '没有这个参数 / there is no such parameter',
      cursor: '上一页的 next / next of the page before',
    })
  })

  it.each([
    'limit=0',
    'limit=1.5',
    'since=2026-02-30',
    'since=2026-11-01T00:00:00',
    'status=',
    'status=new&status=closed',
  ])('such as %s are refused', async (query) =>
    expect((await world.get(`/api/v1/requests?${query}`, manager)).status).toBe(400),
  )

  it('include the cursor of another list', async () => {
    const { next } = await get<Page<EntryAnswer>>('/ledger?limit=1', manager)
    expect((await world.get(`/api/v1/requests?cursor=${next}`, manager)).status).toBe(400)
  })
})
