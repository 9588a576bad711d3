import type { Tx } from '../../db/transaction.js'
import { addDays, instant, type LocalDate, local, localDate } from '../../kernel/local-time.js'
import type { CommunityView, Decision, DomainEvent, Draft, Job } from '../../kernel/module.js'
import { isWorkingDay } from '../../kernel/work-calendar.js'
import { boardRecipe } from './charts.js'
import { type FlagVisit, flagsOf } from './decide-flags.js'
import { periodAt } from './decide-period.js'
import { isWorkTime } from './decide-remind.js'
import { boardLines, score, showTexts, totalText } from './decide-words.js'
import { communityMonth } from './store-workers.js'
import { flagTexts, remindTexts } from './texts-remind.js'
import type { Period, WorkerMonth } from './types.js'

const HOUR_MS = 3_600_000
const NOTHING_TO_DO: Decision = { events: [], drafts: [] }
/** A summary later than this into the new month is stale. */
const SUMMARY_DAYS = 10

const hourOf = (at: Date, timezone: string): number => {
  const { hour, minute } = local(at, timezone)
  return hour + minute / 60
}

/**
 * 月度小结: on the first working morning of a month, the summary of the one before to the workers' group with the picture,
 * and a digest to the managers of who needs help. Sent once, however often it is looked at.
 */
export const monthEnd: Job = {
  name: 'visits.month-end',
  cron: (community) => community.settings.visits.schedule.monthEnd,
  catchUp: 'latest',
  catchUpMs: 8 * HOUR_MS,
  plan: async (tx, community, _slot, now) => {
    const today = localDate(now, community.timezone)
    const { monthStartDay, backdateDays } = community.settings.visits
    const current = periodAt(today, monthStartDay)
    const before = periodAt(addDays(current.from, -1), monthStartDay)
    const key = `visit-summary:${community.code}:${before.month}`
    const hour = hourOf(now, community.timezone)
    if (!isWorkTime(hour, isWorkingDay(today), community.settings.workHours)) return NOTHING_TO_DO
    if (today > addDays(current.from, SUMMARY_DAYS)) return NOTHING_TO_DO
    if ((await tx.outboxMessage.count({ where: { key: { startsWith: key } } })) > 0) return NOTHING_TO_DO
    // Before the service knew the community there is nothing to sum up.
    if ((await tx.visitMonth.count({ where: { communityId: community.id, month: before.month } })) === 0)
      return NOTHING_TO_DO
    const workers = (await communityMonth(tx, community, before, today)).map((one) => one.worker)
    const total = totalText(workers)
    const attach = boardRecipe(showTexts.boardTitle(before.month, community.name), total, workers)
    const summary: Draft = {
      key,
      to: { kind: 'groups', communityId: community.id, groupKind: 'workers' },
      text: remindTexts.summary(before.month, total),
      attach,
      priority: 'push',
    }
    const open = Math.max(0, backdateDays - daysBetween(before.to, today) + 1)
    return {
      events: [],
      drafts: [summary, { ...(await digest(tx, community, before, workers, total, open)), attach }],
    }
  },
}

const daysBetween = (from: LocalDate, to: LocalDate): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

async function digest(
  tx: Tx,
  community: CommunityView,
  period: Period,
  workers: readonly WorkerMonth[],
  total: string,
  open: number,
): Promise<Draft> {
  const short = workers.filter((one) => one.met < one.target)
  const unmet = await unmetCare(tx, community, period)
  const flags = await tx.visitFlag.findMany({
    where: { communityId: community.id, day: { gte: period.from, lte: period.to } },
    orderBy: [{ workerId: 'asc' }, { day: 'asc' }],
  })
  const nameOf = (id: number) => workers.find((one) => one.workerId === id)?.name ?? ''
  const text = [
    remindTexts.digestTitle(period.month, total),
    boardLines(workers),
    short.length > 0
      ? remindTexts.digestHelp(
          short.map(
            (one) =>
              `${one.name} ${score(one)}，差 ${one.target - one.met} 户${one.notHome + one.refused > 0 ? `（未遇 ${one.notHome}、拒访 ${one.refused}）` : ''}`,
          ),
        )
      : remindTexts.digestAllDone,
    ...(unmet.all > 0 ? [remindTexts.digestUnmet(unmet.all, unmet.high)] : []),
    ...(flags.length > 0
      ? [remindTexts.digestFlags(flags.map((flag) => `${nameOf(flag.workerId)} ${flag.day.slice(5)} ${flag.detail}`))]
      : []),
    ...(open > 0 ? [remindTexts.digestOpen(open)] : []),
  ].join('\n')
  return {
    key: `visit-digest:${community.code}:${period.month}`,
    to: { kind: 'managers', communityId: community.id },
    text,
    priority: 'push',
  }
}

/** Key and high-risk households that nobody met in the period. */
async function unmetCare(tx: Tx, community: CommunityView, { from, to }: Period) {
  const care = await tx.household.findMany({
    where: { communityId: community.id, tier: { in: ['key', 'high_risk'] }, occupancy: { not: 'vacant' } },
    select: { id: true, tier: true },
  })
  const met = await tx.visit.findMany({
    where: { communityId: community.id, day: { gte: from, lte: to }, counted: true, tier: { not: 'ordinary' } },
    distinct: ['householdId'],
    select: { householdId: true },
  })
  const seen = new Set(met.map((one) => one.householdId))
  const unmet = care.filter((one) => !seen.has(one.id))
  return { all: unmet.length, high: unmet.filter((one) => one.tier === 'high_risk').length }
}

/** In the late afternoon: what of today's visits a manager may want to look at. Only those who visited are looked at. */
export const noticeOddities: Job = {
  name: 'visits.oddities',
  cron: (community) => community.settings.visits.schedule.flags,
  catchUp: 'latest',
  catchUpMs: 2 * HOUR_MS,
  plan: async (tx, community, slot, now) => {
    const day = localDate(slot, community.timezone)
    const { monthStartDay, flags: rules } = community.settings.visits
    const period = periodAt(day, monthStartDay)
    const since = instant(day, 0, 0, community.timezone)
    const logged = await tx.visit.findMany({
      where: { communityId: community.id, day: { gte: period.from, lte: day }, status: 'valid', source: 'chat' },
      select: {
        workerId: true,
        householdId: true,
        day: true,
        key: true,
        loggedAt: true,
        text: true,
        outside: true,
        outcome: true,
      },
    })
    const byWorker = new Map<number, FlagVisit[]>()
    for (const { workerId, ...visit } of logged) byWorker.set(workerId, [...(byWorker.get(workerId) ?? []), visit])
    const people = await tx.person.findMany({
      where: { id: { in: [...byWorker.keys()] } },
      select: { id: true, name: true },
    })
    const events: DomainEvent[] = []
    const lines: string[] = []
    for (const [workerId, visits] of byWorker) {
      const fresh = visits.filter((visit) => visit.loggedAt >= since && visit.loggedAt <= now)
      for (const flag of flagsOf(fresh, visits, rules)) {
        lines.push(`${people.find((one) => one.id === workerId)?.name ?? ''}：${flag.detail}`)
        events.push({
          type: 'visit.flagged',
          communityId: community.id,
          subject: `person:${workerId}`,
          page: null,
          text: '',
          data: { workerId, day, ...flag },
        })
      }
    }
    if (lines.length === 0) return NOTHING_TO_DO
    const draft: Draft = {
      key: `visit-flags:${community.code}:${day}`,
      to: { kind: 'managers', communityId: community.id },
      text: flagTexts.digest(day, lines),
      priority: 'push',
    }
    return { events, drafts: [draft] }
  },
}
