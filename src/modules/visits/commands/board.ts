import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { addDays, localDate } from '../../../kernel/local-time.js'
import type { Recipe } from '../../../kernel/making.js'
import { type CommunityView, command, type Decision, type Turn } from '../../../kernel/module.js'
import { boardRecipe } from '../charts.js'
import { monthOpened } from '../decide-counts.js'
import { periodAt } from '../decide-period.js'
import { reply, say } from '../decide-reply.js'
import { boardLines, showTexts, totalText } from '../decide-words.js'
import { communityMonth, communityTotals } from '../store-workers.js'
import type { OpenMonth, WorkerMonth } from '../types.js'

const BOARD = /^(?:走访)?(上月|上个月|本月)?(?:的)?(?:走访)?(?:榜单|榜|排名|排行榜?)[?？]?$/

type BoardState =
  | {
      readonly kind: 'community'
      readonly months: readonly (OpenMonth & { readonly worker: WorkerMonth })[]
      readonly month: string
      readonly picture: Recipe | null
    }
  | { readonly kind: 'wider'; readonly text: string; readonly picture: Recipe | null }

/** 榜单: a picture for managers; for officers one line a community. */
export const board = command<{ last: boolean }, BoardState | null>({
  name: 'visits.board',
  help: { say: '榜单', does: '看全社区走访进度图（也可“上月榜单”）', roles: ['manager', 'officer'] },
  roles: ['manager', 'officer'],
  input: z.object({ last: z.boolean() }),
  match: (turn) => {
    if (turn.said.kind !== 'text' || turn.place.kind === 'residents') return null
    const found = BOARD.exec(turn.said.text.trim())
    return found ? { last: found[1]?.startsWith('上') ?? false } : null
  },
  load: async (tx, turn, { last }) => {
    const { community } = turn
    if (!community) return null
    const today = localDate(turn.now, community.timezone)
    const { monthStartDay } = community.settings.visits
    const current = periodAt(today, monthStartDay)
    const period = last ? periodAt(addDays(current.from, -1), monthStartDay) : current
    if (!turn.actor.roles.includes('manager')) return loadWider(tx, community, period.month)
    const months = await communityMonth(tx, community, period, today)
    const workers = months.map((one) => one.worker)
    const picture =
      workers.length > 0
        ? boardRecipe(showTexts.boardTitle(period.month, community.name), totalText(workers), workers)
        : null
    return { kind: 'community', months, month: period.month, picture }
  },
  decide: (state, turn) => decideBoard(state, turn),
})

function decideBoard(state: BoardState | null, turn: Turn): Decision {
  if (!state || !turn.community) return say(turn, 'board', showTexts.boardEmpty)
  const attach = state.picture ? { attach: state.picture } : {}
  if (state.kind === 'wider') return { events: [], drafts: [{ ...reply(turn, 'board', state.text), ...attach }] }
  const workers = state.months.map((one) => one.worker)
  if (workers.length === 0) return say(turn, 'board', showTexts.boardEmpty)
  const { id, name } = turn.community
  const text = [showTexts.boardTitle(state.month, name), totalText(workers), boardLines(workers)].join('\n')
  return {
    events: state.months
      .filter((one) => one.isNew && !one.view.closed)
      .map((one) => monthOpened(id, one.worker.name, one.view)),
    drafts: [{ ...reply(turn, 'board', text), ...attach }],
  }
}

const SHOWN = 30

/** The communities of an officer's subdistrict, the furthest behind last; of the whole district for its officers. */
async function loadWider(tx: Tx, community: CommunityView, month: string): Promise<BoardState | null> {
  const subdistrict = await tx.subdistrict.findUnique({
    where: { id: community.subdistrictId },
    select: { id: true, name: true, districtId: true },
  })
  if (!subdistrict) return null
  const totals = await communityTotals(tx, subdistrict.districtId, month)
  const communities = await tx.community.findMany({
    where: { subdistrictId: subdistrict.id },
    select: { id: true, name: true },
  })
  const rows = communities.flatMap(({ id, name }) => {
    const total = totals.get(id)
    return total ? [{ name, ...total }] : []
  })
  if (rows.length === 0) return null
  const asWorkers: WorkerMonth[] = rows.map((row) => ({
    workerId: row.communityId,
    name: row.name,
    month,
    fromDay: '',
    toDay: '',
    quota: row.target,
    target: row.target,
    reason: '',
    workDays: 0,
    met: row.met,
    notHome: 0,
    refused: 0,
    remote: 0,
    closed: false,
    covered: row.covered,
    households: row.households,
  }))
  const title = showTexts.districtTitle(month, subdistrict.name)
  return {
    kind: 'wider',
    text: [title, boardLines(asWorkers.slice(0, SHOWN))].join('\n'),
    picture: boardRecipe(title, `${rows.length} 个社区`, asWorkers),
  }
}
