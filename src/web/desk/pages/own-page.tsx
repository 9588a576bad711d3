import { Hono } from 'hono'
import { z } from 'zod'
import type { CustomPage } from '../../../kernel/custom-page.js'
import type { Sheet } from '../../../kernel/sheet.js'
import { customSheet } from '../../../ledger/pages/custom.js'
import { noteView } from '../access-log.js'
import { act } from '../act.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import { readTable } from '../ledger-data.js'
import type { DeskOptions } from '../options.js'
import { checkPage, draftOf, looseOf } from '../own-page-form.js'
import { readKinds, readPageChanges, readSources, spanOf } from '../own-pages-data.js'
import { Card, Head, PostForm } from '../parts/common.js'
import { LedgerTable } from '../parts/ledger-table.js'
import { OwnPageFields } from '../parts/own-page-fields.js'
import { PageChanges } from '../parts/page-changes.js'
import { texts } from '../texts.js'

const nonce = z.string().min(8)
const HISTORY = 20
const BLANK = {
  title: '',
  filter: {},
  columns: [
    { header: '时间', from: 'at', width: 17, as: 'text' },
    { header: '网格', from: 'grid', width: 12, as: 'text' },
    { header: '责任社工', from: 'worker', width: 10, as: 'text' },
    { header: '内容', from: 'text', width: 60, as: 'text' },
  ],
  period: 'month',
}

/** 自建台账页: columns, filter and period chosen on a form, seen with real entries before they are saved. */
export function ownPageApp(options: DeskOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.use(async (c, next) => (c.get('room').manages ? next() : c.notFound()))
  app.get('/new', (c) => editor(c, options, { id: null, draft: BLANK }))
  app.post('/new', (c) => sent(c, options, null))
  app.get('/:page', (c) => {
    const known = ownOf(c)
    return known ? editor(c, options, { id: known.page, draft: known }) : c.notFound()
  })
  app.post('/:page', (c) => {
    const known = ownOf(c)
    return known ? sent(c, options, known) : c.notFound()
  })
  return app
}

const ownOf = (c: Ctx): CustomPage | undefined =>
  c.get('room').community.settings.ledger.pages.find((one) => one.page === c.req.param('page'))

/** A name for addresses that no page of the community has. */
function freeId(pages: readonly CustomPage[]): string {
  const taken = new Set(pages.map((one) => one.page))
  for (let number = 1; ; number += 1) if (!taken.has(`own-${number}`)) return `own-${number}`
}

async function sent(c: Ctx, options: DeskOptions, known: CustomPage | null) {
  const { community } = c.get('room')
  const form = await c.req.parseBody({ all: true })
  const back = (rest: string) => c.redirect(pathOf(community.code, `ledger${rest}`), 303)
  const todo = (command: string, input: object) =>
    act(options, c.get('viewer'), { nonce: nonce.parse(form.nonce), communityId: community.id, command, input })
  if (form.do === 'drop' && known) {
    const outcome = await todo('ledger.drop-page', { page: known.page })
    leaveFlash(c, { text: outcome.text, good: outcome.done })
    return back('')
  }
  const { pages } = community.settings.ledger
  const draft = draftOf(form, known?.page ?? freeId(pages))
  const { page: made, faults: found } = checkPage(draft)
  const twin = pages.some((one) => one.title === made?.title && one.page !== made.page)
  const faults = twin ? [texts.pageNameTaken] : found
  if (!made || twin || form.do !== 'save')
    return editor(c, options, { id: known?.page ?? null, draft, made: twin ? null : made, faults })
  const outcome = await todo('ledger.define-page', { json: JSON.stringify(made) })
  leaveFlash(c, { text: outcome.text, good: outcome.done })
  return back(outcome.done ? `/p/${made.page}` : known ? `/own/${known.page}` : '/own/new')
}

interface Edited {
  /** Null while it is new. */
  readonly id: string | null
  readonly draft: unknown
  /** Set where a preview was asked for and the draft is right. */
  readonly made?: CustomPage | null
  readonly faults?: readonly string[]
}

async function editor(c: Ctx, options: DeskOptions, { id, draft, made, faults = [] }: Edited) {
  const { db, modules } = options
  const room = c.get('room')
  const { community } = room
  const shown = looseOf(draft)
  const [kinds, sources, grids] = await Promise.all([
    readKinds(db.read, modules, room),
    readSources(db.read, room, shown.filter),
    db.read.grid.findMany({ where: { communityId: community.id }, orderBy: { code: 'asc' } }),
  ])
  const title = id ? `改台账页：${shown.title}` : '自建台账页'
  return page(
    c,
    {
      title,
      section: 'ledger',
      flash: faults.length > 0 ? { text: faults.join(' '), good: false } : undefined,
      children: (
        <>
          <p class="crumbs">
            <a href={pathOf(community.code, 'ledger')}>{texts.nav.ledger}</a> / {title}
          </p>
          <Head title={title} note="选好收哪些记录、列哪几栏，它就自己填好。只是换一种看法：台账里的记录一条不动。" />
          {made ? <Preview c={c} options={options} made={made} /> : null}
          <Card>
            <PostForm c={c} action={pathOf(community.code, `ledger/own/${id ?? 'new'}`)} class="stack">
              <OwnPageFields page={shown} kinds={kinds} sources={sources} grids={grids} />
              <div class="buttons">
                <button class="button" name="do" value="preview" type="submit">
                  预览
                </button>
                <button class="button main" name="do" value="save" type="submit">
                  保存
                </button>
              </div>
            </PostForm>
          </Card>
          {id ? <Past c={c} options={options} id={id} /> : null}
        </>
      ),
    },
    faults.length > 0 ? 422 : 200,
  )
}

/** The page as it would be, with the entries it would show. */
async function Preview(props: { readonly c: Ctx; readonly options: DeskOptions; readonly made: CustomPage }) {
  const { c, options, made } = props
  const { db, clock } = options
  const now = clock.now()
  const scope = spanOf(c.get('room'), made.period, now)
  await noteView(db, c, now, { action: 'desk.ledger', detail: `预览 ${made.title}` })
  const table = await readTable(db.read, { sheet: customSheet(made) as Sheet }, scope, 0)
  return (
    <Card title={`预览：${made.title} ${scope.label}`} count={table.rows.length} id="preview" class="flush">
      <LedgerTable table={table} label={`预览 ${made.title}`} />
      <p class="note pad">还没有保存。满意了点下面的“保存”。</p>
    </Card>
  )
}

/** What was changed, by whom, and the way to take the page away. */
async function Past(props: { readonly c: Ctx; readonly options: DeskOptions; readonly id: string }) {
  const { c, options, id } = props
  const { community } = c.get('room')
  const changes = await readPageChanges(options.db.read, community.id, { page: id, take: HISTORY })
  return (
    <Card title="改动记录" count={changes.length}>
      <PageChanges changes={changes} timezone={community.timezone} />
      <PostForm
        c={c}
        action={pathOf(community.code, `ledger/own/${id}`)}
        confirm="去掉这一页？台账里的记录都还在，只是不再单列一页。"
      >
        <button class="button danger" name="do" value="drop" type="submit">
          去掉这一页
        </button>
      </PostForm>
    </Card>
  )
}
