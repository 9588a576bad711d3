import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { localDate } from '../../../kernel/local-time.js'
import { command, type DomainEvent, type Turn } from '../../../kernel/module.js'
import { periodAt, shiftMonth } from '../decide-period.js'
import { reply, say } from '../decide-reply.js'
import { type FoundScope, type GoalScope, goalScope } from '../goal-scope.js'
import { retarget } from '../retarget.js'
import { newTargets } from '../retarget-words.js'
import { workersOf } from '../store-workers.js'
import { staffLedger, staffTexts } from '../texts-staff.js'
import type { MonthView } from '../types.js'

/** 走访目标 25 · 走访目标 王芳 20 本月 · 走访目标 百丈街道 25 · 本月走访目标改为 20 */
const GOAL =
  /^(本月)?走访目标[\s:：,，]*(?:(?!改|调|设|本月|立即)([一-龥]{2,16}|[A-Za-z]+[-\w]*\d*)[\s,，:：]*?)?(?:改[为成到]?|调[为到整]?|设[为成定]?)?[\s:：,，]*(\d{1,4})\s*户?[\s,，]*(本月起?|立即)?[。!！]?$/
const ASKED = /^(?:本月)?走访目标(?:$|\s|[:：,，?？]|怎么)/

const inputSchema = z.object({ name: z.string().nullable(), quota: z.number().int(), now: z.boolean() })
type GoalInput = z.infer<typeof inputSchema>

type GoalState =
  | Exclude<FoundScope, { kind: 'found' }>
  /** Months that run in many communities keep their snapshots. */
  | { readonly kind: 'too_wide'; readonly scope: GoalScope }
  | {
      readonly kind: 'ready'
      readonly scope: GoalScope
      readonly month: string
      readonly targets: readonly DomainEvent<MonthView>[]
    }

/** 走访目标: from next month on; a month that runs keeps its snapshot unless one says 本月. */
export const goal = command<GoalInput, GoalState | null>({
  name: 'visits.goal',
  help: {
    say: '走访目标 25（或“走访目标 王芳 20”“走访目标 百合社区 25”）',
    does: '定自己辖区的每月走访目标，下月起；加“本月”立即算',
    roles: ['manager', 'officer'],
  },
  roles: ['manager', 'officer'],
  input: inputSchema,
  match: (turn) => {
    if (turn.said.kind !== 'text' || turn.place.kind === 'residents') return null
    const text = turn.said.text.normalize('NFKC').trim()
    const found = GOAL.exec(text)
    if (found) return { name: found[2] ?? null, quota: Number(found[3]), now: Boolean(found[1] ?? found[4]) }
    // Out of range: told how it is said.
    const leads = turn.actor.roles.some((role) => role === 'manager' || role === 'officer')
    return leads && ASKED.test(text) ? { name: null, quota: -1, now: false } : null
  },
  load: (tx, turn, input) => (input.quota < 0 ? Promise.resolve(null) : loadGoal(tx, turn, input)),
  decide: (state, turn, input) => {
    if (!state) return say(turn, 'goal', staffTexts.goalHow)
    if (state.kind === 'unknown') return say(turn, 'goal', staffTexts.goalUnknown(input.name))
    if (state.kind === 'several') return say(turn, 'goal', staffTexts.goalSeveral(state.options))
    if (state.kind === 'too_wide') return say(turn, 'goal', staffTexts.goalTooWide(state.scope.name))
    if (input.quota > 250) return say(turn, 'goal', staffTexts.goalRange)
    const { scope, month, targets } = state
    return {
      events: [
        {
          type: 'visit.goal_set',
          communityId: scope.community.id,
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

async function loadGoal(tx: Tx, turn: Turn, input: GoalInput): Promise<GoalState> {
  const found = await goalScope(tx, turn, input.name)
  if (found.kind !== 'found') return found
  const { scope } = found
  const { community } = scope
  const period = periodAt(localDate(turn.now, community.timezone), community.settings.visits.monthStartDay)
  if (!input.now) return { kind: 'ready', scope, month: shiftMonth(period.month, 1), targets: [] }
  if (scope.kind !== 'worker' && scope.kind !== 'community') return { kind: 'too_wide', scope }
  const workers =
    scope.kind === 'worker' ? [scope] : await withoutOwnGoal(tx, await workersOf(tx, community, period), period.month)
  const targets: DomainEvent<MonthView>[] = []
  for (const worker of workers) {
    const event = await retarget(tx, community, worker, period.month, (before) => ({ ...before, quota: input.quota }))
    if (event) targets.push(event)
  }
  return { kind: 'ready', scope, month: period.month, targets }
}

/** A worker's own goal goes before the community's. */
async function withoutOwnGoal<Worker extends { readonly id: number }>(
  tx: Tx,
  workers: readonly Worker[],
  month: string,
): Promise<Worker[]> {
  const own = await tx.visitGoal.findMany({
    where: { scopeKind: 'worker', scopeId: { in: workers.map((one) => one.id) }, month: { lte: month } },
    select: { scopeId: true },
  })
  const set = new Set(own.map((one) => one.scopeId))
  return workers.filter((one) => !set.has(one.id))
}
