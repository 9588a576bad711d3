import type { Reader } from '../../db/transaction.js'
import { addDays, localDate } from '../../kernel/local-time.js'
import type { CommunityView, Draft } from '../../kernel/module.js'
import type { PlanStop } from './decide-plan.js'
import { type Pace, paceOf } from './decide-target.js'
import { planLines, showTexts } from './decide-words.js'
import { weekStart } from './plan-keys.js'
import { gridSpans, gridsOn } from './spans.js'
import { monthOf } from './store.js'
import { daysPresent } from './store-workers.js'
import { planFor } from './suggest.js'
import { shortPlace } from './texts.js'
import type { MonthView } from './types.js'

/** A worker's week: where the month stands and whom to visit. */
export interface WeekPlan {
  readonly stops: readonly PlanStop[]
  readonly month: MonthView
  readonly pace: Pace
}

/** Fewer than this are not worth a walk's plan. */
const LEAST = 4
const BUTTONS = 4
/** A whole list is for a week of so many days; a make-up Saturday alone gets a short one. */
const FULL_WEEK = 3

/** Plans the rest of the week: as many households as the month needs of it, and all that are due for care. */
export async function planOf(
  read: Reader,
  community: CommunityView,
  workerId: number,
  now: Date,
  skip: readonly number[] = [],
): Promise<WeekPlan> {
  const today = localDate(now, community.timezone)
  const { view } = await monthOf(read, community, workerId, today)
  const present = await daysPresent(read, community, workerId, view)
  const pace = paceOf(view.target, view.met, present, today)
  const sunday = addDays(weekStart(today), 6)
  const left = present.filter((day) => day >= today)
  const thisWeek = left.filter((day) => day <= sunday).length
  const share = left.length === 0 ? 0 : Math.ceil((pace.gap * thisWeek) / left.length)
  const wanted = pace.gap === 0 ? 0 : Math.max(LEAST, share)
  const grids = gridsOn(await gridSpans(read, community, workerId), today)
  const { planSize } = community.settings.visits
  const most = Math.max(LEAST, Math.min(planSize, Math.ceil((planSize * Math.max(1, thisWeek)) / FULL_WEEK)))
  return { stops: await planFor(read, community, workerId, grids, now, { wanted, most, skip }), month: view, pace }
}

/** The words and buttons of a plan. A tap on a household asks how it was. */
export function planDraft(plan: WeekPlan, lead: string, skip: readonly number[]): Pick<Draft, 'text' | 'choices'> {
  const entries = plan.stops.flatMap((stop) => stop.entries)
  const ids = entries.map((entry) => entry.household.id)
  return {
    text: `${showTexts.planTitle(entries.length, plan.stops.length, lead)}${planLines(plan.stops)}`,
    choices: [
      ...entries.slice(0, BUTTONS).map(({ household }) => ({
        label: showTexts.record(shortPlace(household)),
        command: 'visits.start',
        input: { householdId: household.id },
      })),
      { label: showTexts.another, command: 'visits.plan', input: { skip: [...skip, ...ids].slice(-300) } },
    ],
  }
}
