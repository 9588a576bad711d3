import type { Database } from '../db/client.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/log.js'
import type { CommunityView, Job } from '../kernel/module.js'

/** A clock corrected by less repeats nothing: jobs wait until it has come round. */
const FAR_AHEAD_MS = 6 * 3_600_000

/**
 * A cursor far in the future says that the clock once was: until real time came round, the job would say nothing. It is
 * put back to now. What the job said for slots that have yet to come is not said again, for messages have fixed keys.
 * Answers where the cursor stands.
 */
export async function mendCursor(
  deps: { readonly db: Database; readonly clock: Clock; readonly logger: Logger },
  job: Job,
  community: CommunityView,
  at: Date,
  now: Date,
): Promise<Date> {
  if (at.getTime() - now.getTime() <= FAR_AHEAD_MS) return at
  const key = { job: job.name, communityId: community.id }
  deps.logger.error({ job: job.name, community: community.code, at, now }, 'the clock had been far ahead: job set back')
  await deps.db.write(async (tx) => {
    await tx.jobCursor.updateMany({ where: { ...key, at }, data: { at: now } })
    await tx.jobMiss.create({ data: { ...key, slot: at, reason: 'clock', error: null, at: now } })
  })
  return now
}

/** Messages written while the clock was far ahead wait for a time that is not coming soon: they go now. */
export async function mendOutbox(db: Database, now: Date): Promise<void> {
  const from = new Date(now.getTime() + FAR_AHEAD_MS)
  await db.turn((sql) =>
    sql.run(`UPDATE "OutboxMessage" SET "notBefore" = ? WHERE status = 'pending' AND "createdAt" > ?`, [now, from]),
  )
}
