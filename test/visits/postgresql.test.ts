import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { communityView } from '../../src/community/settings.js'
import { openDatabase } from '../../src/db/client.js'
import { seedDemo } from '../../src/demo/index.js'
import { verifyLedger } from '../../src/ledger/verify/index.js'
import { importVisits } from '../../src/modules/visits/import/index.js'
import type { BoardAnswer, ProgressAnswer, VisitAnswer } from '../../src/web/api/visit-schemas.js'
import { startPostgres } from '../postgresql/server.js'
import { START } from '../support/demo.js'
import { createWorld, type JumpingWorld } from '../support/world.js'
import { bearer, openWorld } from '../web/harness.js'

const server = await startPostgres()
afterAll(() => server?.stop())

const SHEET = `日期,社工工号,幢,单元,室,方式,问题
2026-09-08,W01,3,2,501,见到,楼道灯坏
2026-09-08,W01,3,2,501,未遇,
2026-09-09,W01,3,2,601,见到,
2026-10-12,W02,8,1,502,拒访,
2026-11-19,W02,8,1,402,见到,
`

/** The service begins on Sunday, 22 November 2026, as on any first day. */
describe.skipIf(!server)('visits on PostgreSQL', { timeout: 120_000 }, () => {
  let world: JumpingWorld
  let folder: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linli-visits-pg-'))
    const db = await openDatabase((await server?.createDatabase()) ?? '')
    await seedDemo(db, new Date(START))
    world = await createWorld({ db })
  })
  afterEach(async () => {
    expect((await verifyLedger(world.db.read)).faults).toEqual([])
    await world.close()
    rmSync(folder, { recursive: true })
  })
  const says = async (who: string, text: string) =>
    (await world.as(who).says('私聊', text)).map((one) => one.text).join('\n')

  it('are logged, counted towards a goal, shown on the boards, and closed with their month', async () => {
    expect(await says('王芳', '走访 3-2-501 张阿姨说楼道灯坏了\n3-2-601 没人')).toContain('本月 1/9')
    expect(await says('王芳', '走访 3-2-601 正常')).toContain('今天第 2 户，本月 2/9')
    expect(await says('王芳', '撤')).toContain('本月 1/9')
    await says('陈主任', '请假 李强 11-24 到 11-25 培训')
    expect(await says('张敏', '我的进度')).toContain('11月走访 0/9')
    expect(await says('陈主任', '走访目标 张敏 20 本月')).toContain('11月目标 6 户')
    expect(await says('王芳', '我的进度')).toMatch(
      /^11月走访 1\/9，今天 1 户。.*另有未遇 1，不计入。.*今年走到 1\/250 户/s,
    )
    expect(await says('陈主任', '榜单')).toMatch(/全社区 1\/30 户.*1\. 王芳 1\/9/s)
    await world.jumpTo('2026-11-23 00:15')
    expect(await says('周科长', '榜单')).toContain('1 个社区 1/30 户（3%）')
    await world.jumpTo('2026-11-23 08:45')
    expect(world.last('私聊:李强').text).toMatch(/本周建议走访.*本月 0\/6/s)
    await world.jumpTo('2026-12-04 01:00')
    const months = await world.db.read.visitMonth.findMany({
      where: { month: '2026-11' },
      orderBy: { workerId: 'asc' },
    })
    expect(months.map(({ met, target, closedAt }) => [met, target, closedAt !== null])).toEqual([
      [1, 9, true],
      [0, 6, true],
      [0, 6, true],
      [0, 9, true],
    ])
    expect(await says('王芳', '我的进度')).toMatch(/^12月走访 0\/30.*往月：11月 1\/9/s)
  })

  it('come in from paper once, go out again, and are read by the API', async () => {
    const file = join(folder, 'paper.csv')
    writeFileSync(file, SHEET)
    const community = communityView(await world.db.read.community.findFirstOrThrow({ where: { code: 'BH' } }))
    const take = () => importVisits(world.db, file, { community, now: world.now() })
    expect((await take()).faults).toMatchObject([{ row: 3 }])
    writeFileSync(file, SHEET.replace('2026-09-08,W01,3,2,501,未遇,\n', ''))
    expect(await take()).toEqual({ written: { added: 4, known: 0 }, faults: [] })
    expect(await take()).toEqual({ written: { added: 0, known: 4 }, faults: [] })
    expect(await says('王芳', '我的进度')).toMatch(/今年走到 2\/250 户.*往月：9月 2\/30/s)
    await says('陈主任', '导出走访 2026年')
    expect(world.last('私聊:陈主任').text).toContain('4 条，格式和导入的表一样')
    expect(world.last('私聊:陈主任').message.file?.bytes.length).toBeGreaterThan(1000)

    const web = await openWorld({ db: world.db })
    try {
      const scope = { role: 'manager', scopeKind: 'community', scopeId: community.id }
      const headers = await bearer(world.db, 'manager', scope)
      const read = async <T>(path: string) =>
        ((await (await web.get(`/api/v1/visits${path}`, headers)).json()) as { data: T[] }).data
      expect((await read<VisitAnswer>('?limit=2')).map((one) => one.day)).toEqual(['2026-11-19', '2026-10-12'])
      expect(await read<ProgressAnswer>('/progress?month=2026-09')).toMatchObject([{ worker: 'W01', met: 2 }])
      expect(await read<BoardAnswer>('/board?month=2026-09')).toMatchObject([{ community: 'BH', workers: 1, met: 2 }])
    } finally {
      await web.close()
    }
  })
})
