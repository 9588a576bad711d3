import type { CustomPage } from '../../../kernel/custom-page.js'
import type { PageChange } from '../own-pages-data.js'
import { Empty, Time } from './common.js'

/** What became of ledger pages of one's own, by whom and when. */
export const PageChanges = (props: { readonly changes: readonly PageChange[]; readonly timezone: string }) =>
  props.changes.length === 0 ? (
    <Empty>还没有人改过。</Empty>
  ) : (
    <ol class="timeline">
      {props.changes.map((one) => (
        <li>
          <p>
            “{one.title}”：{changeText(one)}
          </p>
          <p class="note">
            <Time at={one.at} timezone={props.timezone} /> · {one.who}
          </p>
        </li>
      ))}
    </ol>
  )

/** What became different between two states of a page. */
function changeText({ before, after }: PageChange): string {
  const columns = (one: CustomPage) => one.columns.map((column) => column.header).join('、')
  if (!after) return '去掉'
  if (!before) return `新建，列：${columns(after)}`
  const parts = [
    before.title === after.title ? '' : `改名：${before.title} → ${after.title}`,
    JSON.stringify(before.columns) === JSON.stringify(after.columns) ? '' : `列：${columns(after)}`,
    JSON.stringify(before.filter) === JSON.stringify(after.filter) ? '' : '换了收哪些记录',
    before.period === after.period ? '' : '换了看多久的',
    JSON.stringify(before.replaces) === JSON.stringify(after.replaces) ? '' : '换了代替的纸质台账',
  ]
  return parts.filter(Boolean).join('；') || '没有变化'
}
