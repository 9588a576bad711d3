import { Hono } from 'hono'
import { z } from 'zod'
import { localDate } from '../../../kernel/local-time.js'
import { noteView } from '../access-log.js'
import { barsOption, svgAnswer } from '../charts.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { page } from '../layout.js'
import { masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { Calendar } from '../parts/calendar.js'
import { Card, Empty, Head } from '../parts/common.js'
import { LeaveCards } from '../parts/leave.js'
import { BoardCard, CHART_WIDTH } from '../parts/visit-board.js'
import { VisitExport } from '../parts/visit-export.js'
import { placeOf, readColleagues } from '../requests-data.js'
import { TIER_NAMES, texts, VISIT_NAMES } from '../texts.js'
import {
  monthOf,
  readBoard,
  readCalendar,
  readCovers,
  readLeaves,
  readOverdueHomes,
  readVisits,
  shiftMonth,
} from '../visits-data.js'
import { exportApp } from './visit-export.js'
import { Photos, photosApp, readPhotos } from './visit-photos.js'
import { staffApp } from './visit-staff.js'

const SHOWN = 40
const HOMES_SHOWN = 12
const query = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
  day: z.iso.date().or(z.literal('')).catch('').default(''),
  worker: z.coerce.number().int().catch(0).default(0),
})

/** 走访: everybody's month, the calendar, and who has not been seen for long. */
export function visitsApp(options: DeskOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.route('/', staffApp(options))
  app.route('/', exportApp(options))
  app.route('/', photosApp(options))
  app.get('/', (c) => visitsPage(c, options))
  app.get('/board.svg', async (c) => {
    const { month = '' } = query.parse(c.req.query())
    const board = await readBoard(options.db.read, c.get('room'), month)
    const most = Math.max(10, ...board.map((row) => Math.max(row.met, row.target)))
    const rows = board.map((row) => ({
      name: row.name,
      value: row.met,
      of: row.target,
      label: `${row.met} / ${row.target}`,
    }))
    const { option, height } = barsOption(rows, most)
    return svgAnswer(c, option, { width: CHART_WIDTH, height })
  })
  return app
}

async function visitsPage(c: Ctx, { db, clock }: DeskOptions) {
  const room = c.get('room')
  const { community } = room
  const now = clock.now()
  const today = localDate(now, community.timezone)
  const asked = query.parse(c.req.query())
  const month = asked.month ?? monthOf(today, community.settings.visits.monthStartDay)
  const [board, days, visits, homes, masks, leaves, covers, colleagues, grids] = await Promise.all([
    readBoard(db.read, room, month),
    readCalendar(db.read, room, month, asked.worker),
    readVisits(db.read, room, { day: asked.day, workerId: asked.worker }, SHOWN),
    readOverdueHomes(db.read, room, now, HOMES_SHOWN),
    masksFor(db.read, room),
    readLeaves(db.read, room, now),
    readCovers(db.read, room, now),
    readColleagues(db.read, community.id, now),
    db.read.grid.findMany({ where: { communityId: community.id }, orderBy: { code: 'asc' } }),
  ])
  if (visits.length > 0) await noteView(db, c, now, { action: 'desk.visits', detail: asked.day || month })
  const [places, people, photos] = await Promise.all([
    db.read.household.findMany({
      where: { id: { in: visits.map((visit) => visit.householdId) } },
      select: { id: true, building: true, unit: true, room: true },
    }),
    db.read.person.findMany({
      where: { id: { in: visits.map((visit) => visit.workerId) } },
      select: { id: true, name: true },
    }),
    // A picture cannot be masked.
    room.works ? readPhotos(db.read, visits) : new Map<number, number[]>(),
  ])
  const link = (change: Record<string, string | number>) =>
    `?${new URLSearchParams(Object.entries({ month, worker: asked.worker, ...change }).flatMap(([key, value]) => (value ? [[key, String(value)]] : [])))}`
  return page(c, {
    title: texts.nav.visits,
    section: 'visits',
    children: (
      <>
        <Head title={`${Number(month.slice(0, 4))}年${Number(month.slice(5))}月走访`}>
          <nav class="buttons" aria-label="换月份">
            <a class="button small" href={link({ month: shiftMonth(month, -1), day: '' })}>
              上月
            </a>
            <a class="button small" href={link({ month: shiftMonth(month, 1), day: '' })}>
              下月
            </a>
          </nav>
          {room.works ? (
            <div class="buttons">
              <VisitExport c={c} month={month} />
            </div>
          ) : null}
        </Head>
        <div class="columns">
          <div>
            <BoardCard
              code={community.code}
              month={month}
              board={board}
              link={(workerId) => link({ worker: workerId })}
            />
            <Card
              title={asked.day ? `${asked.day} 的走访` : '最近的走访'}
              count={visits.length}
              tools={asked.day || asked.worker ? <a href={`?month=${month}`}>看全部</a> : null}
            >
              {visits.length === 0 ? <Empty>没有走访记录。</Empty> : null}
              <ul class="rows">
                {visits.map((visit) => {
                  const home = places.find((one) => one.id === visit.householdId)
                  const words = [visit.problem, visit.measure, visit.result].filter(Boolean).join('；') || visit.text
                  return (
                    <li class="row">
                      <div class="grow">
                        <a href={pathOf(community.code, `homes/${visit.householdId}`)}>{home ? placeOf(home) : ''}</a>{' '}
                        <span class={visit.outcome === 'met' ? 'tag status-in_progress' : 'tag'}>
                          {VISIT_NAMES[visit.outcome] ?? visit.outcome}
                        </span>
                        {visit.tier === 'ordinary' ? null : <span class="tag warm">{TIER_NAMES[visit.tier]}</span>}
                        {words ? <p>{masks.words(words)}</p> : null}
                        <p class="note">
                          {visit.day} · {people.find((one) => one.id === visit.workerId)?.name}
                          {visit.backdated ? ' · 补记' : ''}
                          {visit.outside ? ' · 不在自己网格' : ''}
                          <Photos code={community.code} ids={photos.get(visit.id) ?? []} />
                        </p>
                      </div>
                    </li>
                  )
                })}
              </ul>
            </Card>
          </div>
          <div>
            <Card title="日历">
              <Calendar month={month} today={today} days={days} link={(day) => link({ day })} chosen={asked.day} />
              <p class="note">数字是见到的户数。点一天看那天的走访。</p>
            </Card>
            {room.works ? (
              <LeaveCards c={c} leaves={leaves} covers={covers} colleagues={colleagues} grids={grids} />
            ) : null}
            <Card title="重点户该走访了" count={homes.length}>
              {homes.length === 0 ? <Empty>重点户都按时见过了。</Empty> : null}
              <ul class="rows">
                {homes.map((home) => (
                  <li class="row">
                    <div class="grow">
                      <a href={pathOf(community.code, `homes/${home.id}`)}>{placeOf(home)}</a>{' '}
                      <span class={home.tier === 'high_risk' ? 'tag urgent' : 'tag warm'}>{TIER_NAMES[home.tier]}</span>
                    </div>
                    <span class="note">{home.days === null ? '从未见过' : `${home.days} 天没见`}</span>
                  </li>
                ))}
              </ul>
            </Card>
          </div>
        </div>
      </>
    ),
  })
}
