import { Hono } from 'hono'
import { z } from 'zod'
import { local, localDate } from '../../../kernel/local-time.js'
import { barsOption, svgAnswer } from '../charts.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { page } from '../layout.js'
import { masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { Card, Empty, Head } from '../parts/common.js'
import { placeOf } from '../requests-data.js'
import { TIER_NAMES, texts, VISIT_NAMES } from '../texts.js'
import { monthOf, readBoard, readCalendar, readOverdueHomes, readVisits, shiftMonth } from '../visits-data.js'

const SHOWN = 40
const HOMES_SHOWN = 12
const CHART_WIDTH = 640
const query = z.object({
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional()
    .catch(undefined),
  day: z.iso.date().or(z.literal('')).catch('').default(''),
  worker: z.coerce.number().int().catch(0).default(0),
})

/** 走访: everybody's month, the calendar, and who has not been seen for long. */
export function visitsApp(options: DeskOptions): Hono<Env> {
  const app = new Hono<Env>()
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
  const [board, days, visits, homes, masks] = await Promise.all([
    readBoard(db.read, room, month),
    readCalendar(db.read, room, month, asked.worker),
    readVisits(db.read, room, { day: asked.day, workerId: asked.worker }, SHOWN),
    readOverdueHomes(db.read, room, now, HOMES_SHOWN),
    masksFor(db.read, room),
  ])
  const [places, people] = await Promise.all([
    db.read.household.findMany({
      where: { id: { in: visits.map((visit) => visit.householdId) } },
      select: { id: true, building: true, unit: true, room: true },
    }),
    db.read.person.findMany({
      where: { id: { in: visits.map((visit) => visit.workerId) } },
      select: { id: true, name: true },
    }),
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
        </Head>
        <div class="columns">
          <div>
            <Card title="每人进度">
              {board.length === 0 ? (
                <Empty>这个月还没有走访。社工私聊机器人发“走访 3-2-501 在 说了什么”就会记上。</Empty>
              ) : (
                <>
                  <figure class="chart">
                    <img
                      src={pathOf(community.code, `visits/board.svg?month=${month}`)}
                      alt="每人见面户数与目标，同下表"
                      width={CHART_WIDTH}
                      height={board.length * 40 + 34}
                    />
                  </figure>
                  <section class="scroll" tabindex={0} aria-label="每人进度表">
                    <table>
                      <thead>
                        <tr>
                          <th scope="col">社工</th>
                          <th scope="col" class="num">
                            见到
                          </th>
                          <th scope="col" class="num">
                            目标
                          </th>
                          <th scope="col" class="num">
                            未遇
                          </th>
                          <th scope="col" class="num">
                            谢绝
                          </th>
                          <th scope="col" class="num">
                            电话等
                          </th>
                          <th scope="col">说明</th>
                        </tr>
                      </thead>
                      <tbody>
                        {board.map((row) => (
                          <tr>
                            <th scope="row">
                              <a href={link({ worker: row.workerId })}>{row.name}</a>
                            </th>
                            <td class={row.met < row.target ? 'num' : 'num good'}>{row.met}</td>
                            <td class="num">{row.target}</td>
                            <td class="num">{row.notHome}</td>
                            <td class="num">{row.refused}</td>
                            <td class="num">{row.remote}</td>
                            <td>
                              <small>{row.reason}</small>
                            </td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  </section>
                </>
              )}
            </Card>
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

interface CalendarProps {
  readonly month: string
  readonly today: string
  readonly chosen: string
  readonly days: ReadonlyMap<string, { readonly met: number; readonly other: number }>
  link(day: string): string
}

const Calendar = ({ month, today, chosen, days, link }: CalendarProps) => {
  const first = local(new Date(`${month}-01T12:00:00Z`), 'utc')
  const cells = [
    ...Array.from({ length: first.weekday - 1 }, () => null),
    ...Array.from({ length: first.daysInMonth ?? 30 }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`),
  ]
  while (cells.length % 7 > 0) cells.push(null)
  const weeks = Array.from({ length: cells.length / 7 }, (_, index) => cells.slice(index * 7, index * 7 + 7))
  return (
    <table class="calendar">
      <thead>
        <tr>
          {[...'一二三四五六日'].map((name) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr>
            {week.map((day) => {
              const count = day ? days.get(day) : undefined
              if (!day) return <td></td>
              const number = Number(day.slice(8))
              return (
                <td
                  class={[day === today ? 'today' : '', day === chosen ? 'chosen' : '', count?.met ? 'met' : ''].join(
                    ' ',
                  )}
                >
                  {count ? (
                    <a href={link(day)}>
                      {number}
                      <span class="unseen">日见到</span>
                      <b>{count.met}</b>
                      <span class="unseen">户，其他 {count.other} 次</span>
                    </a>
                  ) : (
                    <span>{number}</span>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
