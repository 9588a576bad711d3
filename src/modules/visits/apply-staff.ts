import { z } from 'zod'
import type { Tx } from '../../db/transaction.js'
import { addDays, instant } from '../../kernel/local-time.js'
import type { Cause, DomainEvent } from '../../kernel/module.js'

const leaveSchema = z.object({
  key: z.string(),
  personId: z.number(),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
  confirmed: z.boolean(),
})
const coverSchema = z.object({ gridId: z.number(), personId: z.number(), from: z.string(), to: z.string() })
const goalSchema = z.object({ scopeKind: z.string(), scopeId: z.number(), month: z.string(), quota: z.number() })
const shareSchema = z.object({
  fromId: z.number(),
  toId: z.number(),
  month: z.string(),
  households: z.number().optional(),
})

/** Leave, cover, goals and shares. */
export async function applyStaffEvent(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  switch (event.type) {
    case 'visit.leave_asked': {
      const { key, personId, from, to, reason, confirmed } = leaveSchema.parse(event.data)
      const row = { communityId: event.communityId, personId, fromDay: from, toDay: to, reason, askedAt: cause.now }
      const status = confirmed ? { status: 'confirmed', decidedAt: cause.now } : { status: 'asked' }
      await tx.visitLeave.create({ data: { key, ...row, ...status } })
      return
    }
    case 'visit.leave_confirmed':
    case 'visit.leave_refused': {
      const { key, decidedById } = z.object({ key: z.string(), decidedById: z.number().nullable() }).parse(event.data)
      const status = event.type === 'visit.leave_confirmed' ? 'confirmed' : 'refused'
      const done = await tx.visitLeave.updateMany({
        where: { key, status: 'asked' },
        data: { status, decidedById, decidedAt: cause.now },
      })
      if (done.count !== 1) throw new Error(`leave ${key} was decided by somebody else`)
      return
    }
    case 'visit.leave_ended': {
      const { key, lastDay } = z.object({ key: z.string(), lastDay: z.string() }).parse(event.data)
      const row = await tx.visitLeave.findUniqueOrThrow({ where: { key }, select: { fromDay: true } })
      const data = lastDay < row.fromDay ? { status: 'ended' } : { toDay: lastDay }
      await tx.visitLeave.update({ where: { key }, data })
      return
    }
    case 'visit.cover_set': {
      const { gridId, personId, from, to } = coverSchema.parse(event.data)
      const { timezone } = await tx.community.findUniqueOrThrow({ where: { id: event.communityId } })
      const startsAt = instant(from, 0, 0, timezone)
      await tx.gridAssignment.create({
        data: {
          gridId,
          personId,
          kind: 'cover',
          // A cover that begins today begins now: what was before stays with whoever answered for it.
          startsAt: startsAt < cause.now ? cause.now : startsAt,
          endsAt: instant(addDays(to, 1), 0, 0, timezone),
          reason: event.text,
        },
      })
      return
    }
    case 'visit.goal_set': {
      const { quota, ...scope } = goalSchema.parse(event.data)
      await tx.visitGoal.upsert({
        where: { scopeKind_scopeId_month: scope },
        create: { ...scope, quota, setAt: cause.now },
        update: { quota, setAt: cause.now },
      })
      return
    }
    case 'visit.share_asked': {
      const { households = 0, ...share } = shareSchema.parse(event.data)
      await tx.visitShare.create({
        data: { ...share, households, communityId: event.communityId, status: 'asked', askedAt: cause.now },
      })
      return
    }
    case 'visit.share_agreed':
    case 'visit.share_declined': {
      const { fromId, toId, month } = shareSchema.parse(event.data)
      const status = event.type === 'visit.share_agreed' ? 'agreed' : 'declined'
      await tx.visitShare.update({
        where: { fromId_toId_month: { fromId, toId, month } },
        data: { status, decidedAt: cause.now },
      })
      return
    }
    default:
      return
  }
}
