import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { addDays, localDate } from '../../../kernel/local-time.js'
import { type CommunityView, command, type Turn } from '../../../kernel/module.js'
import { monthOpened } from '../decide-counts.js'
import { periodAt, shiftMonth } from '../decide-period.js'
import { reply, say } from '../decide-reply.js'
import { paceOf } from '../decide-target.js'
import { progressText, showTexts, type VisitLine, visitLine } from '../decide-words.js'
import { HOUSEHOLD, metBetween, monthOf, monthsOf } from '../store.js'
import { coverageOf, daysPresent, onLeave } from '../store-workers.js'
import { ledgerTexts, monthName } from '../texts.js'
import type { MonthView, OpenMonth, Outcome } from '../types.js'
import { colleague } from './people.js'
import { isManager, staffWords, VISITORS } from './staff.js'

const PROGRESS =
  /^(?:我的(?:走访)?进度|走访(?:的)?进度|本月进度|我走了多少|走访(?:了?多少|几户)了?|(?:我的|本月)?走访目标(?=$|[?？])|(?:本月)?(?:走访)?还差(?:多少|几户))[?？]?(?:[\s:：]+(\S+))?$/
/** 王芳走访进度, 王芳的进度. */
const PROGRESS_OF = /^([一-龥]{2,4}?)(?:的走访进度|走访进度|的进度)[?？]?$/

interface ProgressState {
  readonly open: OpenMonth
  readonly name: string
  readonly text: string
}

/** 我的进度: the stored month, the same for the worker and the manager. */
export const progress = command<{ name: string | null }, ProgressState | null>({
  name: 'visits.progress',
  help: { say: '我的进度', does: '看本月走访、差多少、覆盖率和往月（主任可发“走访进度 王芳”）', roles: VISITORS },
  roles: VISITORS,
  input: z.object({ name: z.string().nullable() }),
  match: (turn) => {
    const words = staffWords(turn) ?? ''
    const found = PROGRESS.exec(words)
    // 走访目标 alone: those who may set it are told how.
    if (found && !(isManager(turn) && words.includes('目标'))) return { name: found[1] ?? null }
    const of = isManager(turn) ? PROGRESS_OF.exec(words) : null
    return of && of[1] !== '我' ? { name: of[1] ?? null } : null
  },
  load: async (tx, turn, { name }) => {
    const { community, actor } = turn
    if (!community || actor.personId === null) return null
    const who =
      name !== null && isManager(turn)
        ? await colleague(tx, community, name, turn.now)
        : { id: actor.personId, name: actor.name }
    if (!who) return null
    return loadProgress(tx, turn, community, who, who.id === actor.personId)
  },
  decide: (state, turn, { name }) => {
    if (!state || !turn.community) return say(turn, 'progress', showTexts.noSuchWorker(name ?? turn.actor.name))
    return {
      events: state.open.isNew ? [monthOpened(turn.community.id, state.name, state.open.view)] : [],
      drafts: [reply(turn, 'progress', state.text)],
    }
  },
})

async function loadProgress(
  tx: Tx,
  turn: Turn,
  community: CommunityView,
  who: { id: number; name: string },
  own: boolean,
): Promise<ProgressState> {
  const today = localDate(turn.now, community.timezone)
  const open = await monthOf(tx, community, who.id, today)
  const { view } = open
  const present = await daysPresent(tx, community, who.id, view)
  const coverage = await coverageOf(tx, community, who.id, today)
  const before: MonthView[] = (await monthsOf(tx, who.id, 4)).filter((one) => one.month < view.month).slice(0, 3)
  const seen = await metBetween(tx, who.id, today, today)
  const text = progressText({
    worker: { ...view, name: who.name, covered: coverage.covered, households: coverage.households },
    own,
    today: new Set(seen.map((one) => one.householdId)).size,
    pace: paceOf(view.target, view.met, present, today),
    onLeave: await onLeave(tx, who.id, today),
    before,
  })
  return { open, name: who.name, text }
}

const LIST = /^(今天|昨天|本月|上月|上个月)(?:的)?走访(?:记录|日记|列表|情况)?[?？]?$/
const SHOWN = 15

interface ListState {
  readonly title: string
  readonly lines: readonly VisitLine[]
  readonly met: number
  readonly more: number
}

/** 本月走访: the worker's own entries, the newest first, withdrawn and corrected ones marked. */
export const list = command<{ span: string }, ListState | null>({
  name: 'visits.list',
  help: { say: '本月走访', does: '看自己的走访记录（也可“今天走访”“上月走访”）', roles: VISITORS },
  roles: VISITORS,
  input: z.object({ span: z.string() }),
  match: (turn) => {
    const found = LIST.exec(staffWords(turn) ?? '')
    return found && turn.place.kind !== 'residents' ? { span: found[1] ?? '本月' } : null
  },
  load: async (tx, turn, { span }) => {
    const { community, actor } = turn
    if (!community || actor.personId === null) return null
    const { from, to, title } = spanOf(span, localDate(turn.now, community.timezone), community)
    const where = { workerId: actor.personId, day: { gte: from, lte: to } }
    const total = await tx.visit.count({ where })
    const rows = await tx.visit.findMany({ where, orderBy: [{ day: 'desc' }, { id: 'desc' }], take: SHOWN })
    const households = await tx.household.findMany({
      where: { id: { in: rows.map((row) => row.householdId) } },
      select: HOUSEHOLD,
    })
    const met = new Set((await metBetween(tx, actor.personId, from, to)).map((one) => one.householdId)).size
    const lines = rows.flatMap((row) => {
      const household = households.find((one) => one.id === row.householdId)
      return household ? [{ ...row, household, outcome: row.outcome as Outcome, note: ledgerTexts.shortNote(row) }] : []
    })
    return { title, lines, met, more: total - rows.length }
  },
  decide: (state, turn) => {
    if (!state || state.lines.length === 0) return say(turn, 'list', showTexts.listEmpty(state?.title ?? ''))
    const { title, lines, met, more } = state
    const text = [
      showTexts.listTitle(title, lines.length + more, met),
      ...lines.map(visitLine),
      ...(more > 0 ? [showTexts.listMore(more)] : []),
    ].join('\n')
    return { events: [], drafts: [reply(turn, 'list', text)] }
  },
})

function spanOf(span: string, today: string, community: CommunityView) {
  if (span === '今天') return { from: today, to: today, title: '今天' }
  if (span === '昨天') return { from: addDays(today, -1), to: addDays(today, -1), title: '昨天' }
  const { monthStartDay } = community.settings.visits
  const current = periodAt(today, monthStartDay)
  if (span === '本月') return { ...current, title: monthName(current.month) }
  const last = periodAt(addDays(current.from, -1), monthStartDay)
  return { ...last, title: monthName(shiftMonth(current.month, -1)) }
}
