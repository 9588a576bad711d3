import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { communityView } from '../../community/settings.js'
import { addDays, local, localDate, monthRange } from '../../kernel/local-time.js'
import { type Inspection, resolveInspection } from '../../ledger/links.js'
import type { LedgerPage } from '../../ledger/pages/registry.js'
import { addressOf } from '../session/address.js'
import { createLimiter } from '../session/limit.js'
import { DoorPage, PublicPage } from './layout.js'
import { pagesOf, ROWS, readTable } from './ledger-data.js'
import type { DeskOptions } from './options.js'
import { Card, Empty, Head } from './parts/common.js'
import { LedgerTable } from './parts/ledger-table.js'
import { texts } from './texts.js'

const BURST = 60
const PER_SECOND = 1
const viewSchema = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
  offset: z.coerce.number().int().nonnegative().catch(0).default(0),
})

/** What an inspector sees with a link: some pages, masked, read-only, each look noted. To be mounted at `/inspect`. */
export function createInspect(options: DeskOptions): Hono {
  const { db, clock, modules } = options
  const app = new Hono()
  const limiter = createLimiter(BURST, PER_SECOND)
  app.use(async (c, next) => {
    c.header('cache-control', 'no-store')
    if (limiter.take(addressOf(c), clock.now().getTime()) > 0)
      return c.text('请稍等一会儿再看。', 429, { 'retry-after': '60' })
    return next()
  })
  const open = async (c: Context, page: string | null) => {
    const view = { page, viewer: addressOf(c), now: clock.now() }
    const inspection = await db.write((tx) => resolveInspection(tx, c.req.param('token') ?? '', view))
    if (!inspection) return null
    const row = await db.read.community.findUniqueOrThrow({ where: { id: inspection.communityId } })
    const community = communityView(row)
    const pages = pagesOf(modules, { community }).filter((one) => inspection.pages.includes(one.page))
    return { inspection, community, pages }
  }

  app.get('/:token', async (c) => {
    const found = await open(c, null)
    if (!found) return gone(c)
    const { inspection, community, pages } = found
    const base = `/inspect/${c.req.param('token')}`
    return c.html(
      <PublicPage title={`${community.name}电子台账`} note={noteOf(inspection, community.timezone)}>
        <Head title={`给${inspection.label}`} />
        <Card title="可以看的页" count={pages.length}>
          <ul class="rows">
            {pages.map((one) => (
              <li class="row">
                <div class="grow">
                  <a href={`${base}/${one.page}`}>
                    <b>{one.title}</b>
                  </a>
                  {one.replaces.length > 0 ? <p class="note">代替纸质：{one.replaces.join('、')}</p> : null}
                </div>
              </li>
            ))}
          </ul>
        </Card>
        <Closes db={db} inspection={inspection} timezone={community.timezone} />
      </PublicPage>,
    )
  })

  app.get('/:token/:page', async (c) => {
    const name = c.req.param('page')
    const found = await open(c, name)
    const shown = found?.pages.find((one) => one.page === name)
    if (!found || !shown) return gone(c)
    const { inspection, community } = found
    const base = `/inspect/${c.req.param('token')}`
    return c.html(
      <PublicPage title={`${community.name}电子台账`} note={noteOf(inspection, community.timezone)}>
        <p class="crumbs">
          <a href={base}>全部</a> / {shown.title}
        </p>
        <SheetView c={c} options={options} inspection={inspection} shown={shown} timezone={community.timezone} />
      </PublicPage>,
    )
  })
  app.all('*', (c) => gone(c))
  return app
}

interface SheetProps {
  readonly c: Context
  readonly options: DeskOptions
  readonly inspection: Inspection
  readonly shown: LedgerPage
  readonly timezone: string
}

/** One month of a page, never beyond the span of the link. */
async function SheetView({ c, options, inspection, shown, timezone }: SheetProps) {
  const view = viewSchema.parse(c.req.query())
  const months = monthsOf(inspection, options.clock.now(), timezone)
  const month = months.find((one) => one === view.month) ?? months[0] ?? ''
  const whole = monthRange(month, timezone)
  const scope = {
    communityIds: [inspection.communityId],
    from: whole.from > inspection.from ? whole.from : inspection.from,
    to: whole.to < inspection.to ? whole.to : inspection.to,
    timezone,
    maySeePersonal: false,
  }
  const table = await readTable(options.db.read, shown, scope, view.offset)
  return (
    <>
      <Head title={`${shown.title} ${month}`} />
      <nav class="tabs" aria-label="按月">
        {months.map((one) => (
          <a href={`?month=${one}`} aria-current={one === month ? 'page' : undefined}>
            {one}
          </a>
        ))}
      </nav>
      <Card class="flush">
        <LedgerTable table={table} label={`${shown.title} ${month}`} />
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
  )
}

/** Months of the link's span that have begun, the newest first. */
function monthsOf({ from, to }: Inspection, now: Date, timezone: string): string[] {
  const end = new Date(Math.min(to.getTime() - 1, now.getTime()))
  const months: string[] = []
  for (
    let at = local(end, timezone).startOf('month');
    at >= local(from, timezone).startOf('month');
    at = at.minus({ months: 1 })
  )
    months.push(at.toFormat('yyyy-MM'))
  return months
}

async function Closes(props: {
  readonly db: DeskOptions['db']
  readonly inspection: Inspection
  readonly timezone: string
}) {
  const { db, inspection, timezone } = props
  const closes = await db.read.ledgerClose.findMany({
    where: {
      communityId: inspection.communityId,
      month: {
        gte: localDate(inspection.from, timezone).slice(0, 7),
        lte: localDate(inspection.to, timezone).slice(0, 7),
      },
    },
    orderBy: { month: 'desc' },
  })
  return (
    <Card title="封账指纹">
      {closes.length === 0 ? <Empty>这段时间还没有封账。</Empty> : null}
      <ul class="rows">
        {closes.map((close) => (
          <li class="row">
            <span class="grow">{close.month}</span>
            <code>{close.fingerprint}</code>
          </li>
        ))}
      </ul>
      <p class="note">封账时指纹同时发到了社区工作群和街道群，可以对照。</p>
    </Card>
  )
}

function noteOf({ label, from, to, expiresAt }: Inspection, timezone: string): string {
  const until = local(expiresAt, timezone).toFormat('yyyy-MM-dd HH:mm')
  const span = `${localDate(from, timezone)} 至 ${addDays(localDate(to, timezone), -1)}`
  return `给${label}查看 · ${span} · 链接有效到 ${until} · 只读，姓名电话已隐去，每次查看都有记录`
}

const gone = (c: Context) =>
  c.html(
    <DoorPage title="这个链接打不开">
      <p>可能已经到期、被收回，或不含这一页。请向社区要一个新的链接。</p>
    </DoorPage>,
    404,
  )
