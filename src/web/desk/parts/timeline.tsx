import type { Step } from '../request-life.js'
import { Empty, Time } from './common.js'

/** Steps that change what happens next stand out; the others are told in passing. */
const TONES: Readonly<Record<string, string>> = {
  'request.logged': 'start',
  'request.accepted': 'good',
  'request.closed': 'good',
  'request.escalated': 'alarm',
  'request.contested': 'alarm',
  'request.reopened': 'alarm',
  'request.chased': 'warm',
}

export const Timeline = ({ steps, timezone }: { readonly steps: readonly Step[]; readonly timezone: string }) =>
  steps.length === 0 ? (
    <Empty />
  ) : (
    <ol class="timeline">
      {steps.map((step) => (
        <li class={TONES[step.type] ?? ''}>
          <p>{step.text}</p>
          <p class="note">
            <Time at={step.at} timezone={timezone} />
            {step.who ? ` · ${step.who}` : ''} · 台账第 {step.seq} 条
          </p>
        </li>
      ))}
    </ol>
  )
