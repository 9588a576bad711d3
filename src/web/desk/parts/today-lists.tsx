import { type Ctx, pathOf } from '../env.js'
import type { Masks } from '../masks.js'
import { categoryName, placeOf } from '../requests-data.js'
import { CHANNEL_NAMES } from '../texts.js'
import type { readToday } from '../today-data.js'
import { Card, PostForm, Time, Urgent } from './common.js'

/** How a claim compares with the roster: enough to decide, and no name is shown that was not said. */
const ROSTER = {
  same: '名册上这一户有这个名字',
  other: '名册上这一户是别的名字，请先问清楚',
  unknown: '名册上这一户没有登记姓名',
} as const

type Today = Awaited<ReturnType<typeof readToday>>

/** What may be a request: the worker says. */
export const Suspicions = ({
  c,
  rows,
  masks,
}: {
  readonly c: Ctx
  readonly rows: Today['suspicions']
  readonly masks: Masks
}) => {
  const { code, timezone } = c.get('room').community
  if (rows.length === 0) return null
  return (
    <Card title="像是诉求，拿不准" count={rows.length} class="flush">
      <ul class="rows">
        {rows.map((row) => (
          <li class="row">
            <div class="grow">
              <p class="request-words">
                {row.urgent ? <Urgent /> : null} “{masks.words(row.text)}”
              </p>
              <p class="note">
                <Time at={row.createdAt} timezone={timezone} /> ·{' '}
                {[placeOf(row), categoryName(row.category)].filter(Boolean).join(' · ')}？
                {row.status === 'asked' ? ' · 已问对方，等回复' : ''}
              </p>
            </div>
            <PostForm c={c} action={pathOf(code, 'today/suspicion')} class="buttons">
              <input type="hidden" name="inboxId" value={String(row.inboxId)} />
              <button class="button main small" name="verdict" value="log" type="submit">
                登记
              </button>
              <button class="button small" name="verdict" value="dismiss" type="submit">
                不是诉求
              </button>
              {row.status === 'open' ? (
                <button class="button small" name="verdict" value="ask" type="submit">
                  先问问他
                </button>
              ) : null}
            </PostForm>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Who says who they are: somebody who knows them confirms. */
export const Claims = ({ c, rows }: { readonly c: Ctx; readonly rows: Today['claims'] }) => {
  const { code, timezone } = c.get('room').community
  if (rows.length === 0) return null
  return (
    <Card title="待确认的绑定" count={rows.length} class="flush">
      <ul class="rows">
        {rows.map(({ claim, roster, home, staffNo, account }) => (
          <li class="row">
            <div class="grow">
              <p>
                <b>{account?.displayName || '有人'}</b>（{CHANNEL_NAMES[account?.channel ?? ''] ?? account?.channel}
                ）说自己是
                {home ? `${placeOf(home)}的` : `工号 ${staffNo} 的`}
                <b>{claim.name}</b>
              </p>
              <p class="note">
                <Time at={claim.createdAt} timezone={timezone} />
                {home ? ` · ${ROSTER[roster]}` : ''}
              </p>
            </div>
            <PostForm c={c} action={pathOf(code, 'today/claim')} class="buttons">
              <input type="hidden" name="claim" value={String(claim.id)} />
              <button class="button main small" name="yes" value="yes" type="submit">
                确认
              </button>
              <button class="button small" name="yes" value="no" type="submit">
                不是
              </button>
            </PostForm>
          </li>
        ))}
      </ul>
    </Card>
  )
}
