import { shortTime } from '../../../kernel/local-time.js'
import { type Ctx, pathOf } from '../env.js'
import type { readCovers, readLeaves } from '../visits-data.js'
import { Card, Empty, PostForm, Select } from './common.js'

const STATES: Readonly<Record<string, string>> = {
  asked: '等主任答复',
  confirmed: '已准',
  refused: '没准',
  ended: '已销假',
}

interface Props {
  readonly c: Ctx
  readonly leaves: Awaited<ReturnType<typeof readLeaves>>
  readonly covers: Awaited<ReturnType<typeof readCovers>>
  readonly colleagues: readonly { readonly id: number; readonly name: string; readonly staffNo: string | null }[]
  readonly grids: readonly { readonly id: number; readonly name: string; readonly code: string }[]
}

/** Who is away, who stands in for whom, and the month's goal. */
export const LeaveCards = ({ c, leaves, covers, colleagues, grids }: Props) => {
  const { manages, community } = c.get('room')
  const action = pathOf(community.code, 'visits/staff')
  const people = colleagues.map((one) => ({ value: one.staffNo ?? one.name, label: one.name }))
  return (
    <>
      <Card title="请假" count={leaves.length}>
        {leaves.length === 0 ? <Empty>最近没有人请假。</Empty> : null}
        <ul class="rows">
          {leaves.map((leave) => (
            <li class="row">
              <div class="grow">
                <b>{leave.name}</b> <span class="tag">{STATES[leave.status] ?? leave.status}</span>
                <p class="note">
                  {leave.fromDay} 至 {leave.toDay}
                  {leave.reason ? ` · ${leave.reason}` : ''}
                </p>
              </div>
              {manages && leave.status === 'asked' ? (
                <PostForm c={c} action={action} class="buttons">
                  <input type="hidden" name="verb" value="decide" />
                  <input type="hidden" name="key" value={leave.key} />
                  <button
                    class="button main small"
                    name="agreed"
                    value="yes"
                    type="submit"
                    aria-label={`同意 ${leave.name} 请假`}
                  >
                    同意
                  </button>
                  <button
                    class="button small"
                    name="agreed"
                    value="no"
                    type="submit"
                    aria-label={`不同意 ${leave.name} 请假`}
                  >
                    不同意
                  </button>
                </PostForm>
              ) : null}
            </li>
          ))}
        </ul>
        <details class="fold">
          <summary>{manages ? '登记请假' : '请假'}</summary>
          <PostForm c={c} action={action} class="stack">
            <input type="hidden" name="verb" value="leave" />
            {manages ? (
              <Select name="who" label="谁" options={colleagues.map((one) => ({ value: one.name, label: one.name }))} />
            ) : null}
            <Days />
            <label class="field">
              <span>事由</span>
              <input name="reason" maxlength={100} />
            </label>
            <button class="button" type="submit">
              {manages ? '登记' : '报主任'}
            </button>
          </PostForm>
        </details>
      </Card>
      <Card title="代管" count={covers.length}>
        {covers.length === 0 ? <Empty>现在没有代管的网格。</Empty> : null}
        <ul class="rows">
          {covers.map((one) => (
            <li class="row">
              <div class="grow">
                {one.grid.name}由<b>{one.person.name}</b>代管
                <p class="note">
                  {shortTime(one.startsAt, community.timezone)} 至{' '}
                  {one.endsAt ? shortTime(one.endsAt, community.timezone) : '另行通知'}
                </p>
              </div>
            </li>
          ))}
        </ul>
        {manages ? (
          <>
            <details class="fold">
              <summary>请同事代管</summary>
              <PostForm c={c} action={action} class="stack">
                <input type="hidden" name="verb" value="cover" />
                <Select name="who" label="谁代管" options={people} />
                <Select
                  name="grid"
                  label="哪个网格"
                  options={grids.map((grid) => ({ value: grid.code, label: grid.name }))}
                />
                <Days />
                <button class="button" type="submit">
                  定下
                </button>
              </PostForm>
            </details>
            <details class="fold">
              <summary>改走访目标</summary>
              <PostForm c={c} action={action} class="stack">
                <input type="hidden" name="verb" value="goal" />
                <Select name="who" label="谁的" options={[{ value: '', label: '全社区' }, ...people]} />
                <label class="field">
                  <span>每月见面几户</span>
                  <input
                    type="number"
                    name="quota"
                    min={0}
                    max={500}
                    required
                    value={String(community.settings.visits.quota)}
                  />
                </label>
                <label class="check">
                  <input type="checkbox" name="now" value="yes" /> 本月就改（不选从下月起）
                </label>
                <button class="button" type="submit">
                  定下
                </button>
              </PostForm>
            </details>
          </>
        ) : null}
      </Card>
    </>
  )
}

const Days = () => (
  <div class="pair-fields">
    <label class="field">
      <span>从哪天</span>
      <input type="date" name="from" required />
    </label>
    <label class="field">
      <span>到哪天</span>
      <input type="date" name="to" required />
    </label>
  </div>
)
