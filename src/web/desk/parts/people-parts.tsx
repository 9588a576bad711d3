import { maskName } from '../../../kernel/masking.js'
import type { Role } from '../../../kernel/module.js'
import { type Ctx, pathOf } from '../env.js'
import type { ResidentRow } from '../people-data.js'
import { placeOf } from '../requests-data.js'
import { CHANNEL_NAMES, ROLE_NAMES } from '../texts.js'
import { Card, Empty, PostForm, Select } from './common.js'

const GIVEN: readonly Role[] = ['worker', 'coordinator', 'manager']
const path = (c: Ctx, rest: string) => pathOf(c.get('room').community.code, `people/${rest}`)

interface UnbindProps {
  readonly c: Ctx
  readonly accountId: number
  readonly name: string
}

/** Takes an account off a person; one's own stays, or nobody could take it back. */
export const Unbind = ({ c, accountId, name }: UnbindProps) =>
  c.get('room').manages && accountId !== c.get('viewer').session.accountId ? (
    <PostForm c={c} action={path(c, 'unbind')} confirm={`解除“${name}”的绑定？对方要重新绑定并确认。`}>
      <input type="hidden" name="accountId" value={String(accountId)} />
      <button class="button small" type="submit" aria-label={`解除 ${name} 的绑定`}>
        解除
      </button>
    </PostForm>
  ) : null

interface EndRoleProps {
  readonly c: Ctx
  readonly personId: number
  readonly name: string
  readonly role: Role
}

export const EndRole = ({ c, personId, name, role }: EndRoleProps) =>
  c.get('room').manages && personId !== c.get('viewer').personId ? (
    <PostForm c={c} action={path(c, 'role')} confirm={`${name}不再任${ROLE_NAMES[role]}？网页登录马上失效。`}>
      <input type="hidden" name="verb" value="end" />
      <input type="hidden" name="personId" value={String(personId)} />
      <input type="hidden" name="role" value={role} />
      <button class="button small" type="submit" aria-label={`${name} 的${ROLE_NAMES[role]} 免职`}>
        免职
      </button>
    </PostForm>
  ) : null

interface GiveRoleProps {
  readonly c: Ctx
  readonly people: readonly { readonly id: number; readonly name: string; readonly staffNo: string | null }[]
}

/** Gives somebody of the roster a role: a new colleague, or one who takes over. */
export const GiveRole = ({ c, people }: GiveRoleProps) => (
  <Card title="任职">
    <PostForm c={c} action={path(c, 'role')} class="buttons">
      <input type="hidden" name="verb" value="grant" />
      <Select
        name="personId"
        label="谁"
        hideLabel
        options={people.map((one) => ({ value: String(one.id), label: `${one.name} ${one.staffNo ?? ''}` }))}
      />
      <Select
        name="role"
        label="任什么"
        hideLabel
        options={GIVEN.map((role) => ({ value: role, label: ROLE_NAMES[role] }))}
      />
      <button class="button" type="submit">
        任职
      </button>
    </PostForm>
    <p class="note">名册里还没有的新同事，请先用“导入名册”加上工号和姓名。离开的人，先把网格交给别人再免职。</p>
  </Card>
)

/** Residents the bot knows. Names are masked: the household's card shows them for a reason, which is kept. */
export const ResidentRows = ({ c, rows }: { readonly c: Ctx; readonly rows: readonly ResidentRow[] }) =>
  rows.length === 0 ? (
    <Empty>没有居民。居民私聊机器人发“绑定 3-2-501 姓名”，您确认后就在这里。</Empty>
  ) : (
    <ul class="rows">
      {rows.map(({ id, channel, displayName, reachable, person }) => (
        <li class="row">
          <div class="grow">
            <b>{maskName(person?.name ?? '')}</b> <span class="note">{displayName}</span>
            <p class="note">
              {person?.household ? (
                <a href={pathOf(c.get('room').community.code, `homes/${person.household.id}`)}>
                  {placeOf(person.household)}
                </a>
              ) : null}{' '}
              · {CHANNEL_NAMES[channel] ?? channel}
              {reachable ? '' : ' · 私聊发不到'}
            </p>
          </div>
          <Unbind c={c} accountId={id} name={displayName || maskName(person?.name ?? '')} />
        </li>
      ))}
    </ul>
  )
