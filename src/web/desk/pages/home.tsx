import { Hono } from 'hono'
import { z } from 'zod'
import type { Reader } from '../../../db/transaction.js'
import { localDate } from '../../../kernel/local-time.js'
import { noteView } from '../access-log.js'
import { act } from '../act.js'
import { buildingPath } from '../building-requests.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { leaveFlash } from '../flash.js'
import { page } from '../layout.js'
import { masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { Card, Empty, Head, PostForm, Select } from '../parts/common.js'
import { RequestRows } from '../parts/request-rows.js'
import { VisitForm, visitPhrase } from '../parts/visit-form.js'
import { placeOf } from '../requests-data.js'
import { OCCUPANCY_NAMES, TIER_NAMES, texts, VISIT_NAMES } from '../texts.js'

/** Why somebody may look up who lives somewhere; kept with the look. */
const REASONS = ['办理诉求', '走访联系', '紧急情况', '核对名册'] as const

/** One household's card. Names and phones show only when asked for, with the reason noted. */
export function homeApp(options: DeskOptions): Hono<Env> {
  const { db, clock } = options
  const app = new Hono<Env>()
  app.get('/:id{[0-9]+}', async (c) => {
    const home = await readHome(db.read, c)
    if (!home) return c.notFound()
    await noteView(db, c, clock.now(), { action: 'desk.home', subject: `household:${home.id}` })
    return homePage(c, options, home, false)
  })
  app.post('/:id{[0-9]+}', async (c) => {
    const home = await readHome(db.read, c)
    if (!home || !c.get('room').works) return c.notFound()
    const { reason } = z.object({ reason: z.enum(REASONS) }).parse(await c.req.parseBody())
    const subject = `household:${home.id}`
    await noteView(db, c, clock.now(), { action: 'desk.household', subject, detail: reason })
    return homePage(c, options, home, true)
  })
  app.post('/:id{[0-9]+}/visit', async (c) => {
    const home = await readHome(db.read, c)
    if (!home || !c.get('room').works) return c.notFound()
    const form = await c.req.parseBody()
    const { community } = c.get('room')
    const outcome = await act(options, c.get('viewer'), {
      nonce: z.string().min(8).parse(form.nonce),
      communityId: community.id,
      command: 'visits.log',
      input: {},
      phrase: visitPhrase(home, form),
    })
    leaveFlash(c, { text: outcome.text, good: outcome.done })
    return c.redirect(pathOf(community.code, `homes/${home.id}`), 303)
  })
  return app
}

type Home = NonNullable<Awaited<ReturnType<typeof readHome>>>

/** A household of this community; null for any other, whether or not it exists. */
const readHome = (read: Reader, c: Ctx) =>
  read.household.findFirst({
    where: { id: Number(c.req.param('id')), communityId: c.get('room').community.id },
    include: {
      grid: { select: { name: true } },
      members: { select: { id: true, name: true, phone: true, accounts: { select: { id: true } } } },
    },
  })

async function homePage(c: Ctx, { db, clock }: DeskOptions, home: Home, shown: boolean) {
  const room = c.get('room')
  const { community } = room
  const masks = await masksFor(db.read, room)
  const [known, visits, requests] = await Promise.all([
    db.read.visitHousehold.findUnique({ where: { householdId: home.id } }),
    db.read.visit.findMany({
      where: { householdId: home.id, status: 'valid' },
      orderBy: [{ day: 'desc' }, { id: 'desc' }],
      take: 20,
    }),
    db.read.request.findMany({ where: { householdId: home.id }, orderBy: { id: 'desc' }, take: 20 }),
  ])
  const people = await db.read.person.findMany({
    where: { id: { in: [...visits.map((visit) => visit.workerId), ...requests.flatMap((row) => row.workerId ?? [])] } },
    select: { id: true, name: true },
  })
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const bound = home.members.filter((member) => member.accounts.length > 0).length
  return page(c, {
    title: placeOf(home),
    section: 'map',
    children: (
      <>
        <p class="crumbs">
          <a href={pathOf(community.code, 'map')}>{texts.nav.map}</a> /{' '}
          <a href={buildingPath(community.code, home)}>{home.building}幢</a> / {placeOf(home)}
        </p>
        <Head title={`${home.estate} ${placeOf(home)}`}>
          <span class={home.tier === 'ordinary' ? 'tag' : 'tag warm'}>{TIER_NAMES[home.tier] ?? home.tier}</span>
        </Head>
        <div class="columns">
          <div>
            <Card title="走访" count={visits.length}>
              {visits.length === 0 ? <Empty>还没有走访记录。</Empty> : null}
              <ol class="timeline">
                {visits.map((visit) => (
                  <li class={visit.outcome === 'met' ? 'good' : ''}>
                    <p>
                      {VISIT_NAMES[visit.outcome] ?? visit.outcome}
                      {[
                        visit.problem && `问题：${visit.problem}`,
                        visit.measure && `措施：${visit.measure}`,
                        visit.result && `结果：${visit.result}`,
                      ]
                        .filter(Boolean)
                        .map((words) => `；${masks.words(String(words))}`)}
                    </p>
                    <p class="note">
                      {visit.day} · {names.get(visit.workerId) ?? ''}
                      {visit.backdated ? ' · 补记' : ''}
                      {visit.requestNumber ? (
                        <>
                          {' · '}
                          <a href={pathOf(community.code, `requests/${visit.requestNumber}`)}>{visit.requestNumber}</a>
                        </>
                      ) : null}
                    </p>
                  </li>
                ))}
              </ol>
            </Card>
            {requests.length > 0 ? (
              <Card title="这一户的诉求" count={requests.length} class="flush">
                <RequestRows c={c} rows={requests} workers={names} masks={masks} now={clock.now()} />
              </Card>
            ) : null}
          </div>
          <div>
            {room.works ? <VisitForm c={c} home={home} today={localDate(clock.now(), community.timezone)} /> : null}
            <Card title="住户">
              <dl class="facts">
                <div>
                  <dt>网格</dt>
                  <dd>{home.grid.name}</dd>
                </div>
                <div>
                  <dt>居住</dt>
                  <dd>{OCCUPANCY_NAMES[home.occupancy] ?? home.occupancy}</dd>
                </div>
                <div>
                  <dt>最近见面</dt>
                  <dd>{known?.lastMetDay ?? '还没有'}</dd>
                </div>
                <div>
                  <dt>已绑定账号</dt>
                  <dd>{bound}</dd>
                </div>
                {shown ? (
                  <>
                    <div>
                      <dt>户主</dt>
                      <dd>{home.headName || '没有登记'}</dd>
                    </div>
                    <div>
                      <dt>电话</dt>
                      <dd>{home.phone ? <a href={`tel:${home.phone}`}>{home.phone}</a> : '没有登记'}</dd>
                    </div>
                    {home.members
                      .filter((member) => member.name !== home.headName)
                      .map((member) => (
                        <div>
                          <dt>家人</dt>
                          <dd>
                            {member.name} {member.phone}
                          </dd>
                        </div>
                      ))}
                  </>
                ) : null}
              </dl>
              {room.manages ? (
                <p class="note">
                  <a href={pathOf(community.code, `access?home=${home.id}`)}>谁看过这一户</a>
                </p>
              ) : null}
              {shown ? (
                <p class="note">这次查看已经记下。</p>
              ) : room.works ? (
                <PostForm c={c} action={pathOf(community.code, `homes/${home.id}`)} class="stack">
                  <Select
                    name="reason"
                    label="为什么要看"
                    options={REASONS.map((one) => ({ value: one, label: one }))}
                  />
                  <button class="button" type="submit">
                    查看姓名和电话
                  </button>
                  <p class="note">谁、什么时候、为什么看，都会记下来，主任能看到。</p>
                </PostForm>
              ) : (
                <p class="note">{texts.masked}</p>
              )}
            </Card>
          </div>
        </div>
      </>
    ),
  })
}
