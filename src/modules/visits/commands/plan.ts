import { z } from 'zod'
import { localDate } from '../../../kernel/local-time.js'
import { command } from '../../../kernel/module.js'
import { reply, say } from '../decide-reply.js'
import { showTexts } from '../decide-words.js'
import { gridSpans, gridsOn } from '../spans.js'
import { planDraft, planOf, type WeekPlan } from '../week-plan.js'
import { isManager, staffWords, VISITORS } from './staff.js'

const PLAN =
  /^(?:该(?:走)?访谁|(?:我)?(?:这周|本周|今天|明天)?(?:该|要)?(?:走访|访)(?:谁|哪些户?|哪几户)|走访(?:计划|名单))[了呢]?[?？]?$/

const inputSchema = z.object({ skip: z.array(z.number().int()).max(300) })

/** 该访谁: whom to visit, in walking order; also 换一批 under it. */
export const plan = command<z.infer<typeof inputSchema>, WeekPlan | null>({
  name: 'visits.plan',
  help: { say: '该访谁', does: '看这周先走访哪些户，按楼幢顺路排好', roles: VISITORS },
  roles: VISITORS,
  input: inputSchema,
  match: (turn) => (PLAN.test(staffWords(turn) ?? '') && turn.place.kind !== 'residents' ? { skip: [] } : null),
  load: async (tx, turn, { skip }) => {
    const { community, actor } = turn
    if (!community || actor.personId === null) return null
    const today = localDate(turn.now, community.timezone)
    const grids = gridsOn(await gridSpans(tx, community, actor.personId), today)
    return grids.length === 0 ? null : planOf(tx, community, actor.personId, turn.now, skip)
  },
  decide: (state, turn, { skip }) => {
    if (!state) return say(turn, 'plan', isManager(turn) ? showTexts.noGridManager : showTexts.noGrid)
    if (state.stops.length === 0) return say(turn, 'plan', skip.length > 0 ? showTexts.noMore : showTexts.noPlan)
    return { events: [], drafts: [{ ...reply(turn, 'plan', ''), ...planDraft(state, showTexts.planLead, skip) }] }
  },
})
