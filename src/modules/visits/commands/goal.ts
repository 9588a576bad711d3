import { z } from 'zod'
import { localDate } from '../../../kernel/local-time.js'
import { type CommunityView, command, type DomainEvent } from '../../../kernel/module.js'
import { reply, say } from '../decide-log.js'
import { periodAt, shiftMonth } from '../decide-period.js'
import { newTargets, retarget } from '../retarget.js'
import { workersOf } from '../store-workers.js'
import { staffLedger, staffTexts } from '../texts-staff.js'
import type { MonthView } from '../types.js'
import { colleague } from './people.js'

const GOAL =
  /^(本月)?走访目标[\s:：,，]*(?:([一-龥]{2,4}|[A-Za-z]+\d+)[\s,，]+)?(?:改[为成]|调[为到]|设[为成])?\s*(\d{1,4})\s*户?\s*(本月起?|立即)?$/

const inputSchema = z.object({ name: z.string().nullable(), quota: z.number().int(), now: z.boolean() })

type GoalState =
  | { readonly kind: 'stranger' }
  | {
      readonly kind: 'ready'
      readonly community: CommunityView
      readonly scope: { readonly kind: 'worker' | 'community' | 'district'; readonly id: number; readonly name: string }
      readonly month: string
      readonly targets: readonly DomainEvent<MonthView>[]
    }

/** 走访目标: from next month on; a month that runs keeps its snapshot unless one says 本月. */
export const goal = command<z.infer<typeof inputSchema>, GoalState | null>({
  name: 'visits.goal',
  help: {
    say: '走访目标 25（或“走访目标 王芳 20”）',
    does: '定每月走访目标，下月起；加“本月”立即算',
    roles: ['manager', 'officer'],
  },
  roles: ['manager', 'officer'],
  input: inputSchema,
  match: (turn) => {
    if (turn.said.kind !== 'text' || turn.place.kind === 'residents') return null
    const found = GOAL.exec(turn.said.text.normalize('NFKC').trim())
    if (!found) return null
    return { name: found[2] ?? null, quota: Number(found[3]), now: Boolean(found[1] ?? found[4]) }
  },
  load: async (tx, turn, input) => {
    const { community } = turn
    if (!community) return null
    const today = localDate(turn.now, community.timezone)
    const period = periodAt(today, community.settings.visits.monthStartDay)
    const month = input.now ? period.month : shiftMonth(period.month, 1)
    const person = input.name === null ? null : await colleague(tx, community, input.name, turn.now)
    if (input.name !== null && !person) return { kind: 'stranger' }
    const scope = person
      ? { kind: 'worker' as const, id: person.id, name: person.name }
      : turn.actor.roles.includes('manager')
        ? { kind: 'community' as const, id: community.id, name: staffTexts.whole }
        : { kind: 'district' as const, id: await districtOf(tx, community), name: staffTexts.wholeDistrict }
    const workers = person ? [person] : scope.kind === 'community' ? await workersOf(tx, community, period) : []
    const targets: DomainEvent<MonthView>[] = []
    for (const worker of input.now ? workers : []) {
      const event = await retarget(tx, community, worker, month, (before) => ({ ...before, quota: input.quota }))
      if (event) targets.push(event)
    }
    return { kind: 'ready', community, scope, month, targets }
  },
  decide: (state, turn, input) => {
    if (!state) return say(turn, 'goal', staffTexts.goalHow)
    if (state.kind === 'stranger') return say(turn, 'goal', staffTexts.noSuchPerson(input.name ?? ''))
    if (input.quota > 250) return say(turn, 'goal', staffTexts.goalRange)
    const { community, scope, month, targets } = state
    return {
      events: [
        {
          type: 'visit.goal_set',
          communityId: community.id,
          subject: `goal:${scope.kind}:${scope.id}`,
          page: 'visits',
          text: staffLedger.goal(scope.name, input.quota, month),
          data: { scopeKind: scope.kind, scopeId: scope.id, month, quota: input.quota },
        },
        ...targets,
      ],
      drafts: [
        reply(
          turn,
          'goal',
          `${staffTexts.goalDone(scope.name, input.quota, month)}${targets.length === 1 ? newTargets(targets) : ''}`,
        ),
      ],
    }
  },
})

async function districtOf(tx: Parameters<typeof colleague>[0], community: CommunityView): Promise<number> {
  const row = await tx.subdistrict.findUniqueOrThrow({
    where: { id: community.subdistrictId },
    select: { districtId: true },
  })
  return row.districtId
}
