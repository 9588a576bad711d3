import { z } from 'zod'
import { readActors, readLooks } from '../access-data.js'
import { type Ctx, pathOf } from '../env.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Card, Empty, Head, Select, Time } from '../parts/common.js'
import { placeOf } from '../requests-data.js'
import { texts } from '../texts.js'

const PAGE = 60
const ACTIONS: Readonly<Record<string, string>> = {
  'desk.request': '看诉求',
  'desk.home': '看住户卡',
  'desk.household': '看住户姓名电话',
  'desk.people': '看人员与群',
  'desk.residents': '看居民名单',
  'desk.visits': '看走访日记',
  'desk.search': '查台账',
  'desk.export': '导出',
  'desk.ledger': '看台账',
  inspect: '看台账（检查链接）',
  export: '导出台账',
  'api.request': '接口：诉求',
  'api.requests': '接口：诉求列表',
  'api.ledger': '接口：台账',
}
const query = z.object({
  before: z.coerce.number().int().positive().optional().catch(undefined),
  who: z.string().max(60).catch('').default(''),
  home: z.coerce.number().int().nonnegative().catch(0).default(0),
})

/** 查看记录: who looked at personal data, for the manager who answers for it. */
export async function accessPage(c: Ctx, { db, clock }: DeskOptions) {
  const room = c.get('room')
  if (!room.manages) return c.notFound()
  const { community } = room
  const { before, who, home } = query.parse(c.req.query())
  const actors = await readActors(db.read, community.id, clock.now())
  const names = [...new Set(actors.values())]
  const chosen = [...actors].flatMap(([actor, name]) => (who === '' || name === who ? [actor] : []))
  const rows = await readLooks(db.read, room, { actors: chosen, home, before }, PAGE + 1)
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  const link = (change: Record<string, string | number>) =>
    `?${new URLSearchParams(Object.entries({ who, home, ...change }).flatMap(([key, value]) => (value ? [[key, String(value)]] : [])))}`
  return page(c, {
    title: texts.nav.access,
    section: 'access',
    children: (
      <>
        <Head title={texts.nav.access} note="谁看了居民的个人信息、什么时候、为什么。居民问起来，可以如实回答。" />
        <form class="filters" method="get" data-auto>
          {home ? <input type="hidden" name="home" value={String(home)} /> : null}
          <Select
            name="who"
            label="谁看的"
            value={who}
            options={[{ value: '', label: '所有人' }, ...names.map((name) => ({ value: name, label: name }))]}
          />
          <button class="button" type="submit">
            查找
          </button>
        </form>
        <div id="results">
          {home ? (
            <p class="note">
              只看这一户 <a href={link({ home: 0 })}>看全部</a>
            </p>
          ) : null}
          <Card class="flush">
            {shown.length === 0 ? <Empty>没有记录。</Empty> : null}
            <ul class="rows">
              {shown
                .filter((row) => !row.foreign)
                .map((row) => (
                  <li class="row">
                    <div class="grow">
                      <b>{actors.get(row.actor) ?? row.actor}</b> {ACTIONS[row.action] ?? row.action}{' '}
                      {row.home ? (
                        <a href={pathOf(community.code, `homes/${row.home.id}`)}>{placeOf(row.home)}</a>
                      ) : (
                        row.subject.replace(/^request:/, '').replace(/^community:\d+$/, '')
                      )}
                      {row.detail ? <p class="note">{row.detail}</p> : null}
                    </div>
                    <span class="note">
                      <Time at={row.at} timezone={community.timezone} />
                    </span>
                  </li>
                ))}
            </ul>
          </Card>
          <p class="pager">
            {before ? <a href={link({})}>{texts.first}</a> : null}
            {last ? (
              <a class="button" href={link({ before: last.id })} rel="next">
                {texts.next}
              </a>
            ) : null}
          </p>
        </div>
      </>
    ),
  })
}
