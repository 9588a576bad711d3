import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { local } from '../../../kernel/local-time.js'
import type { Recipe } from '../../../kernel/making.js'
import { type CommunityView, command, type Draft, type Job } from '../../../kernel/module.js'
import { satisfactionRecipe } from '../makers.js'
import { lastMonths, type Satisfaction, satisfactionOf } from '../satisfaction.js'
import { satisfactionText, texts } from '../texts.js'
import { reply, say, textOf } from './shared.js'

const STAFF = ['worker', 'coordinator', 'manager', 'officer'] as const
const input = z.object({ month: z.string().nullable() })

interface State {
  readonly months: readonly Satisfaction[]
  readonly picture: Recipe | null
}

async function load(tx: Tx, community: CommunityView, now: Date, month: string | null): Promise<State> {
  const { timezone, settings } = community
  const last = month
    ? local(now, timezone).set({ year: Number(month.slice(0, 4)), month: Number(month.slice(5)) })
    : null
  const months: Satisfaction[] = []
  for (const one of lastMonths(last?.toJSDate() ?? now, timezone))
    months.push(await satisfactionOf(tx, community.id, one, timezone, settings.surveys.smallestGroup))
  return { months, picture: satisfactionRecipe(community.name, months) }
}

/** 满意度: what reporters said of closings, by block and worker, and how it went over the months. */
export const satisfaction = command<z.infer<typeof input>, State | null>({
  name: 'surveys.satisfaction',
  help: { say: '满意度 11月', does: '看办结后的满意率，按网格和社工', roles: STAFF },
  roles: STAFF,
  input,
  match: (turn) => {
    const found = /^(?:诉求)?满意[度率]\s*(?:(\d{4})[年-])?(?:(\d{1,2})月?)?[。？?]?$/.exec(textOf(turn) ?? '')
    if (!found) return null
    if (!found[2]) return { month: null }
    const year = found[1] ?? local(turn.now, turn.community?.timezone ?? 'Asia/Shanghai').toFormat('yyyy')
    return { month: `${year}-${found[2].padStart(2, '0')}` }
  },
  load: async (tx, turn, { month }) => (turn.community ? load(tx, turn.community, turn.now, month) : null),
  decide: (state, turn) => {
    const current = state?.months.at(-1)
    if (!state || !current) return reply(turn, texts.noCommunity)
    return {
      events: [],
      drafts: [say(turn, satisfactionText(current), state.picture ? { attach: state.picture } : {})],
    }
  },
})

const DAY_MS = 24 * 3_600_000

/** On the first morning of a month, the one before: to the workers' group and, in one line, to the residents. */
export const reportMonth: Job = {
  name: 'surveys.satisfaction-month',
  cron: '10 9 1 * *',
  catchUp: 'latest',
  catchUpMs: 5 * DAY_MS,
  plan: async (tx, community, slot) => {
    const month = local(slot, community.timezone).minus({ months: 1 }).toFormat('yyyy-MM')
    const { months, picture } = await load(tx, community, slot, month)
    const current = months.at(-1)
    if (!current || current.total.answered === 0) return { events: [], drafts: [] }
    const draft = (groupKind: 'workers' | 'residents', text: string): Draft => ({
      key: `satisfaction:${community.id}:${month}:${groupKind}`,
      to: { kind: 'groups', communityId: community.id, groupKind },
      text,
      priority: 'push',
      ...(picture && groupKind === 'workers' ? { attach: picture } : {}),
    })
    const drafts = [draft('workers', satisfactionText(current))]
    const { satisfied, asked, answered } = current.total
    if (satisfied) drafts.push(draft('residents', texts.satisfactionLine(month, satisfied, asked, answered)))
    return { events: [], drafts }
  },
}
