import type { Child } from 'hono/jsx'
import { type Ctx, pathOf } from '../env.js'
import type { readToday } from '../today-data.js'
import { Bar } from './common.js'

type Today = Awaited<ReturnType<typeof readToday>>

/** The four counts of the day, each leading to its list. */
export const Tiles = ({
  c,
  counts,
  mine,
}: {
  readonly c: Ctx
  readonly counts: Today['counts']
  readonly mine: number | null
}) => {
  const { code } = c.get('room').community
  const tile = (name: string, count: number, query: string, tone: string) => (
    <a class={`tile ${count > 0 ? tone : ''}`} href={pathOf(code, `requests?${query}${mine ? `&worker=${mine}` : ''}`)}>
      <b>{count}</b>
      <span>{name}</span>
    </a>
  )
  return (
    <div class="tiles">
      {tile('紧急', counts.urgent, 'state=urgent', 'alarm')}
      {tile('超时', counts.late, 'state=late', 'late')}
      {tile('待接单', counts.toAccept, 'state=open', 'warm')}
      {tile('在办', counts.opened, 'state=open', '')}
    </div>
  )
}

export const Figure = ({ name, children }: { readonly name: string; readonly children?: Child }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

/** A share with how many stand behind it. */
export const Rate = (props: {
  readonly name: string
  readonly rate: { part: number; of: number } | null
  readonly unit: string
}) => (
  <div>
    <dt>{props.name}</dt>
    <dd>
      {props.rate ? (
        <>
          {Math.round(props.rate.part * 100)}% <small>{`/ ${props.rate.of} ${props.unit}`}</small>
          <Bar part={props.rate.part} label={`${props.name} ${Math.round(props.rate.part * 100)}%`} />
        </>
      ) : (
        <small>还没有</small>
      )}
    </dd>
  </div>
)
