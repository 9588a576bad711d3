import { z } from 'zod'
import { addDays, localDate } from '../../../kernel/local-time.js'
import { command } from '../../../kernel/module.js'
import { periodAt, periodOf } from '../decide-period.js'
import { reply, say } from '../decide-reply.js'
import { FORMATS, visitsWorkbook } from '../export/maker.js'
import { exportTexts } from '../texts-staff.js'
import type { Period } from '../types.js'
import { isManager, staffWords, VISITORS } from './staff.js'

const EXPORT = /^导出(?:我的)?走访(?:记录|日记)?[\s:：]*(.{0,12})$/

/** 导出走访 2026-11: a manager gets the community's, a worker their own; in a group the numbers are masked. */
export const exportVisits = command<{ words: string; format: (typeof FORMATS)[number] }, null>({
  name: 'visits.export',
  help: { say: '导出走访 2026-11', does: '把走访做成表格发来，格式和导入的一样（社工只有自己的）', roles: VISITORS },
  roles: VISITORS,
  input: z.object({ words: z.string().max(20), format: z.enum(FORMATS).default('xlsx') }),
  match: (turn) => {
    const found = turn.place.kind === 'residents' ? null : EXPORT.exec(staffWords(turn) ?? '')
    return found ? { words: found[1] ?? '', format: 'xlsx' } : null
  },
  load: async () => null,
  decide: (_, turn, { words, format }) => {
    const { community, actor } = turn
    if (!community || actor.personId === null) return say(turn, 'export', exportTexts.how)
    const { monthStartDay } = community.settings.visits
    const period = periodIn(words.trim(), localDate(turn.now, community.timezone), monthStartDay)
    if (!period) return say(turn, 'export', exportTexts.how)
    const all = isManager(turn)
    const title = exportTexts.title(all ? community.name : actor.name, period.label)
    const attach = visitsWorkbook.recipe({
      scope: {
        communityId: community.id,
        from: period.from,
        to: period.to,
        workerId: all ? null : actor.personId,
        full: turn.place.kind === 'private',
      },
      format,
      title,
      by: actor.name,
      accountId: actor.accountId,
    })
    return { events: [], drafts: [{ ...reply(turn, 'export', title), attach }] }
  },
})

/** 本月, 上月, 11月, 2026-11, or a whole year. A month is the community's own. */
function periodIn(words: string, today: string, startDay: number): (Omit<Period, 'month'> & { label: string }) | null {
  const current = periodAt(today, startDay)
  const named = (period: Period) => ({ ...period, label: period.month })
  if (words === '' || /^(?:本月|这个?月)$/.test(words)) return named(current)
  if (/^上个?月$/.test(words)) return named(periodAt(addDays(current.from, -1), startDay))
  const found = /^(?:(\d{4})\s*[-/.年]\s*)?(1[0-2]|0?[1-9])月?$/.exec(words)
  if (found) {
    const month = `-${(found[2] ?? '').padStart(2, '0')}`
    const year = Number(found[1] ?? current.month.slice(0, 4))
    const wanted = `${year}${month}`
    return named(periodOf(found[1] === undefined && wanted > current.month ? `${year - 1}${month}` : wanted, startDay))
  }
  const year = /^(\d{4})年?$/.exec(words)?.[1] ?? (words === '今年' ? current.month.slice(0, 4) : null)
  return year ? { from: `${year}-01-01`, to: `${year}-12-31`, label: year } : null
}
