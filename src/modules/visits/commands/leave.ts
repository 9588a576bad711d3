import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { addDays, localDate } from '../../../kernel/local-time.js'
import { command, type Turn } from '../../../kernel/module.js'
import { readSpan } from '../decide-day.js'
import { decideLeave, type LeaveState } from '../decide-leave.js'
import { say } from '../decide-reply.js'
import { monthsOf, targetsWith } from '../leave-targets.js'
import { staffTexts } from '../texts-staff.js'
import { colleague } from './people.js'
import { isManager, staffWords, VISITORS } from './staff.js'

const MOST_DAYS = 92
const inputSchema = z.object({ words: z.string().max(300) })

/** 请假: a worker asks and the manager confirms; a manager records it for a colleague at once. */
export const leave = command<z.infer<typeof inputSchema>, LeaveState | null>({
  name: 'visits.leave',
  help: { say: '请假 11-24 到 11-26 事由', does: '报请假，主任确认后不催走访、目标折算', roles: VISITORS },
  roles: VISITORS,
  input: inputSchema,
  match: (turn) => {
    const found = /^请假(?:条)?(?=$|[\s:：,，]|\d|[明后今下周]|[一-龥]{2,4}[\s,，]*\d)[\s:：,，]*(.*)$/s.exec(
      staffWords(turn) ?? '',
    )
    return found && turn.place.kind !== 'residents' ? { words: found[1] ?? '' } : null
  },
  load: (tx, turn, { words }) => loadLeave(tx, turn, words.normalize('NFKC').trim()),
  decide: (state, turn) => (state ? decideLeave(state, turn) : say(turn, 'leave', staffTexts.leaveHow)),
})

async function loadLeave(tx: Tx, turn: Turn, words: string): Promise<LeaveState | null> {
  const { community, actor, now } = turn
  if (!community || actor.personId === null) return null
  const today = localDate(now, community.timezone)
  const named = readSpan(words, today) ? null : /^(\S+?)[\s,，]*(?=\d|[明后今下这本周])/.exec(words)
  const manager = isManager(turn)
  const name = named?.[1] ?? ''
  if (named && !manager) return { kind: 'how', name }
  const person = named ? await colleague(tx, community, name, now) : { id: actor.personId, name: actor.name }
  if (!person) return { kind: 'stranger', name }
  const rest = named ? words.slice(named[0].length) : words
  const span = readSpan(rest, today)
  if (!span) return { kind: 'how', name }
  if (span.to > addDays(span.from, MOST_DAYS)) return { kind: 'too_far', name }
  const months = monthsOf(span, community)
  const closed = await tx.visitMonth.count({
    where: { workerId: person.id, month: { in: months }, closedAt: { not: null } },
  })
  if (closed > 0) return { kind: 'past', name }
  const other = await tx.visitLeave.findFirst({
    where: {
      personId: person.id,
      status: { in: ['asked', 'confirmed'] },
      fromDay: { lte: span.to },
      toDay: { gte: span.from },
    },
  })
  if (other) return { kind: 'overlaps', span: { from: other.fromDay, to: other.toDay } }
  const targets = manager ? await targetsWith(tx, community, person, span) : []
  const reason = rest.slice(span.end).replace(/^[\s,，:：。]+/, '')
  return { kind: 'ready', community, person, span, reason, byManager: manager, targets }
}
