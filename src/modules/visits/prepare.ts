import { responsibleFor } from '../../community/responsible.js'
import type { Reader, Tx } from '../../db/transaction.js'
import { addDays, instant, type LocalDate, localDate } from '../../kernel/local-time.js'
import type { CommunityView, Turn } from '../../kernel/module.js'
import { isDay } from './decide-day.js'
import { findHousehold } from './find-household.js'
import { hasHadPlan } from './plan-keys.js'
import { gridSpans, gridsOn } from './spans.js'
import { householdRow, metBetween, monthOf } from './store.js'
import type { Counts, HouseholdRow, LogState, MonthCount, MonthView, PreparedSlip, Slip } from './types.js'

export async function prepareCounts(
  read: Reader,
  community: CommunityView,
  workerId: number,
  days: readonly LocalDate[],
  today: LocalDate,
): Promise<Counts> {
  const months = new Map<string, MonthCount>()
  const monthOfDay = new Map<LocalDate, string>()
  for (const day of new Set([today, ...days])) {
    const open = await monthOf(read, community, workerId, day)
    const { month, fromDay, toDay } = open.view
    monthOfDay.set(day, month)
    if (months.has(month)) continue
    const met = await metBetween(read, workerId, fromDay, toDay)
    months.set(month, { ...open, met, isUnexplained: await isUnexplained(read, open.view, today) })
  }
  return { today, months, monthOfDay }
}

/** Whether a month's goal has a reason that neither an earlier receipt of the month nor a week's plan can have told. */
async function isUnexplained(read: Reader, view: MonthView, today: LocalDate): Promise<boolean> {
  const entries = view.met + view.notHome + view.refused + view.remote
  return view.reason !== '' && entries === 0 && !(await hasHadPlan(read, view, today))
}

/** Loads what logging some slips needs: the households, who answered for them, the counts so far. */
export async function prepareLog(
  tx: Tx,
  turn: Turn,
  community: CommunityView,
  worker: { id: number; name: string },
  slips: readonly Slip[],
  suggest: (grids: readonly number[]) => Promise<readonly HouseholdRow[]>,
): Promise<LogState> {
  const today = localDate(turn.now, community.timezone)
  const spans = await gridSpans(tx, community, worker.id)
  const own = gridsOn(spans, today)
  let lastPlace = await placeOfLast(tx, worker.id, today)
  const prepared: PreparedSlip[] = []
  for (const slip of slips) {
    const day = slip.day ?? today
    const resolution = await findHousehold(tx, community.id, slip, own, lastPlace)
    const household = resolution.kind === 'found' && isDay(day) ? resolution.household : null
    if (household) lastPlace = { ...household, unit: household.unit || null }
    prepared.push({
      slip,
      day,
      resolution,
      place: household && {
        responsibleId: (await responsibleOn(tx, community, household.gridId, day))?.id ?? null,
        outside: !gridsOn(spans, day).includes(household.gridId),
      },
    })
  }
  const asks = prepared.some((one) => one.resolution.kind === 'empty')
  return {
    community,
    worker,
    prepared,
    counts: await prepareCounts(
      tx,
      community,
      worker.id,
      prepared.map((one) => one.day).filter((day) => isDay(day) && day <= today && day >= addDays(today, -400)),
      today,
    ),
    suggestions: asks ? await suggest(own) : [],
  }
}

/** Who answered for a grid at the end of a day's work. */
const responsibleOn = (tx: Tx, community: CommunityView, gridId: number, day: LocalDate) =>
  responsibleFor(tx, gridId, instant(day, 23, 59, community.timezone))

async function placeOfLast(read: Reader, workerId: number, today: LocalDate) {
  const last = await read.visit.findFirst({
    where: { workerId, day: today },
    orderBy: { id: 'desc' },
    select: { householdId: true },
  })
  const row = last ? await householdRow(read, last.householdId) : null
  return row ? { building: row.building, unit: row.unit || null, room: row.room } : null
}
