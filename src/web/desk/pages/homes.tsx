import { Hono } from 'hono'
import { z } from 'zod'
import { localDate } from '../../../kernel/local-time.js'
import { noteView } from '../access-log.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { page } from '../layout.js'
import { masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { Card, Empty, Head, PostForm, Select } from '../parts/common.js'
import { RequestRows } from '../parts/request-rows.js'
import { placeOf } from '../requests-data.js'
import { OCCUPANCY_NAMES, TIER_NAMES, texts, VISIT_NAMES } from '../texts.js'

const filterSchema = z.object({
  building: z.string().max(10).catch('').default(''),
  grid: z.coerce.number().int().catch(0).default(0),
})

/** Why somebody may look up who lives somewhere; kept with the look. */
const REASONS = ['办理诉求', '走访联系', '紧急情况', '核对名册'] as const

/** 住户: a building's flats, and one household's card. Names and phones show only when asked for, with the reason noted. */
export function homesApp(options: DeskOptions): Hono<Env> {
  const { db, clock } = options
  const app = new Hono<Env>()
  app.get('/', (c) => buildingPage(c, options))
  app.get('/:id{[0-9]+}', (c) => homePage(c, options, false))
  app.post('/:id{[0-9]+}', async (c) => {
    if (!c.get('room').works) return c.notFound()
    const { reason } = z.object({ reason: z.enum(REASONS) }).parse(await c.req.parseBody())
    const subject = `household:${c.req.param('id')}`
    await noteView(db, c, clock.now(), { action: 'desk.household', subject, detail: reason })
    return homePage(c, options, true)
  })
  return app
}

async function buildingPage(c: Ctx, { db, clock }: DeskOptions) {
  const { community } = c.get('room')
  const { building, grid } = filterSchema.parse(c.req.query())
  const now = clock.now()
  const homes = await db.read.household.findMany({
    where: { communityId: community.id, building, ...(grid ? { gridId: grid } : {}) },
    orderBy: [{ estate: 'asc' }, { unit: 'asc' }, { room: 'asc' }],
    select: { id: true, estate: true, unit: true, room: true, tier: true, occupancy: true },
  })
  homes.sort((a, b) => Number(a.room) - Number(b.room))
  const ids = homes.map((home) => home.id)
  const [seen, open] = await Promise.all([
    db.read.visitHousehold.findMany({ where: { householdId: { in: ids } } }),
    db.read.request.findMany({
      where: { communityId: community.id, building, status: { not: 'closed' } },
      orderBy: { id: 'desc' },
      take: 50,
    }),
  ])
  const met = new Map(seen.map((one) => [one.householdId, one.lastMetDay]))
  const year = localDate(now, community.timezone).slice(0, 4)
  const units = [...new Set(homes.map((home) => `${home.estate} ${home.unit}`))].sort()
  const people = await db.read.person.findMany({
    where: { id: { in: open.flatMap((row) => row.workerId ?? []) } },
    select: { id: true, name: true },
  })
  return page(c, {
    title: `${building}幢`,
    section: 'map',
    children: (
      <>
        <p class="crumbs">
          <a href={pathOf(community.code, 'map')}>{texts.nav.map}</a> / {building}幢
        </p>
        <Head title={`${building}幢`} note={`${homes.length} 户。颜色深的今年见过面，带框的是重点户。`} />
        {open.length > 0 ? (
          <Card title="在办的诉求" count={open.length} class="flush">
            <RequestRows
              c={c}
              rows={open}
              workers={new Map(people.map(({ id, name }) => [id, name]))}
              masks={await masksFor(db.read, c.get('room'))}
              now={now}
            />
          </Card>
        ) : null}
        {homes.length === 0 ? (
          <Card>
            <Empty>名册里没有这幢楼。</Empty>
          </Card>
        ) : null}
        <div class="grids">
          {units.map((unit) => (
            <Card title={`${unit.trim().split(' ').at(-1) ?? ''}单元`}>
              <ul class="flats">
                {homes
                  .filter((home) => `${home.estate} ${home.unit}` === unit)
                  .map((home) => {
                    const day = met.get(home.id)
                    const state = [home.tier, home.occupancy, day?.startsWith(year) ? 'met' : ''].join(' ')
                    const words = [
                      TIER_NAMES[home.tier],
                      OCCUPANCY_NAMES[home.occupancy],
                      day ? `${day} 见过` : '没见过',
                    ]
                    return (
                      <li>
                        <a
                          class={`flat ${state}`}
                          href={pathOf(community.code, `homes/${home.id}`)}
                          title={words.join('，')}
                        >
                          {home.room}
                          <span class="unseen">{words.join('，')}</span>
                        </a>
                      </li>
                    )
                  })}
              </ul>
            </Card>
          ))}
        </div>
      </>
    ),
  })
}

async function homePage(c: Ctx, { db, clock }: DeskOptions, shown: boolean) {
  const room = c.get('room')
  const { community } = room
  const home = await db.read.household.findFirst({
    where: { id: Number(c.req.param('id')), communityId: community.id },
    include: {
      grid: { select: { name: true } },
      members: { select: { id: true, name: true, phone: true, accounts: { select: { id: true } } } },
    },
  })
  if (!home) return c.notFound()
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
          <a href={pathOf(community.code, `homes?building=${home.building}&grid=${home.gridId}`)}>{home.building}幢</a>{' '}
          / {placeOf(home)}
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
