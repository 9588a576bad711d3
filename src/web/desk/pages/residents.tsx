import { z } from 'zod'
import { noteView } from '../access-log.js'
import { type Ctx, pathOf } from '../env.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Card, Head, Select } from '../parts/common.js'
import { ResidentRows } from '../parts/people-parts.js'
import { readResidents } from '../people-data.js'
import { texts } from '../texts.js'

const PAGE = 50
const query = z.object({
  grid: z.coerce.number().int().nonnegative().catch(0).default(0),
  building: z
    .string()
    .max(10)
    .catch('')
    .default('')
    .transform((words) => words.replace(/[幢栋号楼\s]/g, '')),
  before: z.coerce.number().int().positive().optional().catch(undefined),
})

/** 居民: everybody the bot knows, with names masked; who they are stands on the household's card, for a reason. */
export async function residentsPage(c: Ctx, { db, clock }: DeskOptions) {
  const { community } = c.get('room')
  const { grid, building, before } = query.parse(c.req.query())
  const [rows, grids] = await Promise.all([
    readResidents(db.read, community.id, { take: PAGE + 1, gridId: grid, building, before }),
    db.read.grid.findMany({ where: { communityId: community.id }, orderBy: { code: 'asc' } }),
  ])
  await noteView(db, c, clock.now(), { action: 'desk.residents', detail: building ? `${building}幢` : '' })
  const last = rows.length > PAGE ? rows.at(PAGE - 1) : undefined
  const link = (change: Record<string, string | number>) =>
    `?${new URLSearchParams(Object.entries({ grid, building, ...change }).flatMap(([key, value]) => (value ? [[key, String(value)]] : [])))}`
  return page(c, {
    title: '居民',
    section: 'people',
    children: (
      <>
        <p class="crumbs">
          <a href={pathOf(community.code, 'people')}>{texts.nav.people}</a> / 居民
        </p>
        <Head title="居民" note="机器人认识的居民。姓名已隐去，要看请点门牌、写明原因。" />
        <form class="filters" method="get" data-auto>
          <label class="field grow">
            <span class="unseen">哪幢</span>
            <input type="search" name="building" value={building} maxlength={10} placeholder="哪幢，如 3" />
          </label>
          <Select
            name="grid"
            label="网格"
            hideLabel
            value={String(grid || '')}
            options={[
              { value: '', label: '全部网格' },
              ...grids.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <button class="button" type="submit">
            查找
          </button>
        </form>
        <div id="results">
          <Card class="flush">
            <ResidentRows c={c} rows={rows.slice(0, PAGE)} />
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
