import type { Child } from 'hono/jsx'
import { CATEGORIES } from '../../../kernel/intent.js'
import { type Ctx, pathOf } from '../env.js'
import { categoryName, placeOf, type RequestRow } from '../requests-data.js'
import { WHOSE } from '../texts.js'
import { Card, PostForm, Select } from './common.js'

interface ActionsProps {
  readonly c: Ctx
  readonly row: RequestRow
  readonly merged: boolean
  readonly colleagues: readonly { readonly id: number; readonly name: string; readonly staffNo: string | null }[]
}

/** Everything that can be done with a request as it stands. */
export const Actions = ({ c, row, merged, colleagues }: ActionsProps) => {
  const action = pathOf(c.get('room').community.code, `requests/${row.number}`)
  const open = row.status !== 'closed'
  const waits = row.status === 'new' || row.status === 'assigned'
  const Do = (props: { verb: string; label: string; main?: boolean; confirm?: string; children?: Child }) => (
    <PostForm c={c} action={action} class="do" confirm={props.confirm}>
      <input type="hidden" name="verb" value={props.verb} />
      {props.children}
      <button class={props.main ? 'button main' : 'button'} type="submit">
        {props.label}
      </button>
    </PostForm>
  )
  const Fold = (props: { title: string; children?: Child }) => (
    <details class="fold" name="actions">
      <summary>{props.title}</summary>
      {props.children}
    </details>
  )
  if (!open)
    return merged ? (
      <Card title="办理" id="actions">
        <Do verb="unmerge" label="拆分，单独办理" />
      </Card>
    ) : null
  return (
    <Card title="办理" id="actions">
      <div class="quick">
        {waits ? <Do verb="accept" label="接单" main /> : null}
        {row.status === 'waiting' ? <Do verb="resume" label="继续办理" main /> : null}
      </div>
      <Fold title="办结">
        <Do verb="solve" label="办结并请居民评价" main>
          <Words label="怎么处理的（居民会看到）" placeholder="如：已更换门机皮带，试运行正常" />
        </Do>
      </Fold>
      <Fold title="记进展">
        <Do verb="note" label="记下并告诉居民" main>
          <Words label="进展（居民会看到）" placeholder="如：维保师傅下午两点到" />
        </Do>
      </Fold>
      <Fold title="转派">
        <Do verb="transfer" label="转派">
          <Select
            name="words"
            label="转给"
            required
            options={colleagues
              .filter((one) => one.id !== row.workerId)
              .map((one) => ({ value: one.staffNo ?? one.name, label: one.name }))}
          />
          <label class="field">
            <span>说明（可不写）</span>
            <input name="reason" maxlength={200} />
          </label>
        </Do>
      </Fold>
      <Fold title="等一等">
        <Do verb="pause" label="先放着">
          <Words label="在等什么（居民会看到）" placeholder="如：等配件到货" />
          <label class="field">
            <span>等到哪天（可不选）</span>
            <input type="date" name="until" />
          </label>
        </Do>
      </Fold>
      <Fold title="改类别或地址">
        <Do verb="recategorise" label="改类别">
          <Select
            name="words"
            label="类别"
            value={categoryName(row.category)}
            options={CATEGORIES.map((one) => ({ value: categoryName(one), label: categoryName(one) }))}
          />
        </Do>
        <Do verb="readdress" label="改地址">
          <label class="field">
            <span>地址</span>
            <input name="words" required maxlength={60} placeholder="如 3幢2单元501" value={placeOf(row)} />
          </label>
        </Do>
      </Fold>
      <Fold title="办不了、不归社区或撤下">
        <Do verb="cannot" label="办不了">
          <Words label="为什么办不了（居民会看到）" placeholder="如：要等明年大修" />
        </Do>
        <Do verb="not-ours" label="不受理">
          <Select
            name="whose"
            label="让居民找谁"
            options={[...WHOSE.map((one) => ({ value: one, label: one })), { value: '', label: '其他（写在下面）' }]}
          />
          <label class="field">
            <span>其他</span>
            <input name="other" maxlength={200} />
          </label>
          <label class="field">
            <span>说明（可不写）</span>
            <input name="reason" maxlength={200} />
          </label>
        </Do>
        <Do verb="not-a-request" label="不是诉求，撤下" confirm="撤下后不再算诉求，确定吗？" />
      </Fold>
      <Fold title="合并">
        {merged ? (
          <Do verb="unmerge" label="拆分，单独办理" />
        ) : (
          <Do verb="merge" label="合并">
            <label class="field">
              <span>并到哪一件（完整编号）</span>
              <input name="into" required pattern="[A-Za-z0-9]+-[0-9]{6}-[0-9]{4}" placeholder={row.number} />
            </label>
          </Do>
        )}
      </Fold>
    </Card>
  )
}

const Words = ({ label, placeholder }: { readonly label: string; readonly placeholder: string }) => (
  <label class="field">
    <span>{label}</span>
    <textarea name="words" rows={2} required maxlength={500} placeholder={placeholder}></textarea>
  </label>
)
