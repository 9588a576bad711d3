import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import {
  type Fault,
  faultText,
  previewRoster,
  type Roster,
  writeRoster,
  writeTemplate,
} from '../../../community/import/index.js'
import { OperatorError } from '../../../kernel/errors.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Card, Head, PostForm } from '../parts/common.js'
import { foreignRows } from '../roster-scope.js'
import { texts } from '../texts.js'

const MOST_FAULTS = 200
const KEPT_MS = 15 * 60_000
const MOST_KEPT = 20
const SHEETS: readonly (readonly [keyof Roster, string])[] = [
  ['grids', '网格'],
  ['people', '人员'],
  ['households', '住户'],
  ['chats', '群'],
]

interface Checked {
  readonly roster: Roster
  readonly personId: number
  readonly communityId: number
  readonly at: number
}

/** A roster is read, shown with every fault, and written only after a yes. */
export function importApp({ db, clock }: DeskOptions): Hono<Env> {
  const app = new Hono<Env>()
  /** Rosters that were checked and wait for the yes. */
  const waiting = new Map<string, Checked>()

  app.use(async (c, next) => (c.get('room').manages ? next() : c.notFound()))
  app.get('/', (c) => uploadPage(c))
  app.get('/template.xlsx', async (c) => {
    const bytes = await inFolder(async (folder) => {
      await writeTemplate(join(folder, 'roster.xlsx'))
      return readFile(join(folder, 'roster.xlsx'))
    })
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('邻里名册模板.xlsx')}`)
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    })
  })
  app.post('/', async (c) => {
    const { file } = await c.req.parseBody()
    if (!(file instanceof File) || file.size === 0) return uploadPage(c, '请选一个 .xlsx 或 .csv 文件。')
    try {
      const { roster, faults } = await inFolder(async (folder) => {
        // Only the ending is taken over, and for CSV the name of the sheet: nothing of it can lead elsewhere.
        const name = `${file.name.replace(/[^\p{Script=Han}\w.-]/gu, '').slice(-60) || 'roster'}`
        const path = join(folder, extname(name) ? name : `${name}.xlsx`)
        await writeFile(path, new Uint8Array(await file.arrayBuffer()))
        return previewRoster(db, path)
      })
      const { community } = c.get('room')
      const foreign = foreignRows(roster, community.code, await codesOf(community.id))
      const id = randomUUID()
      if (faults.length === 0 && foreign.length === 0) keep(id, c, roster)
      return previewPage(c, { roster, faults, foreign, id })
    } catch (error) {
      if (error instanceof OperatorError) return uploadPage(c, error.message.split(' / ')[0] ?? error.message)
      throw error
    }
  })
  app.post('/confirm', async (c) => {
    const { id } = z.object({ id: z.uuid() }).parse(await c.req.parseBody())
    const { community } = c.get('room')
    const checked = waiting.get(id)
    waiting.delete(id)
    if (!checked || checked.personId !== c.get('viewer').personId || checked.communityId !== community.id)
      return uploadPage(c, '这份名册等得太久了，请再传一次。')
    const now = clock.now()
    const counts = await db.write((tx) => writeRoster(tx, checked.roster, { now, timezone: community.timezone }))
    const words = SHEETS.map(([key, name]) => `${name} ${counts[key]}`).join('，')
    leaveFlash(c, { text: `名册已导入：${words}。`, good: true })
    return c.redirect(pathOf(community.code, 'people'), 303)
  })
  return app

  function keep(id: string, c: Ctx, roster: Roster): void {
    const at = Date.now()
    for (const [key, one] of waiting) if (at - one.at > KEPT_MS || waiting.size >= MOST_KEPT) waiting.delete(key)
    waiting.set(id, { roster, personId: c.get('viewer').personId, communityId: c.get('room').community.id, at })
  }
  async function codesOf(communityId: number): Promise<ReadonlySet<string>> {
    const grids = await db.read.grid.findMany({ where: { communityId }, select: { code: true } })
    return new Set(grids.map((grid) => grid.code))
  }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-roster-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const Crumbs = ({ c }: { readonly c: Ctx }) => (
  <p class="crumbs">
    <a href={pathOf(c.get('room').community.code, 'people')}>{texts.nav.people}</a> / 导入名册
  </p>
)

function uploadPage(c: Ctx, fault?: string) {
  const path = pathOf(c.get('room').community.code, 'people/import')
  return page(
    c,
    {
      title: '导入名册',
      section: 'people',
      flash: fault ? { text: fault, good: false } : null,
      children: (
        <>
          <Crumbs c={c} />
          <Head title="导入名册" note="先检查、给您看，点了“导入”才写进去。重复导入只更新，不会重复，也不会删除。" />
          <Card>
            <PostForm c={c} action={path} class="stack" upload>
              <label class="field">
                <span>名册文件（.xlsx，或一张表的 .csv）</span>
                <input type="file" name="file" required accept=".xlsx,.csv" />
              </label>
              <div class="buttons">
                <button class="button main" type="submit">
                  检查
                </button>
                <a class="button" href={`${path}/template.xlsx`}>
                  下载空白模板
                </a>
              </div>
            </PostForm>
          </Card>
        </>
      ),
    },
    fault ? 422 : 200,
  )
}

interface Preview {
  readonly roster: Roster
  readonly faults: readonly Fault[]
  readonly foreign: readonly string[]
  readonly id: string
}

function previewPage(c: Ctx, { roster, faults, foreign, id }: Preview) {
  const path = pathOf(c.get('room').community.code, 'people/import')
  const good = faults.length === 0 && foreign.length === 0
  const lines = [...faults.map(faultText), ...foreign]
  return page(c, {
    title: '导入名册',
    section: 'people',
    children: (
      <>
        <Crumbs c={c} />
        <Head
          title={good ? '可以导入' : `有 ${lines.length} 处要改`}
          note={good ? '核对下面的数目，没问题就导入。' : '还没有写入任何数据。请按下面的提示改好文件，再传一次。'}
        />
        <Card title="文件里有">
          <dl class="facts">
            {SHEETS.map(([key, name]) => (
              <div>
                <dt>{name}</dt>
                <dd>{roster[key].length}</dd>
              </div>
            ))}
          </dl>
          {good ? (
            <PostForm c={c} action={`${path}/confirm`} class="buttons">
              <input type="hidden" name="id" value={id} />
              <button class="button main" type="submit">
                导入
              </button>
              <a class="button" href={path}>
                换一个文件
              </a>
            </PostForm>
          ) : (
            <a class="button" href={path}>
              再传一次
            </a>
          )}
        </Card>
        {good ? null : (
          <Card title="要改的地方" count={lines.length}>
            <ul class="faults">
              {lines.slice(0, MOST_FAULTS).map((line) => (
                <li>{line}</li>
              ))}
            </ul>
            {lines.length > MOST_FAULTS ? <p class="note">还有 {lines.length - MOST_FAULTS} 处，先改这些。</p> : null}
          </Card>
        )}
      </>
    ),
  })
}
