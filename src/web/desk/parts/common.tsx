import { randomUUID } from 'node:crypto'
import type { Child } from 'hono/jsx'
import { local, shortTime } from '../../../kernel/local-time.js'
import type { Ctx } from '../env.js'
import { STATUS_NAMES, texts } from '../texts.js'

export const Head = (props: { readonly title: Child; readonly note?: Child; readonly children?: Child }) => (
  <div class="head">
    <div>
      <h1>{props.title}</h1>
      {props.note ? <p class="note">{props.note}</p> : null}
    </div>
    {props.children ? <div class="head-tools">{props.children}</div> : null}
  </div>
)

export const Card = (props: {
  readonly title?: Child
  readonly count?: number
  readonly id?: string
  readonly class?: string
  readonly tools?: Child
  readonly children?: Child
}) => (
  <section class={`card ${props.class ?? ''}`} id={props.id}>
    {props.title ? (
      <div class="card-head">
        <h2>
          {props.title}
          {props.count === undefined ? null : <span class="count">{props.count}</span>}
        </h2>
        {props.tools}
      </div>
    ) : null}
    {props.children}
  </section>
)

export const Empty = ({ children }: { readonly children?: Child }) => <p class="empty">{children ?? texts.empty}</p>

export const Status = ({ status, note }: { readonly status: string; readonly note?: string }) => (
  <span class={`tag status-${status}`}>
    {STATUS_NAMES[status] ?? status}
    {note ? `·${note}` : ''}
  </span>
)

export const Urgent = () => <span class="tag urgent">紧急</span>

/** `11-22 09:14` of the community, with the whole in the title. */
export const Time = ({ at, timezone }: { readonly at: Date; readonly timezone: string }) => (
  <time datetime={at.toISOString()} title={local(at, timezone).toFormat('yyyy-MM-dd HH:mm:ss')}>
    {shortTime(at, timezone)}
  </time>
)

const MINUTE_MS = 60_000

/** `2 天 3 小时`, `40 分钟`. */
export function spanText(ms: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / MINUTE_MS))
  if (minutes < 60) return `${minutes} 分钟`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} 小时`
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 || days >= 3 ? `${days} 天` : `${days} 天 ${hours % 24} 小时`
}

/** How a term stands: passed, close, or in time. */
export const Due = (props: { readonly at: Date; readonly now: Date; readonly what: string }) => {
  const left = props.at.getTime() - props.now.getTime()
  const kind = left < 0 ? 'late' : left < 4 * 60 * MINUTE_MS ? 'soon' : 'fine'
  return (
    <span class={`due ${kind}`}>
      {left < 0 ? `${props.what}超时 ${spanText(left)}` : `${props.what}还剩 ${spanText(left)}`}
    </span>
  )
}

/** The two hidden fields of every form: who sends it, and which one it is. */
export const FormGuard = ({ c }: { readonly c: Ctx }) => (
  <>
    <input type="hidden" name="csrf" value={c.get('viewer').session.csrf} />
    <input type="hidden" name="nonce" value={randomUUID()} />
  </>
)

export const PostForm = (props: {
  readonly c: Ctx
  readonly action: string
  readonly class?: string
  readonly confirm?: string
  readonly upload?: boolean
  readonly children?: Child
}) => (
  <form
    method="post"
    action={props.action}
    class={props.class}
    data-confirm={props.confirm}
    enctype={props.upload ? 'multipart/form-data' : undefined}
  >
    <FormGuard c={props.c} />
    {props.children}
  </form>
)

export interface Option {
  readonly value: string
  readonly label: string
}

export const Select = (props: {
  readonly name: string
  readonly label: string
  readonly options: readonly Option[]
  readonly value?: string
  readonly hideLabel?: boolean
  readonly required?: boolean
}) => (
  <label class="field">
    <span class={props.hideLabel ? 'unseen' : ''}>{props.label}</span>
    <select name={props.name} required={props.required}>
      {props.options.map(({ value, label }) => (
        <option value={value} selected={value === props.value}>
          {label}
        </option>
      ))}
    </select>
  </label>
)

export const Bar = (props: { readonly part: number; readonly label: string; readonly tone?: string }) => (
  <svg
    class={`bar ${props.tone ?? ''}`}
    viewBox="0 0 100 8"
    preserveAspectRatio="none"
    role="img"
    aria-label={props.label}
  >
    <rect class="bar-ground" width="100" height="8" />
    <rect class="bar-done" width={Math.max(0, Math.min(100, props.part * 100)).toFixed(1)} height="8" />
  </svg>
)
