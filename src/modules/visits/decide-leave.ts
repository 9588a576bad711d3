import type { CommunityView, Decision, DomainEvent, Turn } from '../../kernel/module.js'
import { reply, say } from './decide-reply.js'
import { newTargets } from './retarget-words.js'
import { staffLedger, staffTexts } from './texts-staff.js'
import type { LeaveDays, MonthView } from './types.js'

export type LeaveState =
  | { readonly kind: 'how' | 'stranger' | 'too_far' | 'past'; readonly name: string }
  | { readonly kind: 'overlaps'; readonly span: LeaveDays }
  | {
      readonly kind: 'ready'
      readonly community: CommunityView
      readonly person: { readonly id: number; readonly name: string }
      readonly span: LeaveDays
      readonly reason: string
      readonly byManager: boolean
      readonly targets: readonly DomainEvent<MonthView>[]
    }

/** What becomes of words about leave: a request to the manager, a record by them, or how to say it. */
export function decideLeave(state: LeaveState, turn: Turn): Decision {
  switch (state.kind) {
    case 'how':
      return say(turn, 'leave', turn.actor.roles.includes('manager') ? staffTexts.leaveHowManager : staffTexts.leaveHow)
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
