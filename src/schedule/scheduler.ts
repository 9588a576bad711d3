import cron, { type ScheduledTask } from 'node-cron'
import { communityView } from '../community/settings.js'
import type { Database } from '../db/client.js'
import { carryOut } from '../engine/decision.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/log.js'
import type { CommunityView, Job, Module } from '../kernel/module.js'
import { latestSlot, nextSlot, slotsBetween } from './slots.js'

export interface SchedulerDependencies {
  readonly db: Database
  readonly modules: readonly Module[]
  readonly clock: Clock
  readonly logger: Logger
  /** Called after slots ran, so that the sender looks. */
  readonly onRun: () => void
}

const CONTINUOUS_MS = 10 * 60_000

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
  let task: ScheduledTask | undefined
  let running: Promise<void> = Promise.resolve()

  async function communities(): Promise<CommunityView[]> {
    return (await deps.db.read.community.findMany({ orderBy: { id: 'asc' } })).map(communityView)
  }

  async function runAll(): Promise<void> {
    for (const community of await communities())
      for (const job of jobs) await runJob(deps, job, community, deps.clock.now())
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

async function runJob(deps: SchedulerDependencies, job: Job, community: CommunityView, now: Date): Promise<void> {
  const key = { job: job.name, communityId: community.id }
  const cursor = await deps.db.read.jobCursor.findUnique({ where: { job_communityId: key } })
  if (!cursor) {
    // A job seen for the first time starts now: nothing was missed before it existed.
    await deps.db.write((tx) =>
      tx.jobCursor.upsert({ where: { job_communityId: key }, create: { ...key, at: now }, update: {} }),
    )
    return
  }
  const expression = expressionOf(job, community)
  const oldest = new Date(now.getTime() - job.catchUpMs)
  if (cursor.at < oldest) {
    const late = nextSlot(expression, community.timezone, cursor.at)
    if (late && late <= oldest) await noteMiss(deps, job, community, oldest, 'late', null, now)
  }
  const from = cursor.at < oldest ? oldest : cursor.at
  const latest = job.catchUp === 'latest' ? latestSlot(expression, community.timezone, from, now) : null
  const due =
    job.catchUp === 'latest' ? (latest ? [latest] : []) : slotsBetween(expression, community.timezone, from, now)
  for (const slot of due) await runSlot(deps, job, community, slot, now)
}

/** One transaction: the cursor moves past the slot and the job's decision is carried out, or neither. */
async function runSlot(
  deps: SchedulerDependencies,
  job: Job,
  community: CommunityView,
  slot: Date,
  now: Date,
): Promise<void> {
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
  } catch (error) {
    deps.logger.error({ err: error, job: job.name, community: community.code, slot }, 'job failed')
    await noteMiss(deps, job, community, slot, 'failed', error, now)
  }
}

/** Moves past a slot that cannot be run and leaves a row for the operator. */
async function noteMiss(
  deps: SchedulerDependencies,
  job: Job,
  community: CommunityView,
  slot: Date,
  reason: 'late' | 'failed',
  error: unknown,
  now: Date,
): Promise<void> {
  await deps.db.write(async (tx) => {
    await tx.jobCursor.updateMany({
      where: { job: job.name, communityId: community.id, at: { lt: slot } },
      data: { at: slot },
    })
    await tx.jobMiss.create({
      data: {
        job: job.name,
        communityId: community.id,
        slot,
        reason,
        error: error ? String(error).slice(0, 2000) : null,
        at: now,
      },
    })
  })
}
