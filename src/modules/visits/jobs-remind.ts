import type { Tx } from '../../db/transaction.js'
import { type LocalDate, local, localDate } from '../../kernel/local-time.js'
import type { CommunityView, Draft, Job } from '../../kernel/module.js'
import { isWorkingDay } from '../../kernel/work-calendar.js'
import { periodAt } from './decide-period.js'
import { helperFor, isWorkTime, type Stage, stageOf } from './decide-remind.js'
import { type Pace, paceOf } from './decide-target.js'
import { score } from './decide-words.js'
import { hasHadPlan, planKey, weekStart } from './plan-keys.js'
import { monthOf } from './store.js'
import { daysPresent, type Named, workersOf } from './store-workers.js'
import { targetReasons } from './texts.js'
import { remindTexts } from './texts-remind.js'
import type { MonthView } from './types.js'
import { planDraft, planOf } from './week-plan.js'

const HOUR_MS = 3_600_000

/** A worker on a working morning. */
interface Morning {
  readonly worker: Named
  readonly month: MonthView
  readonly present: readonly LocalDate[]
  readonly pace: Pace
}

/** Whether it is a time at which people may be written to about their work. */
function mayWrite(community: CommunityView, now: Date): boolean {
  const at = local(now, community.timezone)
  const day = localDate(now, community.timezone)
  return isWorkTime(at.hour + at.minute / 60, isWorkingDay(day), community.settings.workHours)
}

/** Everybody who works today; those on leave are left in peace. */
async function mornings(tx: Tx, community: CommunityView, now: Date): Promise<Morning[]> {
  const today = localDate(now, community.timezone)
  const period = periodAt(today, community.settings.visits.monthStartDay)
  const found: Morning[] = []
  for (const worker of await workersOf(tx, community, period)) {
    const { view } = await monthOf(tx, community, worker.id, today)
    const present = await daysPresent(tx, community, worker.id, view)
    if (!present.includes(today)) continue
    found.push({ worker, month: view, present, pace: paceOf(view.target, view.met, present, today) })
  }
  return found
}

const toWorker = (community: CommunityView, worker: Named) =>
  ({ kind: 'person', personId: worker.id, communityId: community.id, privateOnly: true }) as const

const wasSent = async (tx: Tx, key: string): Promise<boolean> => (await tx.outboxMessage.count({ where: { key } })) > 0

/**
 * 周一计划: whom to visit this week. Looked at every working morning, sent once a week on the worker's first day of it:
 * that may be a Tuesday after a holiday or leave, or a make-up Sunday.
 */
export const weeklyPlan: Job = {
  name: 'visits.weekly-plan',
  cron: (community) => community.settings.visits.schedule.plan,
  catchUp: 'latest',
  catchUpMs: 10 * HOUR_MS,
  plan: async (tx, community, _slot, now) => {
    const drafts: Draft[] = []
    const today = localDate(now, community.timezone)
    const monday = weekStart(today)
    for (const { worker, month, pace } of mayWrite(community, now) ? await mornings(tx, community, now) : []) {
      const key = planKey(worker.id, monday)
      if (await wasSent(tx, key)) continue
      const plan = await planOf(tx, community, worker.id, now)
      if (plan.stops.length === 0) continue
      const { text, choices } = planDraft(plan, remindTexts.planLead, [])
      const aDay = pace.daysLeft > 0 ? Math.ceil(pace.gap / pace.daysLeft) : pace.gap
      const foot =
        pace.gap === 0
          ? remindTexts.planFootDone(score(month))
          : remindTexts.planFoot(score(month), pace.daysLeft, aDay, pace.behind)
      const to = toWorker(community, worker)
      const why = month.reason !== '' && !(await hasHadPlan(tx, month, today))
      const lines = [text, foot, ...(why ? [targetReasons.told(month.target, month.reason)] : [])]
      drafts.push({ key, to, text: lines.join('\n'), choices, priority: 'push' })
    }
    return { events: [], drafts }
  },
}

/**
 * 进度提醒: by rule and rarely; not in the two days after the plan, which tells the same. Near the month's end the words are
 * stronger, a colleague's help is offered, and the manager hears once of all who are short.
 */
export const paceReminder: Job = {
  name: 'visits.pace',
  cron: (community) => community.settings.visits.schedule.pace,
  catchUp: 'latest',
  catchUpMs: 8 * HOUR_MS,
  plan: async (tx, community, _slot, now) => {
    if (!mayWrite(community, now)) return { events: [], drafts: [] }
    const all = await mornings(tx, community, now)
    const today = localDate(now, community.timezone)
    const drafts: Draft[] = []
    const short: Morning[] = []
    const asked = new Set<number>()
    for (const one of all) {
      const stage = stageOf(one.month.target, one.pace)
      if (stage === null) continue
      if (stage === 'last') short.push(one)
      if (await heardLately(tx, one, now, today, stage)) continue
      drafts.push(reminder(community, one, stage, all, asked))
    }
    const [first] = short
    if (first) drafts.push(toManagers(community, first.month.month, short))
    return { events: [], drafts }
  },
}

const reminderKey = (worker: Named, month: string, stage: Stage): string =>
  `visit-reminder:W${worker.id}:${month}:${stage}`

/**
 * The plan of this week tells the gap as well: for two days after it nothing is added, nor three after a reminder. In the
 * last days only a plan of the same morning keeps us silent.
 */
async function heardLately(
  tx: Tx,
  { worker, month }: Morning,
  now: Date,
  today: LocalDate,
  stage: Stage,
): Promise<boolean> {
  const since = (days: number) => new Date(now.getTime() - days * 24 * HOUR_MS)
  const stages = ([1, 2, 3] as const).map((one) => reminderKey(worker, month.month, one))
  const plan = planKey(worker.id, weekStart(today))
  const heard = await tx.outboxMessage.count({
    where: {
      OR: [
        { key: plan, createdAt: { gt: since(stage === 'last' ? 0.5 : 2) } },
        ...(stage === 'last' ? [] : [{ key: { in: stages }, createdAt: { gt: since(3) } }]),
      ],
    },
  })
  return heard > 0
}

function reminder(
  community: CommunityView,
  one: Morning,
  stage: Stage,
  all: readonly Morning[],
  asked: Set<number>,
): Draft {
  const { worker, month, pace } = one
  const base = {
    key: reminderKey(worker, month.month, stage),
    to: toWorker(community, worker),
    priority: 'push' as const,
  }
  const aDay = Math.ceil(pace.gap / Math.max(1, pace.daysLeft))
  if (stage !== 'last')
    return { ...base, text: remindTexts.behind(score(month), pace.gap, pace.behind, pace.daysLeft, aDay) }
  const help = helperFor(
    pace.gap,
    all
      // Nobody is to be asked by two at once.
      .filter((other) => other.worker.id !== worker.id && !asked.has(other.worker.id))
      .map((other) => ({ ...other.worker, target: other.month.target, met: other.month.met })),
  )
  const text = remindTexts.last(score(month), pace.gap, pace.daysLeft)
  if (!help) return { ...base, text: `${text}${remindTexts.lastAlone}` }
  const { colleague, households } = help
  asked.add(colleague.id)
  return {
    ...base,
    text: `${text}${remindTexts.lastHelp(colleague.name, households)}`,
    choices: [
      {
        label: remindTexts.help(colleague.name),
        command: 'visits.share-ask',
        input: { toId: colleague.id, households },
      },
      { label: remindTexts.noHelp, command: 'visits.share-ask', input: { toId: null, households } },
    ],
  }
}

const toManagers = (community: CommunityView, month: string, short: readonly Morning[]): Draft => ({
  key: `visit-manager:${community.code}:${month}`,
  to: { kind: 'managers', communityId: community.id },
  text: remindTexts.manager(
    month,
    short.map(({ worker, month: view, pace }) =>
      remindTexts.managerLine(worker.name, score(view), pace.gap, pace.daysLeft, view.reason),
    ),
  ),
  priority: 'push',
})
