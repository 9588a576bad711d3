import { z } from 'zod'
import { localDate } from '../../../kernel/local-time.js'
import { noteView } from '../access-log.js'
import { type Ctx, pathOf } from '../env.js'
import { page } from '../layout.js'
import { pagesOf, ROWS, readMonths, readTable, scopeOf } from '../ledger-data.js'
import type { DeskOptions } from '../options.js'
import { spanOf } from '../own-pages-data.js'
import { Card, Head } from '../parts/common.js'
import { LedgerTable } from '../parts/ledger-table.js'
import { texts } from '../texts.js'

const MONTHS = 12
const viewSchema = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
  offset: z.coerce.number().int().nonnegative().catch(0).default(0),
})

/** One page of the ledger, a month at a time; a page of the community's own may show a year, or all. */
export async function tablePage(c: Ctx, { db, clock, modules }: DeskOptions) {
  const room = c.get('room')
  const { community } = room
  const found = pagesOf(modules, room).find((one) => one.page === c.req.param('page'))
  if (!found) return c.notFound()
  const now = clock.now()
  const view = viewSchema.parse(c.req.query())
  const own = community.settings.ledger.pages.find((one) => one.page === found.page)
  const whole = !view.month && own && own.period !== 'month' ? spanOf(room, own.period, now) : null
  const month = view.month ?? localDate(now, community.timezone).slice(0, 7)
  const scope = whole ?? scopeOf(room, month)
  const label = whole?.label ?? month
  if (scope.maySeePersonal) await noteView(db, c, now, { action: 'desk.ledger', detail: `${found.title} ${label}` })
  const [table, months] = await Promise.all([
    readTable(db.read, found, scope, view.offset),
    readMonths(db.read, room, now, MONTHS),
  ])
  const at = (offset: number) => `?${whole ? '' : `month=${month}&`}offset=${offset}`
  return page(c, {
    title: found.title,
    section: 'ledger',
    children: (
      <>
        <p class="crumbs">
          <a href={pathOf(community.code, 'ledger')}>{texts.nav.ledger}</a> / {found.title}
        </p>
        <Head title={`${found.title} ${label}`} note={scope.maySeePersonal ? null : texts.masked}>
          <a class="button small" href={pathOf(community.code, `ledger/p/${found.page}/${month}.csv`)}>
            下载 CSV
          </a>
        </Head>
        <nav class="tabs" aria-label="按月">
          {own && own.period !== 'month' ? (
            <a href="?" aria-current={whole ? 'page' : undefined}>
              {own.period === 'year' ? '今年' : '全部'}
            </a>
          ) : null}
          {months.map((one) => (
            <a href={`?month=${one.month}`} aria-current={!whole && one.month === month ? 'page' : undefined}>
              {one.month}
            </a>
          ))}
        </nav>
        <Card class="flush">
          <LedgerTable table={table} label={`${found.title} ${label}`} />
        </Card>
        <p class="pager">
          {view.offset > 0 ? <a href={at(Math.max(0, view.offset - ROWS))}>上一页</a> : null}
          {table.next === null ? null : (
            <a class="button" href={at(table.next)} rel="next">
              {texts.next}
            </a>
          )}
        </p>
      </>
    ),
  })
}
