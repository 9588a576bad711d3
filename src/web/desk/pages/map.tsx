import { buildingPath } from '../building-requests.js'
import type { Ctx } from '../env.js'
import { type BuildingView, type GridView, readGrids } from '../grids-data.js'
import { page } from '../layout.js'
import type { DeskOptions } from '../options.js'
import { Bar, Card, Empty, Head } from '../parts/common.js'
import { texts } from '../texts.js'

const LEGEND = [
  ['urgent', '有紧急'],
  ['late', '有超时'],
  ['open', '有在办'],
  ['calm', '没有'],
] as const

const stateOf = ({ urgent, late, open }: BuildingView) =>
  urgent > 0 ? 'urgent' : late > 0 ? 'late' : open > 0 ? 'open' : 'calm'

/** 网格: every building by how things stand there. */
export async function mapPage(c: Ctx, { db, clock }: DeskOptions) {
  const room = c.get('room')
  const { grids, hasEstates, unplaced } = await readGrids(db.read, room, clock.now())
  return page(c, {
    title: texts.nav.map,
    section: 'map',
    children: (
      <>
        <Head title={texts.nav.map} note="点一幢楼，看它的住户和诉求。">
          <ul class="legend" aria-label="颜色的意思">
            {LEGEND.map(([state, name]) => (
              <li class={`swatch ${state}`}>{name}</li>
            ))}
          </ul>
        </Head>
        {grids.length === 0 ? (
          <Card>
            <Empty>还没有网格，请先在“人员与群”里导入名册。</Empty>
          </Card>
        ) : null}
        {unplaced > 0 ? <p class="note">有 {unplaced} 件诉求没说是哪个小区，同号的每一幢都算上了。</p> : null}
        <div class="grids">
          {grids.map((grid) => (
            <GridCard c={c} grid={grid} hasEstates={hasEstates} />
          ))}
        </div>
      </>
    ),
  })
}

interface GridProps {
  readonly c: Ctx
  readonly grid: GridView
  readonly hasEstates: boolean
}

const GridCard = ({ c, grid, hasEstates }: GridProps) => {
  const part = grid.covered === null || grid.households === 0 ? null : grid.covered / grid.households
  return (
    <Card
      title={grid.name}
      tools={
        <span class="note">
          {grid.households} 户 · {grid.holder?.name ?? '还没有责任人'}
          {grid.cover ? `（${grid.cover}代）` : ''}
        </span>
      }
    >
      {hasEstates ? (
        [...new Set(grid.buildings.map((one) => one.estate))].map((estate) => (
          <section class="estate">
            <h3>{estate || '没写小区'}</h3>
            <Buildings c={c} buildings={grid.buildings.filter((one) => one.estate === estate)} />
          </section>
        ))
      ) : (
        <Buildings c={c} buildings={grid.buildings} />
      )}
      {part === null ? null : (
        <div>
          <p class="note">
            今年已见面 {grid.covered} / {grid.households} 户（{Math.round(part * 100)}%）
          </p>
          <Bar part={part} label={`今年已见面 ${Math.round(part * 100)}%`} />
        </div>
      )}
    </Card>
  )
}

const Buildings = ({ c, buildings }: { readonly c: Ctx; readonly buildings: readonly BuildingView[] }) => (
  <ul class="buildings">
    {buildings.map((one) => (
      <li>
        <a class={`building ${stateOf(one)}`} href={buildingPath(c.get('room').community.code, one)}>
          <b>{one.building}幢</b>
          <span>{one.open > 0 ? `在办 ${one.open}` : `${one.households} 户`}</span>
          {one.urgent > 0 ? <span>紧急 {one.urgent}</span> : one.late > 0 ? <span>超时 {one.late}</span> : null}
        </a>
      </li>
    ))}
  </ul>
)
