import type { Database } from '../db/client.js'

/** late: too old to catch up; failed: tried until it was too old; clock: the clock had been far ahead. */
export type MissReason = 'late' | 'failed' | 'clock'

export interface Miss {
  readonly job: string
  readonly communityId: number
  readonly slot: Date
  readonly reason: MissReason
  readonly error: unknown
  readonly now: Date
}

/** Moves past a slot that was given up and leaves a row for the operator: the health page tells of it for a day. */
export async function noteMiss(db: Database, { job, communityId, slot, reason, error, now }: Miss): Promise<void> {
  await db.write(async (tx) => {
    await tx.jobCursor.updateMany({ where: { job, communityId, at: { lt: slot } }, data: { at: slot } })
    const words = error === null ? null : String(error).slice(0, 2000)
    await tx.jobMiss.create({ data: { job, communityId, slot, reason, error: words, at: now } })
  })
}
