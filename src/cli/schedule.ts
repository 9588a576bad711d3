import { modules } from '../app.js'
import { isoTime } from '../kernel/local-time.js'
import { createScheduler } from '../schedule/scheduler.js'
import { withDatabase } from './session.js'

const silent = () => undefined

/** `linli schedule`: what will fire when, the next slot of each job and community, in its own time. */
export async function runSchedule({ community, limit }: { community?: string; limit: number }): Promise<void> {
  const rows = await withDatabase(async (db) => {
    const clock = { now: () => new Date() }
    const logger = { info: silent, warn: silent, error: silent, debug: silent }
    const scheduler = createScheduler({ db, modules, clock, logger, onRun: silent })
    const zones = new Map(
      (await db.read.community.findMany({ select: { code: true, timezone: true } })).map((one) => [
        one.code,
        one.timezone,
      ]),
    )
    const upcoming = await scheduler.upcoming(clock.now())
    return upcoming
      .filter((slot) => community === undefined || slot.community === community.toUpperCase())
      .slice(0, limit)
      .map((slot) => [isoTime(slot.at, zones.get(slot.community) ?? 'Asia/Shanghai'), slot.community, slot.job])
  })
  for (const row of rows) console.log(row.join('  '))
}
