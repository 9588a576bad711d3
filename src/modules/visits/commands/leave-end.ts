import { z } from 'zod'
import { addDays, type LocalDate, localDate } from '../../../kernel/local-time.js'
import { type CommunityView, command, type DomainEvent } from '../../../kernel/module.js'
import { periodAt } from '../decide-period.js'
import { reply, say } from '../decide-reply.js'
import { retarget } from '../retarget.js'
import { newTargets } from '../retarget-words.js'
import { staffLedger, staffTexts } from '../texts-staff.js'
import type { MonthView } from '../types.js'
import { staffWords, VISITORS } from './staff.js'

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
