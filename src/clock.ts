import type { Database } from './db/client.js'
import type { Clock } from './kernel/clock.js'

const ROW = 1

/** A clock that can be moved forward, for demonstrations. The offset is kept, so that time never runs backwards. */
export interface MovableClock extends Clock {
  advance(ms: number): Promise<void>
}

export async function createMovableClock(db: Database): Promise<MovableClock> {
  const row = await db.read.demoClock.findUnique({ where: { id: ROW } })
  let offset = Number(row?.offsetMs ?? 0)
  return {
    now: () => new Date(Date.now() + offset),
    advance: async (ms) => {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError('a clock only moves forward')
      const next = offset + Math.round(ms)
      await db.write((tx) =>
        tx.demoClock.upsert({ where: { id: ROW }, create: { id: ROW, offsetMs: next }, update: { offsetMs: next } }),
      )
      offset = next
    },
  }
}
