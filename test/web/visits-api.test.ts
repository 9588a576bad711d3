import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoardAnswer, ProgressAnswer, VisitAnswer } from '../../src/web/api/visit-schemas.js'
import { type ApiWorld, type Headers, openApi, type Page } from './api-world.js'
import { bearer, NOW } from './harness.js'

let world: ApiWorld
let ids: ApiWorld['ids']
let manager: Headers
let officer: Headers

const get = <T>(path: string, headers: Headers) => world.read<T>(`/visits${path}`, headers)
const visits = (query: string, headers: Headers) => get<Page<VisitAnswer>>(query, headers)

/** Three visits of the worker in each community, one of them corrected by the next. */
async function visit(code: 'FD' | 'CX' | 'ZH'): Promise<void> {
  await world.db.write(async (tx) => {
    const worker = await tx.person.findUniqueOrThrow({ where: { staffNo: `${code}-W01` } })
    const home = await tx.household.findFirstOrThrow({ where: { communityId: ids[code] } })
    await tx.household.update({ where: { id: home.id }, data: { headName: '王大明' } })
    const base = {
      communityId: ids[code],
      gridId: home.gridId,
      responsibleId: worker.id,
      householdId: home.id,
      workerId: worker.id,
      tier: 'ordinary',
      loggedAt: NOW,
    }
    const log = (n: number, more: object) =>
      tx.visit.create({
        data: { ...base, key: `${code}.${n}`, day: `2026-11-2${n}`, outcome: 'met', counted: true, ...more },
      })
    await log(0, { problem: '王大明血压高，电话 13812345678' })
    const wrong = await log(1, { outcome: 'not_home', counted: false, status: 'corrected' })
    await log(2, { correctsId: wrong.id, requestNumber: `${code}-202611-0001` })
    const month = { workerId: worker.id, communityId: ids[code], fromDay: '2026-11-01', toDay: '2026-11-30' }
    await tx.visitMonth.create({
      data: { ...month, month: '2026-11', quota: 30, target: 26, reason: '请假 3 个工作日', workDays: 18, met: 27 },
    })
    await tx.visitGridYear.create({
      data: { gridId: home.gridId, communityId: ids[code], year: 2026, households: 250, covered: 80 },
    })
  })
}

beforeAll(async () => {
  world = await openApi()
  ;({ ids, manager, officer } = world)
  for (const code of ['FD', 'CX', 'ZH'] as const) await visit(code)
})
afterAll(() => world.close())

describe('visits by the API', () => {
  it('come the latest first, page by page, within the scope of the token', async () => {
    const first = await visits('?limit=2', manager)
    expect(first.data.map((one) => one.key)).toEqual(['FD.2', 'FD.1'])
    const rest = await visits(`?limit=2&cursor=${first.next}`, manager)
    expect(rest).toMatchObject({ data: [{ key: 'FD.0' }], next: null })
    expect((await visits('?community=ZH', manager)).data).toEqual([])
    expect(new Set((await visits('', officer)).data.map((one) => one.community))).toEqual(new Set(['FD', 'CX']))
  })

  it('tell all that was logged', async () => {
    const [visit] = (await visits('?since=2026-11-22', manager)).data
    expect(visit).toMatchObject({
      key: 'FD.2',
      community: 'FD',
      grid: 'FD-G1',
      worker: 'FD-W01',
      workerName: '李社工',
      responsible: 'FD-W01',
      day: '2026-11-22',
      household: '3-2-501',
      outcome: 'met',
      counted: true,
      status: 'valid',
      source: 'chat',
      request: 'FD-202611-0001',
      corrects: 'FD.1',
    })
  })

  it('are found by grid, worker, outcome, status and day', async () => {
    const keys = async (query: string) => (await visits(query, manager)).data.map((one) => one.key)
    expect(await keys('?grid=FD-G1&worker=FD-W01')).toHaveLength(3)
    expect(await keys('?worker=CX-W01')).toEqual([])
    expect(await keys('?grid=nowhere')).toEqual([])
    expect(await keys('?outcome=not_home,refused')).toEqual(['FD.1'])
    expect(await keys('?visit=valid')).toEqual(['FD.2', 'FD.0'])
    expect(await keys('?since=2026-11-21&until=2026-11-22')).toEqual(['FD.1'])
  })

  it('mask numbers and names for whoever may not see them, and note who saw them in full', async () => {
    const noteOf = async (headers: Headers) =>
      (await visits('?community=FD&until=2026-11-21', headers)).data[0]?.problem
    expect(await noteOf(officer)).toBe('王**血压高，电话 138****5678')
    const before = await world.db.read.accessLog.count({ where: { action: 'api.visits' } })
    expect(await noteOf(manager)).toBe('王大明血压高，电话 13812345678')
    const notes = await world.db.read.accessLog.findMany({ where: { action: 'api.visits' }, orderBy: { id: 'asc' } })
    expect(notes).toHaveLength(before + 1)
    expect(notes.at(-1)).toMatchObject({ actor: 'token:manager', subject: 'visit:FD.0' })
  })

  it('need a token of staff, and parameters that are known', async () => {
    expect((await world.get('/api/v1/visits')).status).toBe(401)
    const surveyor = await bearer(world.db, 'surveyor', { role: 'surveyor', scopeKind: 'community', scopeId: ids.FD })
    for (const path of ['', '/progress', '/board'])
      expect((await world.get(`/api/v1/visits${path}`, surveyor)).status, path).toBe(403)
    for (const query of ['?outcome=seen', '?visit=all', '?limit=0', '?day=1', '?since=yesterday', '/progress?month=11'])
      expect((await world.get(`/api/v1/visits${query}`, manager)).status, query).toBe(400)
  })
})

describe('months and boards by the API', () => {
  it('are the stored figures, with the reason', async () => {
    const month = { community: 'FD', worker: 'FD-W01', month: '2026-11', quota: 30, target: 26, met: 27, closed: false }
    const page = await get<Page<ProgressAnswer>>('/progress?month=2026-11', manager)
    expect(page).toMatchObject({ data: [{ ...month, reason: '请假 3 个工作日' }], next: null })
    expect((await get<Page<ProgressAnswer>>('/progress', manager)).data).toHaveLength(1)
    expect((await get<Page<ProgressAnswer>>('/progress?month=2026-10', manager)).data).toEqual([])
    expect((await get<Page<ProgressAnswer>>('/progress?worker=CX-W01', officer)).data).toHaveLength(1)
  })

  it('give a line for each community of the scope', async () => {
    const { data } = await get<{ data: BoardAnswer[] }>('/board', officer)
    const line = { month: '2026-11', workers: 1, done: 1, met: 27, target: 26, households: 250, covered: 80 }
    expect(data).toEqual([
      { community: 'CX', name: 'CX', ...line },
      { community: 'FD', name: 'FD', ...line },
    ])
    expect((await get<{ data: BoardAnswer[] }>('/board?community=ZH', officer)).data).toEqual([])
    expect((await get<{ data: BoardAnswer[] }>('/board?month=2026-10', officer)).data).toEqual([])
  })
})
