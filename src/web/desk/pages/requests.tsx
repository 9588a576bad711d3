import { CATEGORIES } from '../../../kernel/intent.js'
import { type Ctx, pathOf } from '../env.js'
import { page } from '../layout.js'
import { masksFor } from '../masks.js'
import type { DeskOptions } from '../options.js'
import { Card, Empty, Head, Select } from '../parts/common.js'
import { RequestRows } from '../parts/request-rows.js'
import { categoryName, filterSchema, type RequestFilter, readColleagues, readRequests } from '../requests-data.js'
import { texts } from '../texts.js'

const STATES: readonly (readonly [RequestFilter['state'], string])[] = [
  ['open', '在办'],
  ['late', '超时'],
  ['urgent', '紧急'],
  ['contested', '要求重办'],
  ['waiting', '等待中'],
  ['closed', '已办结'],
  ['all', '全部'],
]

function queryOf(filter: RequestFilter, change: Partial<RequestFilter>): string {
  const merged = { ...filter, before: undefined, ...change }
  const pairs = Object.entries(merged).filter(([, value]) => value !== undefined && value !== '' && value !== 0)
  return `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}`
}

/** All requests, narrowed by what is asked. */
export async function requestsPage(c: Ctx, { db, clock }: DeskOptions) {
  const room = c.get('room')
  const { community } = room
  const now = clock.now()
  const filter = filterSchema.parse(c.req.query())
  const [{ rows, next }, grids, colleagues, masks] = await Promise.all([
    readRequests(db.read, room, filter, now),
    db.read.grid.findMany({ where: { communityId: community.id }, orderBy: { code: 'asc' } }),
    readColleagues(db.read, community.id, now),
    masksFor(db.read, room),
  ])
  const people = await db.read.person.findMany({
    where: { id: { in: rows.flatMap((row) => row.workerId ?? []) } },
    select: { id: true, name: true },
  })
  const all = { value: '', label: '全部' }
  return page(c, {
    title: texts.nav.requests,
    section: 'requests',
    children: (
      <>
        <Head title={texts.nav.requests}>
          {room.works ? (
            <a class="button main" href={pathOf(community.code, 'requests/new')}>
              代居民登记
            </a>
          ) : null}
        </Head>
        <nav class="tabs" aria-label="按状态">
          {STATES.map(([state, name]) => (
            <a href={queryOf(filter, { state })} aria-current={state === filter.state ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <form class="filters" method="get" data-auto>
          <input type="hidden" name="state" value={filter.state} />
          <label class="field grow">
            <span class="unseen">查找</span>
            <input
              type="search"
              name="q"
              value={filter.q}
              placeholder="查编号、地址、内容，如 电梯 3幢"
              maxlength={60}
              autocomplete="off"
            />
          </label>
          <Select
            name="category"
            label="类别"
            value={filter.category}
            options={[
              { ...all, label: '全部类别' },
              ...CATEGORIES.map((one) => ({ value: one, label: categoryName(one) })),
            ]}
            hideLabel
          />
          <Select
            name="grid"
            label="网格"
            value={String(filter.grid || '')}
            options={[
              { ...all, label: '全部网格' },
              ...grids.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            hideLabel
          />
          <Select
            name="worker"
            label="责任人"
            value={String(filter.worker || '')}
            options={[
              { ...all, label: '全部人员' },
              ...colleagues.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            hideLabel
          />
          {filter.building ? <input type="hidden" name="building" value={filter.building} /> : null}
          <button class="button" type="submit">
            查找
          </button>
        </form>
        <div id="results">
          {filter.building ? (
            <p class="note">
              只看 {filter.building}幢 <a href={queryOf(filter, { building: '' })}>看全部</a>
            </p>
          ) : null}
          <Card class="flush">
            {rows.length > 0 ? (
              <RequestRows
                c={c}
                rows={rows}
                workers={new Map(people.map(({ id, name }) => [id, name]))}
                masks={masks}
                now={now}
              />
            ) : (
              <Empty>{filter.q ? '没有找到，换个词试试。' : '这里没有诉求。'}</Empty>
            )}
          </Card>
          <p class="pager">
            {filter.before ? <a href={queryOf(filter, {})}>{texts.first}</a> : null}
            {next ? (
              <a class="button" href={queryOf(filter, { before: next })} rel="next">
                {texts.next}
              </a>
            ) : null}
          </p>
        </div>
      </>
    ),
  })
}
