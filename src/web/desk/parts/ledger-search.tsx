import { z } from 'zod'
import type { Reader } from '../../../db/transaction.js'
import { monthRange } from '../../../kernel/local-time.js'
import { searchEntries } from '../../../ledger/search/find.js'
import { type Ctx, pathOf } from '../env.js'
import type { Masks } from '../masks.js'
import type { Room } from '../viewer.js'
import { Card, Empty, type Option, Select, Time } from './common.js'

const HITS = 60
const id = z.coerce.number().int().nonnegative().catch(0).default(0)
const filterSchema = z.object({
  q: z.string().trim().max(60).catch('').default(''),
  page: z.string().max(40).catch('').default(''),
  grid: id,
  worker: id,
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .or(z.literal(''))
    .catch('')
    .default(''),
})
export type LedgerFilter = z.infer<typeof filterSchema>

/** What is asked of the ledger; null when nothing is. */
export function ledgerFilter(c: Ctx): LedgerFilter | null {
  const filter = filterSchema.parse(c.req.query())
  return filter.q || filter.page || filter.grid || filter.worker || filter.month ? filter : null
}

export const findEntries = (read: Reader, { community }: Room, filter: LedgerFilter) =>
  searchEntries(read, {
    terms: filter.q.split(/\s+/),
    communityIds: [community.id],
    limit: HITS,
    ...(filter.page ? { page: filter.page } : {}),
    ...(filter.grid ? { gridIds: [filter.grid] } : {}),
    ...(filter.worker ? { workerId: filter.worker } : {}),
    ...(filter.month ? monthRange(filter.month, community.timezone) : {}),
  })

interface FormProps {
  readonly c: Ctx
  readonly filter: LedgerFilter | null
  readonly pages: readonly Option[]
  readonly grids: readonly Option[]
  readonly workers: readonly Option[]
  readonly months: readonly Option[]
}

/** Words and filters; the answer follows as one types. */
export const LedgerSearch = ({ c, filter, pages, grids, workers, months }: FormProps) => (
  <form class="filters ledger-search" method="get" action={pathOf(c.get('room').community.code, 'ledger')} data-auto>
    <label class="field grow">
      <span class="unseen">查台账</span>
      <input
        type="search"
        name="q"
        value={filter?.q ?? ''}
        maxlength={60}
        placeholder="查台账，一个字也能查，如 电梯 3幢"
        autocomplete="off"
      />
    </label>
    <Choose name="page" label="台账页" all="全部页" options={pages} value={filter?.page} />
    <Choose name="month" label="月份" all="全部月份" options={months} value={filter?.month} />
    <Choose name="grid" label="网格" all="全部网格" options={grids} value={String(filter?.grid || '')} />
    <Choose name="worker" label="责任人" all="全部人员" options={workers} value={String(filter?.worker || '')} />
    <button class="button" type="submit">
      查找
    </button>
  </form>
)

const Choose = (props: {
  readonly name: string
  readonly label: string
  readonly all: string
  readonly options: readonly Option[]
  readonly value?: string
}) => (
  <Select
    name={props.name}
    label={props.label}
    hideLabel
    value={props.value ?? ''}
    options={[{ value: '', label: props.all }, ...props.options]}
  />
)

interface HitsProps {
  readonly c: Ctx
  readonly hits: Awaited<ReturnType<typeof findEntries>>
  readonly masks: Masks
}

export const LedgerHits = ({ c, hits, masks }: HitsProps) => {
  const { code, timezone } = c.get('room').community
  return (
    <Card title="找到的" count={hits.length} class="flush">
      {hits.length === 0 ? <Empty>没有找到，换个词试试。</Empty> : null}
      <ul class="rows">
        {hits.map((hit) => {
          const number = /^request:(.+)$/.exec(hit.subject)?.[1]
          return (
            <li class="row">
              <div class="grow">
                <p>{masks.words(hit.text)}</p>
                <p class="note">
                  <Time at={hit.at} timezone={timezone} /> · 第 {hit.seq} 条
                  {number ? (
                    <>
                      {' · '}
                      <a href={pathOf(code, `requests/${number}`)}>{number}</a>
                    </>
                  ) : null}
                </p>
              </div>
            </li>
          )
        })}
      </ul>
      {hits.length === HITS ? <p class="note pad">只显示最近 {HITS} 条，请再写细一点。</p> : null}
    </Card>
  )
}
