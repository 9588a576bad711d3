import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { z } from 'zod'
import { local } from '../../../kernel/local-time.js'
import { act } from '../act.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import { type Masks, masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { Bar, Card, Empty, Head, PostForm, Time, Urgent } from '../parts/common.js'
import { DayChart } from '../parts/day-chart.js'
import { RequestRows } from '../parts/request-rows.js'
import { categoryName, placeOf, type RequestRow } from '../requests-data.js'
import { CHANNEL_NAMES, texts } from '../texts.js'
import { readDays, readFigures, readLoad, readToday, readTrouble } from '../today-data.js'

type Today = Awaited<ReturnType<typeof readToday>>

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'] as const

const suspicionForm = z.object({
  nonce: z.string().min(8),
  inboxId: z.coerce.number().int(),
  verdict: z.enum(['log', 'dismiss', 'ask']),
})
const claimForm = z.object({ nonce: z.string().min(8), claim: z.coerce.number().int(), yes: z.enum(['yes', 'no']) })

/** 今天: what needs me, the most pressing first. */
export function todayApp(options: DeskOptions): Hono<Env> {
  const { db } = options
  const app = new Hono<Env>()
  app.get('/', (c) => todayPage(c, options))
  app.post('/suspicion', async (c) => {
    const { nonce, ...input } = suspicionForm.parse(await c.req.parseBody())
    return answered(c, options, { nonce, command: 'requests.suspicion', input })
  })
  app.post('/claim', async (c) => {
    const { nonce, claim: id, yes } = claimForm.parse(await c.req.parseBody())
    const claim = await db.read.bindingClaim.findUnique({ where: { id } })
    if (!claim) return c.notFound()
    const { accountId, kind, name } = claim
    const subjectId = kind === 'household' ? claim.householdId : claim.subjectId
    if (!(await ofRoom(c, options, claim))) return c.notFound()
    const input = { inboxId: claim.id, yes: yes === 'yes', kind, accountId, subjectId, name }
    return answered(c, options, { nonce, command: 'people.settle', input })
  })
  return app
}

/** The claim is about a home or a colleague of this community: the command itself takes the input's word for it. */
async function ofRoom(c: Ctx, { db }: DeskOptions, claim: { householdId: number | null; subjectId: number | null }) {
  const communityId = c.get('room').community.id
  const found = claim.householdId
    ? await db.read.household.findFirst({ where: { id: claim.householdId, communityId }, select: { id: true } })
    : await db.read.person.findFirst({ where: { id: claim.subjectId ?? -1, communityId }, select: { id: true } })
  return found !== null
}

async function answered(c: Ctx, options: DeskOptions, call: { nonce: string; command: string; input: object }) {
  const { community } = c.get('room')
  const outcome = await act(options, c.get('viewer'), { ...call, communityId: community.id })
  leaveFlash(c, { text: outcome.text, good: outcome.done })
  return c.redirect(pathOf(community.code, 'today'), 303)
}

async function todayPage(c: Ctx, { db, clock }: DeskOptions) {
  const room = c.get('room')
  const { community } = room
  const viewer = c.get('viewer')
  const now = clock.now()
  const asked = c.req.query('who')
  const mine = room.works && (asked === 'mine' || (asked !== 'all' && !room.manages))
  const me = mine ? viewer.personId : null
  const [today, days, figures, load, trouble, masks] = await Promise.all([
    readToday(db.read, room, viewer.personId, mine, now),
    readDays(db.read, room, me, now),
    readFigures(db.read, room, me, now),
    mine ? [] : readLoad(db.read, room, now),
    room.manages ? readTrouble(db.read, community.id, now) : { failed: 0 },
    masksFor(db.read, room),
  ])
  const rows = [...today.urgent, ...today.overdue, ...today.waiting, ...today.contested]
  const people = await db.read.person.findMany({
    where: { id: { in: rows.flatMap((row) => row.workerId ?? []) } },
    select: { id: true, name: true },
  })
  const workers = new Map(people.map(({ id, name }) => [id, name]))
  const day = local(now, community.timezone)
  const Group = ({ title, rows: some, tone }: { title: string; rows: readonly RequestRow[]; tone?: string }) =>
    some.length > 0 ? (
      <Card title={title} count={some.length} class={`flush ${tone ?? ''}`}>
        <RequestRows c={c} rows={some} workers={workers} masks={masks} now={now} quick={room.works} />
      </Card>
    ) : null
  const calm = rows.length === 0 && today.suspicions.length === 0 && today.claims.length === 0
  return page(c, {
    title: texts.nav.today,
    section: 'today',
    children: (
      <>
        <Head
          title={`${day.month}月${day.day}日 星期${WEEKDAYS[day.weekday - 1]}`}
          note={mine ? `${viewer.name}，这些事等着您` : `${community.name}的全部`}
        >
          {room.works ? (
            <nav class="switch" aria-label="看谁的">
              <a href="?who=mine" aria-current={mine ? 'page' : undefined}>
                我的
              </a>
              <a href="?who=all" aria-current={mine ? undefined : 'page'}>
                全社区
              </a>
            </nav>
          ) : null}
        </Head>
        <Tiles c={c} counts={today.counts} mine={me} />
        {trouble.failed > 0 ? (
          <p class="flash">近一天有 {trouble.failed} 条消息没有送到本社区的群，请让管理员查看服务状态。</p>
        ) : null}
        <div class="columns">
          <div>
            <Group title="紧急" rows={today.urgent} tone="alarm" />
            <Suspicions c={c} rows={today.suspicions} masks={masks} />
            <Claims c={c} rows={today.claims} />
            <Group title="超时" rows={today.overdue} tone="late" />
            <Group title="居民要求重办" rows={today.contested} />
            <Group title="待接单" rows={today.waiting} />
            {calm ? (
              <Card>
                <Empty>现在没有等着{mine ? '您' : '处理'}的事。新诉求来了，这里马上会提示。</Empty>
              </Card>
            ) : null}
          </div>
          <div>
            <Card title="近30天">
              <dl class="figures">
                <Figure name="登记">{figures.logged}</Figure>
                <Figure name="办结">{figures.closed}</Figure>
                <Rate name="按时办结" rate={figures.inTime} unit="件" />
                <Rate name="满意" rate={figures.content} unit="次评价" />
              </dl>
            </Card>
            <Card title="近14天">
              <DayChart days={days} />
            </Card>
            {load.length > 0 ? (
              <Card title="谁手上有多少">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">责任人</th>
                      <th scope="col" class="num">
                        在办
                      </th>
                      <th scope="col" class="num">
                        超时
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {load.map((one) => (
                      <tr>
                        <th scope="row">
                          {one.id ? (
                            <a href={pathOf(community.code, `requests?worker=${one.id}`)}>{one.name}</a>
                          ) : (
                            one.name
                          )}
                        </th>
                        <td class="num">{one.open}</td>
                        <td class={one.late > 0 ? 'num alarm' : 'num'}>{one.late}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Card>
            ) : null}
          </div>
        </div>
      </>
    ),
  })
}

const Tiles = ({
  c,
  counts,
  mine,
}: {
  readonly c: Ctx
  readonly counts: Today['counts']
  readonly mine: number | null
}) => {
  const { code } = c.get('room').community
  const tile = (name: string, count: number, query: string, tone: string) => (
    <a class={`tile ${count > 0 ? tone : ''}`} href={pathOf(code, `requests?${query}${mine ? `&worker=${mine}` : ''}`)}>
      <b>{count}</b>
      <span>{name}</span>
    </a>
  )
  return (
    <div class="tiles">
      {tile('紧急', counts.urgent, 'state=urgent', 'alarm')}
      {tile('超时', counts.late, 'state=late', 'late')}
      {tile('待接单', counts.toAccept, 'state=open', 'warm')}
      {tile('在办', counts.opened, 'state=open', '')}
    </div>
  )
}

const Suspicions = ({
  c,
  rows,
  masks,
}: {
  readonly c: Ctx
  readonly rows: Today['suspicions']
  readonly masks: Masks
}) => {
  const { code, timezone } = c.get('room').community
  if (rows.length === 0) return null
  return (
    <Card title="像是诉求，拿不准" count={rows.length} class="flush">
      <ul class="rows">
        {rows.map((row) => (
          <li class="row">
            <div class="grow">
              <p class="request-words">
                {row.urgent ? <Urgent /> : null} “{masks.words(row.text)}”
              </p>
              <p class="note">
                <Time at={row.createdAt} timezone={timezone} /> ·{' '}
                {[placeOf(row), categoryName(row.category)].filter(Boolean).join(' · ')}？
                {row.status === 'asked' ? ' · 已问对方，等回复' : ''}
              </p>
            </div>
            <PostForm c={c} action={pathOf(code, 'today/suspicion')} class="buttons">
              <input type="hidden" name="inboxId" value={String(row.inboxId)} />
              <button class="button main small" name="verdict" value="log" type="submit">
                登记
              </button>
              <button class="button small" name="verdict" value="dismiss" type="submit">
                不是诉求
              </button>
              {row.status === 'open' ? (
                <button class="button small" name="verdict" value="ask" type="submit">
                  先问问他
                </button>
              ) : null}
            </PostForm>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const Claims = ({ c, rows }: { readonly c: Ctx; readonly rows: Today['claims'] }) => {
  const { code, timezone } = c.get('room').community
  if (rows.length === 0) return null
  return (
    <Card title="待确认的绑定" count={rows.length} class="flush">
      <ul class="rows">
        {rows.map(({ claim, home, staffNo, account }) => (
          <li class="row">
            <div class="grow">
              <p>
                <b>{account?.displayName || '有人'}</b>（{CHANNEL_NAMES[account?.channel ?? ''] ?? account?.channel}
                ）说自己是
                {home ? `${placeOf(home)}的` : `工号 ${staffNo} 的`}
                <b>{claim.name}</b>
              </p>
              <p class="note">
                <Time at={claim.createdAt} timezone={timezone} />
                {home ? ` · 名册上的户主：${home.headName || '没有登记'}` : ''}
              </p>
            </div>
            <PostForm c={c} action={pathOf(code, 'today/claim')} class="buttons">
              <input type="hidden" name="claim" value={String(claim.id)} />
              <button class="button main small" name="yes" value="yes" type="submit">
                确认
              </button>
              <button class="button small" name="yes" value="no" type="submit">
                不是
              </button>
            </PostForm>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const Figure = ({ name, children }: { readonly name: string; readonly children?: Child }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const Rate = (props: {
  readonly name: string
  readonly rate: { part: number; of: number } | null
  readonly unit: string
}) => (
  <div>
    <dt>{props.name}</dt>
    <dd>
      {props.rate ? (
        <>
          {Math.round(props.rate.part * 100)}% <small>{`/ ${props.rate.of} ${props.unit}`}</small>
          <Bar part={props.rate.part} label={`${props.name} ${Math.round(props.rate.part * 100)}%`} />
        </>
      ) : (
        <small>还没有</small>
      )}
    </dd>
  </div>
)
