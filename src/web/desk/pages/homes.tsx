import { Hono } from 'hono'
import { z } from 'zod'
import { localDate } from '../../../kernel/local-time.js'
import { type Building, isOfSeveralEstates, readPlaced, readUnits } from '../building-requests.js'
import { type Ctx, type Env, pathOf } from '../env.js'
import { page } from '../layout.js'
import { masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { Card, Empty, Head } from '../parts/common.js'
import { RequestRows } from '../parts/request-rows.js'
import { OCCUPANCY_NAMES, TIER_NAMES, texts } from '../texts.js'
import { homeApp } from './home.js'

const filterSchema = z.object({
  building: z.string().max(10).catch('').default(''),
  grid: z.coerce.number().int().catch(0).default(0),
  /** Empty is where the roster names none; without it, all of that number. */
  estate: z.string().max(40).optional().catch(undefined),
})

/** 住户: a building's flats, and behind each the household's card. */
export function homesApp(options: DeskOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', (c) => buildingPage(c, options))
  app.route('/', homeApp(options))
  return app
}

async function buildingPage(c: Ctx, { db, clock }: DeskOptions) {
  const { community } = c.get('room')
  const { building, grid, estate } = filterSchema.parse(c.req.query())
  const now = clock.now()
  const homes = await db.read.household.findMany({
    where: {
      communityId: community.id,
      building,
      ...(grid ? { gridId: grid } : {}),
      ...(estate === undefined ? {} : { estate }),
    },
    orderBy: [{ estate: 'asc' }, { unit: 'asc' }, { room: 'asc' }],
    select: { id: true, estate: true, unit: true, room: true, tier: true, occupancy: true },
  })
  homes.sort((a, b) => Number(a.room) - Number(b.room))
  const ids = homes.map((home) => home.id)
  const here = (one: Building) => (!grid || one.gridId === grid) && (estate === undefined || one.estate === estate)
  const placed = await readPlaced(db.read, community.id, now, await readUnits(db.read, community.id), building)
  const mine = placed.filter(({ at }) => at.length === 0 || at.some(here))
  const [seen, open] = await Promise.all([
    db.read.visitHousehold.findMany({ where: { householdId: { in: ids } } }),
    db.read.request.findMany({
      where: { id: { in: mine.map((one) => one.id) } },
      orderBy: { id: 'desc' },
      take: 50,
    }),
  ])
  const met = new Map(seen.map((one) => [one.householdId, one.lastMetDay]))
  const year = localDate(now, community.timezone).slice(0, 4)
  const hasEstates = new Set(homes.map((home) => home.estate)).size > 1
  const doorOf = (home: { readonly estate: string; readonly unit: string }) =>
    `${hasEstates ? home.estate : ''}${home.unit ? `${home.unit}单元` : ''}` || '住户'
  const doors = [...new Set(homes.map(doorOf))].sort()
  const name = `${estate ?? ''}${building}幢`
  const unplaced = estate === undefined ? 0 : mine.filter(isOfSeveralEstates).length
  const people = await db.read.person.findMany({
    where: { id: { in: open.flatMap((row) => row.workerId ?? []) } },
    select: { id: true, name: true },
  })
  return page(c, {
    title: name,
    section: 'map',
    children: (
      <>
        <p class="crumbs">
          <a href={pathOf(community.code, 'map')}>{texts.nav.map}</a> / {name}
        </p>
        <Head title={name} note={`${homes.length} 户。颜色深的今年见过面，带框的是重点户。`} />
        {open.length > 0 ? (
          <Card
            title="在办的诉求"
            count={open.length}
            class="flush"
            tools={unplaced > 0 ? <span class="note">{unplaced} 件没说是哪个小区</span> : null}
          >
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
          {doors.map((door) => (
            <Card title={door}>
              <ul class="flats">
                {homes
                  .filter((home) => doorOf(home) === door)
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
