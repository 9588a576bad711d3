import { addDays, type LocalDate } from '../../kernel/local-time.js'
import { isWorkingDay } from '../../kernel/work-calendar.js'
import { targetReasons } from './texts.js'
import type { Beginning, DaySpan, Period, Target } from './types.js'

export interface TargetInput {
  readonly quota: number
  readonly period: Period
  /** When the worker answered for a grid; empty when never in this period. */
  readonly held: readonly DaySpan[]
  /** The worker's first day with a grid; null when there was none. */
  readonly beginning: Beginning | null
  readonly leave: readonly DaySpan[]
  /** Households a colleague took over (negative) or that were taken from one, with who it was. */
  readonly shares: readonly { readonly households: number; readonly with: string }[]
  readonly fullMonthDays: number
}

const within = (span: DaySpan, day: LocalDate): boolean =>
  (span.from === null || span.from <= day) && (span.to === null || day <= span.to)

/** Days of a period, in order. */
export function daysOf({ from, to }: { from: LocalDate; to: LocalDate }): LocalDate[] {
  const days: LocalDate[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

/** Working days in a period on which the worker held a grid and was not on leave. */
export function presentDays(input: Pick<TargetInput, 'period' | 'held' | 'leave'>): LocalDate[] {
  return daysOf(input.period).filter(
    (day) =>
      isWorkingDay(day) &&
      input.held.some((span) => within(span, day)) &&
      !input.leave.some((span) => within(span, day)),
  )
}

/**
 * The goal of a month for one worker: the quota in proportion to the working days present, whatever cut them: a
 * beginning, a hand-over, leave. A month with fewer working days than `fullMonthDays` counts as cut by holidays. Every
 * difference leaves its reason. A part of a household counts as one.
 */
export function targetOf(input: TargetInput): Target {
  const { quota, period, held, beginning, leave, shares, fullMonthDays } = input
  const work = daysOf(period).filter(isWorkingDay)
  const holding = work.filter((day) => held.some((span) => within(span, day)))
  const present = presentDays(input)
  const away = holding.length - present.length
  const shared = shares.reduce((sum, share) => sum + share.households, 0)
  const whole = Math.max(work.length, fullMonthDays)
  const base = whole === 0 ? 0 : Math.ceil((quota * present.length) / whole)
  const begun = beginning && beginning.day >= period.from ? beginning : null
  if (holding.length === 0) {
    const reason = begun ? targetReasons.began(begun, 0, work.length) : targetReasons.noGrid
    return { quota, target: Math.max(0, shared), workDays: 0, reason: shared === 0 ? reason : '' }
  }
  const reasons = [
    ...(work.length < fullMonthDays ? [targetReasons.holidays(work.length, fullMonthDays)] : []),
    ...(holding.length < work.length
      ? [
          begun
            ? targetReasons.began(begun, holding.length, work.length)
            : targetReasons.handover(holding.length, work.length),
        ]
      : []),
    ...(away > 0
      ? [
          targetReasons.leave(
            away,
            leave.filter((span) => overlaps(span, period)),
          ),
        ]
      : []),
    ...shares.map((share) => targetReasons.share(share.households, share.with)),
  ]
  return { quota, target: Math.max(0, base + shared), workDays: present.length, reason: reasons.join('；') }
}

const overlaps = (span: DaySpan, period: Period): boolean =>
  (span.from === null || span.from <= period.to) && (span.to === null || span.to >= period.from)

/** Where a worker stands within the month. */
export interface Pace {
  /** Households that the days past would have needed. */
  readonly needed: number
  readonly behind: number
  /** Households met beyond those. */
  readonly ahead: number
  readonly gap: number
  /** Working days left for this worker, the day itself included. */
  readonly daysLeft: number
  /** Part of the worker's days that is past, 0 to 1. */
  readonly fraction: number
}

/** Compares what was met with what the working days before `today` needed. `present` are the worker's days in the period. */
export function paceOf(target: number, met: number, present: readonly LocalDate[], today: LocalDate): Pace {
  const past = present.filter((day) => day < today).length
  const fraction = present.length === 0 ? 1 : past / present.length
  const needed = Math.min(target, Math.floor(target * fraction))
  return {
    needed,
    behind: Math.max(0, needed - met),
    ahead: Math.max(0, met - needed),
    gap: Math.max(0, target - met),
    daysLeft: present.length - past,
    fraction,
  }
}
