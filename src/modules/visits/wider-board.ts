import type { Tx } from '../../db/transaction.js'
import type { Recipe } from '../../kernel/making.js'
import { boardRecipe } from './charts.js'
import { boardLines, ranked, showTexts } from './decide-words.js'
import type { GoalScope } from './goal-scope.js'
import { type CommunityTotal, communityTotals } from './store-workers.js'
import type { WorkerMonth } from './types.js'

export interface WiderBoard {
  readonly kind: 'wider'
  readonly text: string
  readonly picture: Recipe
}

/** Lines that a chat message lists. */
const SHOWN = 30

/**
 * What an officer answers for: the communities of a subdistrict, or the subdistricts of a district, the furthest first.
 * Null where nobody has visited yet.
 */
export async function loadWider(tx: Tx, scope: GoalScope, month: string): Promise<WiderBoard | null> {
  const { districtId } = await tx.subdistrict.findUniqueOrThrow({
    where: { id: scope.community.subdistrictId },
    select: { districtId: true },
  })
  const totals = await communityTotals(tx, districtId, month)
  const communities = await tx.community.findMany({
    where: scope.kind === 'district' ? { subdistrict: { districtId } } : { subdistrictId: scope.id },
    orderBy: { id: 'asc' },
    select: { id: true, name: true, subdistrict: { select: { id: true, name: true } } },
  })
  const rows = new Map<number, WorkerMonth>()
  for (const { id, name, subdistrict } of communities) {
    const total = totals.get(id)
    const row = scope.kind === 'district' ? subdistrict : { id, name }
    if (total) rows.set(row.id, plus(rows.get(row.id) ?? empty(row, month), total))
  }
  const lines = [...rows.values()]
  if (lines.length === 0) return null
  const title = showTexts.districtTitle(month, scope.name)
  const all = lines.reduce((sum, one) => plus(sum, one), empty({ id: 0, name: '' }, month))
  const total = showTexts.widerTotal(lines.length, scope.kind === 'district', all)
  const shown = ranked(lines).slice(0, SHOWN)
  const more = lines.length > SHOWN ? [showTexts.widerMore(lines.length - SHOWN)] : []
  return {
    kind: 'wider',
    text: [title, total, boardLines(shown), ...more].join('\n'),
    picture: boardRecipe(title, total, lines),
  }
}

const empty = ({ id, name }: { id: number; name: string }, month: string): WorkerMonth => ({
  workerId: id,
  name,
  month,
  fromDay: '',
  toDay: '',
  quota: 0,
  target: 0,
  reason: '',
  workDays: 0,
  met: 0,
  notHome: 0,
  refused: 0,
  remote: 0,
  closed: false,
  covered: 0,
  households: 0,
})

const plus = (
  row: WorkerMonth,
  total: Pick<CommunityTotal, 'met' | 'target' | 'covered' | 'households'>,
): WorkerMonth => ({
  ...row,
  met: row.met + total.met,
  target: row.target + total.target,
  covered: row.covered + total.covered,
  households: row.households + total.households,
})
