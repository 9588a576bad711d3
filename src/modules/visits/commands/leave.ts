import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { addDays, type LocalDate, localDate } from '../../../kernel/local-time.js'
import { type CommunityView, command, type Decision, type DomainEvent, type Turn } from '../../../kernel/module.js'
import { readSpan } from '../decide-day.js'
import { reply, say } from '../decide-log.js'
import { periodAt } from '../decide-period.js'
import { newTargets, retarget } from '../retarget.js'
import { staffLedger, staffTexts } from '../texts-staff.js'
import type { MonthView } from '../types.js'
import { colleague } from './people.js'
import { isManager, staffWords, VISITORS } from './staff.js'

const MOST_DAYS = 92
const inputSchema = z.object({ words: z.string().max(300) })

interface Span {
  readonly from: LocalDate
  readonly to: LocalDate
}

type LeaveState =
  | { readonly kind: 'how' | 'stranger' | 'too_far' | 'past'; readonly name: string }
  | { readonly kind: 'overlaps'; readonly span: Span }
  | {
      readonly kind: 'ready'
      readonly community: CommunityView
      readonly person: { readonly id: number; readonly name: string }
      readonly span: Span
      readonly reason: string
      readonly byManager: boolean
      readonly targets: readonly DomainEvent<MonthView>[]
    }

/** 请假: a worker asks and the manager confirms; a manager records it for a colleague at once. */
export const leave = command<z.infer<typeof inputSchema>, LeaveState | null>({
  name: 'visits.leave',
  help: { say: '请假 11-24 到 11-26 事由', does: '报请假，主任确认后不催走访、目标折算', roles: VISITORS },
  roles: VISITORS,
  input: inputSchema,
  match: (turn) => {
    const found = /^请假(?:条)?(?=$|[\s:：,，]|\d|[明后今下周]|[一-龥]{2,4}[\s,，]*\d)[\s:：,，]*(.*)$/s.exec(
      staffWords(turn) ?? '',
    )
    return found && turn.place.kind !== 'residents' ? { words: found[1] ?? '' } : null
  },
  load: (tx, turn, { words }) => loadLeave(tx, turn, words.normalize('NFKC').trim()),
  decide: (state, turn) => (state ? decideLeave(state, turn) : say(turn, 'leave', staffTexts.leaveHow)),
})

async function loadLeave(tx: Tx, turn: Turn, words: string): Promise<LeaveState | null> {
  const { community, actor, now } = turn
  if (!community || actor.personId === null) return null
  const today = localDate(now, community.timezone)
  const named = readSpan(words, today) ? null : /^(\S+?)[\s,，]*(?=\d|[明后今下这本周])/.exec(words)
  const manager = isManager(turn)
  const name = named?.[1] ?? ''
  if (named && !manager) return { kind: 'how', name }
  const person = named ? await colleague(tx, community, name, now) : { id: actor.personId, name: actor.name }
  if (!person) return { kind: 'stranger', name }
  const rest = named ? words.slice(named[0].length) : words
  const span = readSpan(rest, today)
  if (!span) return { kind: 'how', name }
  if (span.to > addDays(span.from, MOST_DAYS)) return { kind: 'too_far', name }
  const months = monthsOf(span, community)
  const closed = await tx.visitMonth.count({
    where: { workerId: person.id, month: { in: months }, closedAt: { not: null } },
  })
  if (closed > 0) return { kind: 'past', name }
  const other = await tx.visitLeave.findFirst({
    where: {
      personId: person.id,
      status: { in: ['asked', 'confirmed'] },
      fromDay: { lte: span.to },
      toDay: { gte: span.from },
    },
  })
  if (other) return { kind: 'overlaps', span: { from: other.fromDay, to: other.toDay } }
  const targets = manager ? await targetsWith(tx, community, person, span) : []
  const reason = rest.slice(span.end).replace(/^[\s,，:：。]+/, '')
  return { kind: 'ready', community, person, span, reason, byManager: manager, targets }
}

/** The periods a span of days touches. */
function monthsOf(span: Span, community: CommunityView): string[] {
  const months = new Set<string>()
  for (let day = span.from; day <= span.to; day = addDays(day, 1))
    months.add(periodAt(day, community.settings.visits.monthStartDay).month)
  return [...months]
}

async function targetsWith(
  tx: Tx,
  community: CommunityView,
  person: { id: number; name: string },
  span: Span,
): Promise<DomainEvent<MonthView>[]> {
  const events: DomainEvent<MonthView>[] = []
  for (const month of monthsOf(span, community)) {
    const event = await retarget(tx, community, person, month, (input) => ({ ...input, leave: [...input.leave, span] }))
    if (event) events.push(event)
  }
  return events
}

function decideLeave(state: LeaveState, turn: Turn): Decision {
  switch (state.kind) {
    case 'how':
      return say(turn, 'leave', isManager(turn) ? staffTexts.leaveHowManager : staffTexts.leaveHow)
    case 'stranger':
      return say(turn, 'leave', staffTexts.noSuchPerson(state.name))
    case 'too_far':
      return say(turn, 'leave', staffTexts.leaveTooFar)
    case 'past':
      return say(turn, 'leave', staffTexts.leavePast)
    case 'overlaps':
      return say(turn, 'leave', staffTexts.leaveOverlaps(state.span))
    case 'ready':
      return state.byManager ? record(state, turn) : ask(state, turn)
  }
}

type Ready = Extract<LeaveState, { kind: 'ready' }>
const keyOf = (turn: Turn): string => `leave:${turn.inboxId}`

function ask({ community, person, span, reason }: Ready, turn: Turn): Decision {
  const key = keyOf(turn)
  const choice = (label: string, agreed: boolean) => ({ label, command: 'visits.leave-decide', input: { key, agreed } })
  return {
    events: [
      {
        type: 'visit.leave_asked',
        communityId: community.id,
        subject: key,
        page: 'visits',
        workerId: person.id,
        text: staffLedger.leaveAsked(person.name, span, reason),
        data: { key, personId: person.id, from: span.from, to: span.to, reason, confirmed: false },
      },
    ],
    drafts: [
      reply(turn, 'leave', staffTexts.leaveAsked(span)),
      {
        key: `${key}:managers`,
        to: { kind: 'managers', communityId: community.id },
        text: staffTexts.leaveRequest(person.name, span, reason),
        choices: [choice(staffTexts.agree, true), choice(staffTexts.disagree, false)],
        priority: 'push',
      },
    ],
  }
}

function record({ community, person, span, reason, targets }: Ready, turn: Turn): Decision {
  const key = keyOf(turn)
  const own = person.id === turn.actor.personId
  return {
    events: [
      {
        type: 'visit.leave_asked',
        communityId: community.id,
        subject: key,
        page: 'visits',
        workerId: person.id,
        text: staffLedger.leaveConfirmed(person.name, span),
        data: { key, personId: person.id, from: span.from, to: span.to, reason, confirmed: true },
      },
      ...targets,
    ],
    drafts: [
      reply(turn, 'leave', staffTexts.leaveDone(person.name, span, newTargets(targets))),
      ...(own
        ? []
        : [
            {
              key: `${key}:worker`,
              to: { kind: 'person' as const, personId: person.id, communityId: community.id, privateOnly: true },
              text: staffTexts.leaveConfirmed(span, newTargets(targets)),
              priority: 'push' as const,
            },
          ]),
    ],
  }
}

const decideSchema = z.object({ key: z.string(), agreed: z.boolean() })

interface DecideState {
  readonly community: CommunityView
  readonly leave: { readonly id: number; readonly status: string; readonly fromDay: string; readonly toDay: string }
  readonly person: { readonly id: number; readonly name: string }
  readonly targets: readonly DomainEvent<MonthView>[]
}

/** The manager's tap under a request for leave. */
export const leaveDecide = command<z.infer<typeof decideSchema>, DecideState | null>({
  name: 'visits.leave-decide',
  roles: ['manager'],
  input: decideSchema,
  match: () => null,
  load: async (tx, turn, { key, agreed }) => {
    const { community } = turn
    const row = await tx.visitLeave.findUnique({ where: { key } })
    const person =
      row && (await tx.person.findUnique({ where: { id: row.personId }, select: { id: true, name: true } }))
    if (!row || !person || !community || row.communityId !== community.id) return null
    const span = { from: row.fromDay, to: row.toDay }
    return { community, leave: row, person, targets: agreed ? await targetsWith(tx, community, person, span) : [] }
  },
  decide: (state, turn, { key, agreed }) => {
    if (state?.leave.status !== 'asked') return say(turn, 'leave', staffTexts.leaveDecided)
    const { community, person, leave: row, targets } = state
    const span = { from: row.fromDay, to: row.toDay }
    const words = agreed ? staffLedger.leaveConfirmed(person.name, span) : staffLedger.leaveRefused(person.name, span)
    return {
      events: [
        {
          type: agreed ? 'visit.leave_confirmed' : 'visit.leave_refused',
          communityId: community.id,
          subject: key,
          page: 'visits',
          workerId: person.id,
          text: words,
          data: { key, decidedById: turn.actor.personId },
        },
        ...targets,
      ],
      drafts: [
        reply(
          turn,
          'leave',
          agreed
            ? staffTexts.leaveDone(person.name, span, newTargets(targets))
            : staffTexts.leaveRefusedDone(person.name),
        ),
        {
          key: `${key}:answer`,
          to: { kind: 'person', personId: person.id, communityId: community.id, privateOnly: true },
          text: agreed ? staffTexts.leaveConfirmed(span, newTargets(targets)) : staffTexts.leaveRefused(span),
          priority: 'push',
        },
      ],
    }
  },
})

interface EndState {
  readonly community: CommunityView
  readonly key: string | null
  readonly today: LocalDate
  readonly targets: readonly DomainEvent<MonthView>[]
}

/** 销假: the leave of today ends yesterday. */
export const leaveEnd = command<object, EndState | null>({
  name: 'visits.leave-end',
  help: { say: '销假', does: '提前回来上班', roles: VISITORS },
  roles: VISITORS,
  input: z.object({}),
  match: (turn) => (/^(?:我)?(?:要)?销假(?:了)?$/.test(staffWords(turn) ?? '') ? {} : null),
  load: async (tx, turn) => {
    const { community, actor } = turn
    if (!community || actor.personId === null) return null
    const today = localDate(turn.now, community.timezone)
    const row = await tx.visitLeave.findFirst({
      where: { personId: actor.personId, status: 'confirmed', fromDay: { lte: today }, toDay: { gte: today } },
    })
    if (!row) return { community, key: null, today, targets: [] }
    const event = await retarget(
      tx,
      community,
      { id: actor.personId, name: actor.name },
      periodAt(today, community.settings.visits.monthStartDay).month,
      (input) => ({ ...input, leave: input.leave.map((span) => endedBefore(span, row, today)) }),
    )
    return { community, key: row.key, today, targets: event ? [event] : [] }
  },
  decide: (state, turn) => {
    if (!state?.key || turn.actor.personId === null) return say(turn, 'leave', staffTexts.leaveNone)
    return {
      events: [
        {
          type: 'visit.leave_ended',
          communityId: state.community.id,
          subject: state.key,
          page: 'visits',
          workerId: turn.actor.personId,
          text: staffLedger.leaveEnded(turn.actor.name, state.today),
          data: { key: state.key, lastDay: addDays(state.today, -1) },
        },
        ...state.targets,
      ],
      drafts: [reply(turn, 'leave', staffTexts.leaveEnded(newTargets(state.targets)))],
    }
  },
})

const endedBefore = (
  span: { from: string | null; to: string | null },
  row: { fromDay: string; toDay: string },
  today: LocalDate,
) => (span.from === row.fromDay && span.to === row.toDay ? { ...span, to: addDays(today, -1) } : span)
