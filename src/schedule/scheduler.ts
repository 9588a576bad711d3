import cron, { type ScheduledTask } from 'node-cron'
import { communityView } from '../community/settings.js'
import type { Database } from '../db/client.js'
import { carryOut } from '../engine/decision.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/log.js'
import type { CommunityView, Job, Module } from '../kernel/module.js'
import { mendCursor, mendOutbox } from './clock-fault.js'
import { type MissReason, noteMiss } from './misses.js'
import { createRetries, type Retries } from './retries.js'
import { latestSlot, nextSlot, slotsBetween } from './slots.js'

export interface SchedulerDependencies {
  readonly db: Database
  readonly modules: readonly Module[]
  readonly clock: Clock
  readonly logger: Logger
  /** Called after slots ran, so that the sender looks. */
  readonly onRun: () => void
}

const CONTINUOUS_MS = 30 * 60_000

export interface PlannedSlot {
  readonly job: string
  /** It runs every few minutes: nothing to wait for. */
  readonly continuous: boolean
  readonly community: string
  readonly at: Date
}

export interface Scheduler {
  /** Catches up what was missed and starts ticking, once a minute. */
  start(): Promise<void>
  /** Runs every slot that is due by the clock now. Safe to call at any time, also side by side. */
  runDue(): Promise<void>
  /** The next slot after an instant, of jobs that do not run all the time. */
  next(after: Date): Promise<PlannedSlot | null>
  /** What fires when: the next slot of each job and community. */
  upcoming(after: Date): Promise<PlannedSlot[]>
  stop(): Promise<void>
}

/**
 * Jobs by the community's clock. Slots are computed from the cursor in the database, not from timers: a restart, a jump of
 * the clock or a second tick neither loses a slot nor runs it twice.
 */
export function createScheduler(deps: SchedulerDependencies): Scheduler {
  const jobs = deps.modules.flatMap((module) => module.jobs)
  const retries = createRetries()
  let task: ScheduledTask | undefined
  let running: Promise<void> = Promise.resolve()

  async function communities(): Promise<CommunityView[]> {
    return (await deps.db.read.community.findMany({ orderBy: { id: 'asc' } })).map(communityView)
  }

  async function runAll(): Promise<void> {
    for (const community of await communities())
      for (const job of jobs) await runJob(deps, retries, job, community, deps.clock.now())
    deps.onRun()
  }

  async function upcoming(after: Date): Promise<PlannedSlot[]> {
    const planned: PlannedSlot[] = []
    for (const community of await communities())
      for (const job of jobs) {
        const expression = expressionOf(job, community)
        const at = nextSlot(expression, community.timezone, after)
        const then = at && nextSlot(expression, community.timezone, at)
        const continuous = !!at && !!then && then.getTime() - at.getTime() <= CONTINUOUS_MS
        if (at) planned.push({ job: job.name, community: community.code, at, continuous })
      }
    return planned.sort((a, b) => a.at.getTime() - b.at.getTime())
  }

  const runDue = () => {
    running = running.then(runAll).catch((error: unknown) => deps.logger.error({ err: error }, 'schedule failed'))
    return running
  }

  return {
    start: async () => {
      await mendOutbox(deps.db, deps.clock.now())
      await runDue()
      // A tick that came late needs no warning: slots come from the cursor, and the next tick takes them up.
      task = cron.schedule('* * * * *', runDue, { name: 'linli-minute', noOverlap: true, suppressMissedWarning: true })
    },
    runDue,
    next: async (after) => (await upcoming(after)).find((one) => !one.continuous) ?? null,
    upcoming,
    stop: async () => {
      await task?.destroy()
      await running
    },
  }
}

const expressionOf = (job: Job, community: CommunityView): string =>
  typeof job.cron === 'string' ? job.cron : job.cron(community)

async function runJob(
  deps: SchedulerDependencies,
  retries: Retries,
  job: Job,
  community: CommunityView,
  now: Date,
): Promise<void> {
  const key = { job: job.name, communityId: community.id }
  const stored = await deps.db.read.jobCursor.findUnique({ where: { job_communityId: key } })
  if (!stored) {
    // A job seen for the first time starts now: nothing was missed before it existed.
    await deps.db.write((tx) =>
      tx.jobCursor.upsert({ where: { job_communityId: key }, create: { ...key, at: now }, update: {} }),
    )
    return
  }
  const miss = (slot: Date, reason: MissReason, error: unknown) =>
    noteMiss(deps.db, { ...key, slot, reason, error, now })
  const at = await mendCursor(deps, job, community, stored.at, now)
  const expression = expressionOf(job, community)
  const oldest = new Date(now.getTime() - job.catchUpMs)
  const failing = retries.of(job, community)
  if (at < oldest) {
    const late = nextSlot(expression, community.timezone, at)
    // A slot that failed until now has its own note.
    if (late && late <= oldest && late.getTime() !== failing?.slot.getTime()) await miss(oldest, 'late', null)
  }
  const from = at < oldest ? oldest : at
  const latest = job.catchUp === 'latest' ? latestSlot(expression, community.timezone, from, now) : null
  const due =
    job.catchUp === 'latest' ? (latest ? [latest] : []) : slotsBetween(expression, community.timezone, from, now)
  // Too old by now, or put aside for a newer one: it is given up, and said to be.
  if (failing && due[0]?.getTime() !== failing.slot.getTime()) {
    retries.forget(job, community)
    await miss(failing.slot, 'failed', failing.error)
  }
  for (const slot of due) {
    if (!retries.mayTry(job, community, slot, now)) return
    const error = await runSlot(deps, job, community, slot, now)
    if (!error) {
      retries.forget(job, community)
      continue
    }
    const attempts = retries.failed(job, community, slot, error, now)
    deps.logger.error({ err: error, job: job.name, community: community.code, slot, attempts }, 'job failed')
    // Later slots of a job that wants all of them wait their turn.
    return
  }
}

/** One transaction: the cursor moves past the slot and the job's decision is carried out, or neither. Answers the error. */
async function runSlot(
  deps: SchedulerDependencies,
  job: Job,
  community: CommunityView,
  slot: Date,
  now: Date,
): Promise<Error | null> {
  try {
    await deps.db.write(async (tx) => {
      const moved = await tx.jobCursor.updateMany({
        where: { job: job.name, communityId: community.id, at: { lt: slot } },
        data: { at: slot },
      })
      if (moved.count !== 1) return
      const decision = await job.plan(tx, community, slot, now)
      await carryOut(tx, deps.modules, decision, { now, inboxId: null, actor: `job:${job.name}` }, null)
      if (decision.scrubInbox) deps.db.forgetSoon()
    })
    return null
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
