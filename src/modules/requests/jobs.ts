import type { Tx } from '../../db/transaction.js'
import { local } from '../../kernel/local-time.js'
import type { CommunityView, Decision, DomainEvent, Draft, Job } from '../../kernel/module.js'
import { cardChoices } from './card.js'
import { requestByNumber } from './store.js'
import { texts } from './texts.js'
import { type RequestView, subjectOf } from './types.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long after a term each step is taken: the worker at once, the manager, then the subdistrict. */
const STEP_AFTER_MS = [0, 4 * HOUR_MS, 24 * HOUR_MS] as const

export type Term = 'accept' | 'close'

/**
 * The step that is due for a term, 0 when none: 1 worker, 2 manager, 3 subdistrict. An urgent request climbs without
 * waiting: its manager knows from the start, and silence of a few minutes tells the subdistrict.
 */
export function stepDue(
  request: { urgent: boolean; createdAt: Date },
  term: Term,
  by: Date,
  now: Date,
  silenceMs: number,
): number {
  const late = now.getTime() - by.getTime()
  if (request.urgent) {
    if (term === 'accept') return now.getTime() - request.createdAt.getTime() >= silenceMs ? 3 : 0
    return late >= HOUR_MS ? 3 : late >= 0 ? 2 : 0
  }
  let step = 0
  STEP_AFTER_MS.forEach((after, index) => {
    if (late >= after) step = index + 1
  })
  return step
}

/** Every minute: what is overdue climbs a step, each step once, by day only except what is urgent. */
export const escalate: Job = {
  name: 'requests.escalate',
  cron: '* * * * *',
  catchUp: 'latest',
  catchUpMs: 7 * 24 * HOUR_MS,
  plan: async (tx, community, _slot, now) => {
    const hour = local(now, community.timezone).hour
    const { from, to } = community.settings.daytime
    const day = hour >= from && hour < to
    const urgentOnly = day ? {} : { urgent: true }
    const silence = new Date(now.getTime() - community.settings.terms.urgentSilenceMinutes * MINUTE_MS)
    const rows = await tx.request.findMany({
      where: {
        communityId: community.id,
        ...urgentOnly,
        OR: [
          { status: { in: ['new', 'assigned'] }, acceptStep: { lt: 3 }, acceptBy: { lte: now } },
          { status: { in: ['new', 'assigned'] }, acceptStep: { lt: 3 }, urgent: true, createdAt: { lte: silence } },
          { status: 'in_progress', closeStep: { lt: 3 }, closeBy: { lte: now } },
          { status: 'waiting', waitingUntil: { lte: now } },
        ],
      },
      select: { number: true, acceptStep: true, closeStep: true },
      take: 200,
    })
    const decisions: Decision[] = []
    for (const row of rows) decisions.push(await climb(tx, community, row, now))
    return { events: decisions.flatMap((one) => one.events), drafts: decisions.flatMap((one) => one.drafts) }
  },
}

async function climb(
  tx: Tx,
  community: CommunityView,
  row: { number: string; acceptStep: number; closeStep: number },
  now: Date,
): Promise<Decision> {
  const request = await requestByNumber(tx, row.number)
  if (!request) return { events: [], drafts: [] }
  return decideClimb(request, row, community, now)
}

/** Pure: which steps one request takes now. */
export function decideClimb(
  request: RequestView,
  taken: { acceptStep: number; closeStep: number },
  community: CommunityView,
  now: Date,
): Decision {
  if (request.status === 'waiting') return waitOver(request)
  const silenceMs = community.settings.terms.urgentSilenceMinutes * MINUTE_MS
  // Until it is taken up there is one thing to say: that nobody has.
  const open: Term[] = request.status === 'in_progress' ? ['close'] : ['accept']
  const events: DomainEvent[] = []
  const drafts: Draft[] = []
  for (const term of open) {
    const done = term === 'accept' ? taken.acceptStep : taken.closeStep
    const step = stepDue(request, term, term === 'accept' ? request.acceptBy : request.closeBy, now, silenceMs)
    if (step <= done) continue
    events.push(escalated(request, term, step))
    // After a time without service only the highest step is told: a row of stale warnings helps nobody.
    drafts.push(warning(request, term, step, community))
  }
  return { events, drafts }
}

const STEP_NAMES = ['', '提醒网格员', '报告社区主任', '报告街道'] as const

const escalated = (request: RequestView, term: Term, step: number): DomainEvent => ({
  type: 'request.escalated',
  communityId: request.communityId,
  subject: subjectOf(request.number),
  page: 'requests',
  gridId: request.gridId,
  householdId: request.householdId,
  workerId: request.worker?.id ?? null,
  text: `超时${texts.dueTitle[term]}，${STEP_NAMES[step] ?? ''}`,
  data: { number: request.number, term, step },
})

function warning(request: RequestView, term: Term, step: number, community: CommunityView): Draft {
  const to: Draft['to'] =
    step >= 3
      ? { kind: 'groups', communityId: request.communityId, groupKind: 'subdistrict' }
      : step === 2 || !request.worker
        ? { kind: 'managers', communityId: request.communityId }
        : { kind: 'person', personId: request.worker.id, communityId: request.communityId }
  const accepted = request.status === 'in_progress'
  return {
    key: `request:${request.number}:overdue:${request.closings}:${term}:${step}`,
    to,
    text:
      step >= 3
        ? texts.overdueToSubdistrict(request, term, community)
        : texts.overdue(request, term, community.timezone),
    priority: request.urgent ? 'urgent' : 'push',
    subject: subjectOf(request.number),
    ...(step >= 3 ? {} : { choices: cardChoices(request.number, { accepted }) }),
  }
}

function waitOver(request: RequestView): Decision {
  const event: DomainEvent = {
    type: 'request.resumed',
    communityId: request.communityId,
    subject: subjectOf(request.number),
    page: 'requests',
    gridId: request.gridId,
    householdId: request.householdId,
    workerId: request.worker?.id ?? null,
    text: '等待到期，继续办理',
    data: { number: request.number },
  }
  const draft: Draft = {
    key: `request:${request.number}:wait-over:${request.closeBy.getTime()}`,
    to: request.worker
      ? { kind: 'person', personId: request.worker.id, communityId: request.communityId }
      : { kind: 'managers', communityId: request.communityId },
    text: texts.waitOver(request),
    priority: 'push',
    subject: subjectOf(request.number),
    choices: cardChoices(request.number, { accepted: true }),
  }
  return { events: [event], drafts: [draft] }
}
