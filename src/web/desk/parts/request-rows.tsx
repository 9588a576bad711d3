import type { Ctx } from '../env.js'
import { pathOf } from '../env.js'
import type { Masks } from '../masks.js'
import { categoryName, placeOf, type RequestRow } from '../requests-data.js'
import { RESOLUTION_NAMES } from '../texts.js'
import { Due, PostForm, Status, Time, Urgent } from './common.js'

export interface RowsProps {
  readonly c: Ctx
  readonly rows: readonly RequestRow[]
  readonly workers: ReadonlyMap<number, string>
  readonly masks: Masks
  readonly now: Date
  /** Offers to take up, on the spot, what nobody has. */
  readonly quick?: boolean
}

/** Requests as lines that read the same on a desk and on a phone. */
export const RequestRows = ({ c, rows, workers, masks, now, quick = false }: RowsProps) => {
  const { code, timezone } = c.get('room').community
  return (
    <ul class="rows requests">
      {rows.map((row) => (
        <li class={quick ? 'with-quick' : ''}>
          <a class="row request" href={pathOf(code, `requests/${row.number}`)}>
            <div class="grow">
              <p class="request-line">
                {row.urgent ? <Urgent /> : null}
                <span class="number">{row.number.slice(row.number.lastIndexOf('-') + 1)}</span>
                <b>{[placeOf(row), categoryName(row.category)].filter(Boolean).join(' · ')}</b>
                {row.kind === 'consult' ? <span class="tag">咨询</span> : null}
                {row.chases > 0 && row.status !== 'closed' ? <span class="tag warm">催 {row.chases} 次</span> : null}
                {row.contestedAt && row.status !== 'closed' ? <span class="tag warm">居民要求重办</span> : null}
              </p>
              <p class="request-words">{masks.words(row.text)}</p>
              <p class="note">
                <Time at={row.createdAt} timezone={timezone} /> 报，
                {row.workerId ? (workers.get(row.workerId) ?? '') : '还没有责任人'}
                {row.mergedIntoId ? '，已并入另一件' : ''}
              </p>
            </div>
            <div class="row-end">
              <Status
                status={row.status}
                note={row.status === 'closed' ? RESOLUTION_NAMES[row.resolution ?? 'solved'] : undefined}
              />
              <RowDue row={row} now={now} />
            </div>
          </a>
          {quick && (row.status === 'new' || row.status === 'assigned') ? (
            <PostForm c={c} action={pathOf(code, `requests/${row.number}`)}>
              <input type="hidden" name="verb" value="accept" />
              <input type="hidden" name="back" value="today" />
              <button class="button small" type="submit" aria-label={`接单 ${row.number}`}>
                接单
              </button>
            </PostForm>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

const RowDue = ({ row, now }: { readonly row: RequestRow; readonly now: Date }) => {
  if (row.status === 'closed' || row.status === 'waiting') return null
  const waits = row.status === 'new' || row.status === 'assigned'
  return waits ? <Due at={row.acceptBy} now={now} what="接单" /> : <Due at={row.closeBy} now={now} what="办结" />
}
