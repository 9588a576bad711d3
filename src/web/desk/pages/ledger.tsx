import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Hono } from 'hono'
import { z } from 'zod'
import { localDate } from '../../../kernel/local-time.js'
import { searchEntries } from '../../../ledger/search/find.js'
import { type VerifyReport, verifyLedger } from '../../../ledger/verify/index.js'
import { exportCsv } from '../../../ledger/workbook/csv.js'
import { noteView } from '../access-log.js'
import { act } from '../act.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import { pagesOf, ROWS, readCounts, readMonths, readTable, scopeOf } from '../ledger-data.js'
import { masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { Card, Empty, Head, PostForm, Time } from '../parts/common.js'
import { LedgerTable } from '../parts/ledger-table.js'
import { texts } from '../texts.js'

const MONTHS = 12
const HITS = 40
const FAULTS = 50
const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const viewSchema = z.object({
  month: monthSchema.optional().catch(undefined),
  offset: z.coerce.number().int().nonnegative().catch(0).default(0),
})

/** 台账: its pages, search, closes, and the proof that nothing was changed. */
export function ledgerApp(options: DeskOptions): Hono<Env> {
  const { db, clock, modules } = options
  const app = new Hono<Env>()
  /** Communities whose chain is being checked: one look at a time is enough. */
  const verifying = new Set<number>()

  app.get('/', (c) => ledgerPage(c, options, null))
  app.get('/p/:page', (c) => tablePage(c, options))
  app.get('/p/:page/:file{.+\\.csv}', async (c) => {
    const found = pagesOf(modules, c.get('room')).find((one) => one.page === c.req.param('page'))
    const month = monthSchema.safeParse(c.req.param('file').replace(/\.csv$/, ''))
    if (!found || !month.success) return c.notFound()
    await noteView(db, c, clock.now(), { action: 'desk.export', subject: found.page, detail: month.data })
    const output = new PassThrough()
    const [, bytes] = await Promise.all([
      exportCsv(db.read, found.sheet, scopeOf(c.get('room'), month.data), output),
      buffer(output),
    ])
    const name = encodeURIComponent(`${found.title} ${month.data}.csv`)
    c.header('content-disposition', `attachment; filename*=UTF-8''${name}`)
    return c.body(new Uint8Array(bytes), 200, { 'content-type': 'text/csv; charset=utf-8' })
  })
  app.post('/export', async (c) => {
    const { community } = c.get('room')
    const form = z.object({ nonce: z.string().min(8), month: monthSchema }).parse(await c.req.parseBody())
    const outcome = await act(options, c.get('viewer'), {
      nonce: form.nonce,
      communityId: community.id,
      command: 'ledger.export',
      input: { words: form.month },
    })
    if (outcome.file) {
      c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(outcome.file.name)}`)
      return c.body(outcome.file.bytes, 200, { 'content-type': outcome.file.mime })
    }
    leaveFlash(c, { text: outcome.text, good: false })
    return c.redirect(pathOf(community.code, 'ledger'), 303)
  })
  app.post('/close', async (c) => {
    const { community } = c.get('room')
    const form = z.object({ nonce: z.string().min(8), month: monthSchema }).parse(await c.req.parseBody())
    const outcome = await act(options, c.get('viewer'), {
      nonce: form.nonce,
      communityId: community.id,
      command: 'ledger.close',
      input: { words: form.month },
    })
    leaveFlash(c, { text: outcome.text, good: outcome.done })
    return c.redirect(pathOf(community.code, 'ledger'), 303)
  })
  app.post('/verify', async (c) => {
    const { community } = c.get('room')
    if (verifying.has(community.id)) {
      leaveFlash(c, { text: '已经有人在核对了，请等一会儿。', good: false })
      return c.redirect(pathOf(community.code, 'ledger'), 303)
    }
    verifying.add(community.id)
    try {
      return await ledgerPage(c, options, await verifyLedger(db.read, { communityIds: [community.id] }))
    } finally {
      verifying.delete(community.id)
    }
  })
  return app
}

async function ledgerPage(c: Ctx, { db, clock, modules }: DeskOptions, report: VerifyReport | null) {
  const room = c.get('room')
  const { community, manages } = room
  const now = clock.now()
  const q = (c.req.query('q') ?? '').trim().slice(0, 60)
  const month = localDate(now, community.timezone).slice(0, 7)
  const [months, counts, masks, hits] = await Promise.all([
    readMonths(db.read, room, now, MONTHS),
    readCounts(db.read, room, month),
    masksFor(db.read, room),
    q ? searchEntries(db.read, { terms: q.split(/\s+/), communityIds: [community.id], limit: HITS }) : [],
  ])
  const path = (rest: string) => pathOf(community.code, `ledger${rest}`)
  return page(c, {
    title: texts.nav.ledger,
    section: 'ledger',
    children: (
      <>
        <Head title="电子台账" note="日常办事自动入账，首尾相扣：改一个字、少一条、换个顺序，核对时都会指出来。" />
        {report ? <Verdict report={report} /> : null}
        <form class="filters search" method="get" action={path('')} data-auto>
          <label class="field grow">
            <span class="unseen">查台账</span>
            <input
              type="search"
              name="q"
              value={q}
              maxlength={60}
              placeholder="查台账，一个字也能查，如 电梯 3幢"
              autocomplete="off"
            />
          </label>
          <button class="button" type="submit">
            查找
          </button>
        </form>
        <div id="results">
          {q ? (
            <Card title={`含“${q}”的`} count={hits.length} class="flush">
              {hits.length === 0 ? <Empty>没有找到，换个词试试。</Empty> : null}
              <ul class="rows">
                {hits.map((hit) => {
                  const number = /^request:(.+)$/.exec(hit.subject)?.[1]
                  return (
                    <li class="row">
                      <div class="grow">
                        <p>{masks.words(hit.text)}</p>
                        <p class="note">
                          <Time at={hit.at} timezone={community.timezone} /> · 第 {hit.seq} 条
                          {number ? (
                            <>
                              {' · '}
                              <a href={pathOf(community.code, `requests/${number}`)}>{number}</a>
                            </>
                          ) : null}
                        </p>
                      </div>
                    </li>
                  )
                })}
              </ul>
            </Card>
          ) : null}
        </div>
        <div class="columns">
          <div>
            <Card title="台账页">
              <ul class="rows">
                {pagesOf(modules, room).map((one) => (
                  <li class="row">
                    <div class="grow">
                      <a href={path(`/p/${one.page}`)}>
                        <b>{one.title}</b>
                      </a>
                      {one.own ? <span class="tag">自建</span> : null}
                      {one.replaces.length > 0 ? (
                        <p class="note">
                          代替纸质：{one.replaces.slice(0, 4).join('、')}
                          {one.replaces.length > 4 ? ` 等 ${one.replaces.length} 本` : ''}
                        </p>
                      ) : null}
                    </div>
                    <span class="note">{counts.has(one.page) ? `本月 ${counts.get(one.page)} 条` : ''}</span>
                  </li>
                ))}
              </ul>
            </Card>
          </div>
          <div>
            <Card title="按月">
              {months.length === 0 ? <Empty>还没有入账。</Empty> : null}
              <ul class="rows">
                {months.map(({ month: one, close, over }) => (
                  <li class="row">
                    <div class="grow">
                      <b>{one}</b> {close ? <span class="tag status-in_progress">已封账</span> : null}
                      {close ? (
                        <p class="note">
                          指纹 <code>{close.fingerprint}</code>
                          <br />第 {close.firstSeq}–{close.lastSeq} 条
                        </p>
                      ) : (
                        <p class="note">{over ? '还没有封账' : '这个月还没过完'}</p>
                      )}
                    </div>
                    <div class="buttons">
                      {over && !close && manages ? (
                        <PostForm
                          c={c}
                          action={path('/close')}
                          confirm={`给 ${one} 封账？指纹会发到工作群和街道群，不能撤回。`}
                        >
                          <input type="hidden" name="month" value={one} />
                          <button class="button small" type="submit" aria-label={`给 ${one} 封账`}>
                            封账
                          </button>
                        </PostForm>
                      ) : null}
                      <PostForm c={c} action={path('/export')} class="download">
                        <input type="hidden" name="month" value={one} />
                        <button class="button small" type="submit" aria-label={`导出 ${one} 的表格`}>
                          导出
                        </button>
                      </PostForm>
                    </div>
                  </li>
                ))}
              </ul>
            </Card>
            <Card title="核对">
              <p class="note">逐条重算印记，和封账指纹对照。</p>
              <PostForm c={c} action={path('/verify')}>
                <button class="button" type="submit">
                  现在核对
                </button>
              </PostForm>
            </Card>
          </div>
        </div>
      </>
    ),
  })
}

const Verdict = ({ report }: { readonly report: VerifyReport }) => {
  const faults = report.faults.length + report.unlisted
  if (faults === 0)
    return (
      <p class="flash good" role="status">
        核对完毕：{report.entries} 条，{report.closes} 次封账，全部对得上。
        {report.erased > 0 ? `其中 ${report.erased} 条应本人要求删去了文字，印记仍对得上。` : ''}
      </p>
    )
  return (
    <Card title="核对出问题" count={faults} class="alarm">
      <ul class="faults">
        {report.faults.slice(0, FAULTS).map((fault) => (
          <li>{fault.words}</li>
        ))}
      </ul>
      <p>请马上告诉街道，并保留数据库文件。</p>
    </Card>
  )
}

async function tablePage(c: Ctx, { db, clock, modules }: DeskOptions) {
  const room = c.get('room')
  const { community } = room
  const found = pagesOf(modules, room).find((one) => one.page === c.req.param('page'))
  if (!found) return c.notFound()
  const now = clock.now()
  const view = viewSchema.parse(c.req.query())
  const month = view.month ?? localDate(now, community.timezone).slice(0, 7)
  const scope = scopeOf(room, month)
  if (scope.maySeePersonal) await noteView(db, c, now, { action: 'desk.ledger', subject: found.page, detail: month })
  const [table, months] = await Promise.all([
    readTable(db.read, found, scope, view.offset),
    readMonths(db.read, room, now, MONTHS),
  ])
  return page(c, {
    title: found.title,
    section: 'ledger',
    children: (
      <>
        <p class="crumbs">
          <a href={pathOf(community.code, 'ledger')}>{texts.nav.ledger}</a> / {found.title}
        </p>
        <Head title={`${found.title} ${month}`} note={scope.maySeePersonal ? null : texts.masked}>
          <a class="button small" href={pathOf(community.code, `ledger/p/${found.page}/${month}.csv`)}>
            下载 CSV
          </a>
        </Head>
        <nav class="tabs" aria-label="按月">
          {months.map((one) => (
            <a href={`?month=${one.month}`} aria-current={one.month === month ? 'page' : undefined}>
              {one.month}
            </a>
          ))}
        </nav>
        <Card class="flush">
          <LedgerTable table={table} label={`${found.title} ${month}`} />
        </Card>
        <p class="pager">
          {view.offset > 0 ? <a href={`?month=${month}&offset=${Math.max(0, view.offset - ROWS)}`}>上一页</a> : null}
          {table.next === null ? null : (
            <a class="button" href={`?month=${month}&offset=${table.next}`} rel="next">
              {texts.next}
            </a>
          )}
        </p>
      </>
    ),
  })
}
