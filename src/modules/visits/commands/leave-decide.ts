import { z } from 'zod'
import { type CommunityView, command, type DomainEvent } from '../../../kernel/module.js'
import { reply, say } from '../decide-reply.js'
import { targetsWith } from '../leave-targets.js'
import { newTargets } from '../retarget-words.js'
import { staffLedger, staffTexts } from '../texts-staff.js'
import type { MonthView } from '../types.js'

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
