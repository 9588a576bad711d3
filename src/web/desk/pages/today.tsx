import { Hono } from 'hono'
import { z } from 'zod'
import { local } from '../../../kernel/local-time.js'
import { act } from '../act.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import { masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { Card, Empty, Head } from '../parts/common.js'
import { DayChart } from '../parts/day-chart.js'
import { RequestRows } from '../parts/request-rows.js'
import { Figure, Rate, Tiles } from '../parts/today-figures.js'
import { Claims, Suspicions } from '../parts/today-lists.js'
import type { RequestRow } from '../requests-data.js'
import { texts } from '../texts.js'
import { readDays, readFigures, readLoad, readToday, readTrouble } from '../today-data.js'

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
        <div id="live" class="live">
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
        </div>
      </>
    ),
  })
}
