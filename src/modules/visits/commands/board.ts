import { z } from 'zod'
import { addDays, localDate } from '../../../kernel/local-time.js'
import type { Recipe } from '../../../kernel/making.js'
import { type CommunityView, command, type Decision, type Turn } from '../../../kernel/module.js'
import { boardRecipe } from '../charts.js'
import { monthOpened } from '../decide-counts.js'
import { periodAt } from '../decide-period.js'
import { reply, say } from '../decide-reply.js'
import { boardLines, showTexts, totalText } from '../decide-words.js'
import { goalScope } from '../goal-scope.js'
import { communityMonth } from '../store-workers.js'
import { staffTexts } from '../texts-staff.js'
import type { OpenMonth, WorkerMonth } from '../types.js'
import { loadWider } from '../wider-board.js'

const BOARD =
  /^(?:走访)?(上月|上个月|本月)?(?:的)?(?:走访)?(?:榜单|榜|排名|排行榜?)(?:[\s:：]+([一-龥]{2,16}|[A-Za-z][-\w]*))?[?？]?$/

type BoardState =
  | { readonly kind: 'several'; readonly options: readonly string[] }
  | {
      readonly kind: 'community'
      readonly community: CommunityView
      readonly months: readonly (OpenMonth & { readonly worker: WorkerMonth })[]
      readonly month: string
      readonly picture: Recipe | null
    }
  | { readonly kind: 'wider'; readonly text: string; readonly picture: Recipe | null }

/** 榜单: everybody's month for managers; for officers a line for each community or subdistrict they answer for. */
export const board = command<{ last: boolean; name: string | null }, BoardState | null>({
  name: 'visits.board',
  help: {
    say: '榜单',
    does: '看全社区走访进度图（也可“上月榜单”；街道可“榜单 百合社区”）',
    roles: ['manager', 'officer'],
  },
  roles: ['manager', 'officer'],
  input: z.object({ last: z.boolean(), name: z.string().nullable() }),
  match: (turn) => {
    if (turn.said.kind !== 'text' || turn.place.kind === 'residents') return null
    const found = BOARD.exec(turn.said.text.trim())
    return found ? { last: found[1]?.startsWith('上') ?? false, name: found[2] ?? null } : null
  },
  load: async (tx, turn, { last, name }) => {
    const found = await goalScope(tx, turn, name)
    if (found.kind === 'several') return found
    if (found.kind === 'unknown' || found.scope.kind === 'worker') return null
    const { scope } = found
    const { community } = scope
    const today = localDate(turn.now, community.timezone)
    const { monthStartDay } = community.settings.visits
    const current = periodAt(today, monthStartDay)
    const period = last ? periodAt(addDays(current.from, -1), monthStartDay) : current
    if (scope.kind !== 'community') return loadWider(tx, scope, period.month)
    const months = await communityMonth(tx, community, period, today)
    const workers = months.map((one) => one.worker)
    const picture =
      workers.length > 0
        ? boardRecipe(showTexts.boardTitle(period.month, community.name), totalText(workers), workers)
        : null
    return { kind: 'community', community, months, month: period.month, picture }
  },
  decide: (state, turn) => decideBoard(state, turn),
})

function decideBoard(state: BoardState | null, turn: Turn): Decision {
  if (!state) return say(turn, 'board', showTexts.boardEmpty)
  if (state.kind === 'several') return say(turn, 'board', staffTexts.boardWhich(state.options))
  const attach = state.picture ? { attach: state.picture } : {}
  if (state.kind === 'wider') return { events: [], drafts: [{ ...reply(turn, 'board', state.text), ...attach }] }
  const workers = state.months.map((one) => one.worker)
  if (workers.length === 0) return say(turn, 'board', showTexts.boardEmpty)
  const { id, name } = state.community
  const text = [showTexts.boardTitle(state.month, name), totalText(workers), boardLines(workers)].join('\n')
  return {
    events: state.months
      .filter((one) => one.isNew && !one.view.closed)
      .map((one) => monthOpened(id, one.worker.name, one.view)),
    drafts: [{ ...reply(turn, 'board', text), ...attach }],
  }
}
