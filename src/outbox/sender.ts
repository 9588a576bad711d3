import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel } from '../channels/channel.js'
import type { Database } from '../db/client.js'
import type { Clock } from '../kernel/clock.js'
import { SendFailure } from '../kernel/errors.js'
import type { Logger } from '../kernel/log.js'
import { storedMessageSchema } from '../kernel/message.js'
import { type ClaimedRow, claim, type DueRow, dueRows, LOOK_AHEAD, settleInterrupted } from './claim.js'
import { createLimiter, type Limiter } from './limiter.js'
import { judge } from './policy.js'
import { type Completed, recordFailure, recordSent } from './record.js'
import type { Workshop } from './workshop.js'

const IN_FLIGHT = 16
const IDLE_POLL_MS = 1_000
/** Looks at so many pages of rows for conversations that may go, past those that must wait. */
const MAX_PAGES = 5
/** Later messages of a conversation let one that is tried again go first, for so long at most. */
const LONGEST_HOLD_MS = 60_000
/** What became of a message is written down again and again for about a minute, then left to the lease. */
const RECORD_WAITS_MS = [500, 2_000, 8_000, 20_000, 30_000]
/** A row claimed so long ago, and sent by nobody here, is settled as after a crash. */
const LEASE_MS = 10 * 60_000
const LEASE_CHECK_MS = 60_000

/** Ms since 1970 that never run backwards: a clock put back must not silence a channel. */
const steadyNow = (): number => performance.timeOrigin + performance.now()

export interface SenderDependencies {
  readonly db: Database
  readonly channels: readonly Channel[]
  /** Makes what messages carry besides words. */
  readonly workshop: Workshop
  readonly clock: Clock
  readonly logger: Logger
  readonly onSent: (channel: string, outcome: string) => void
}

export interface Sender {
  start(): Promise<void>
  /** Something may be due. */
  wake(): void
  /** Resolves when nothing that is due is waiting or under way. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/**
 * Sends what the outbox holds, a loop for each channel: urgent first, in order within a conversation, within the
 * platform's limits. A row is claimed before it is sent and its outcome recorded after, so that a crash shows.
 */
export function createSender(deps: SenderDependencies): Sender {
  const loops = deps.channels.map((channel) => createLoop(deps, channel))
  let lease: NodeJS.Timeout | undefined

  async function settleAbandoned(): Promise<void> {
    const underWay = loops.flatMap((loop) => loop.underWay())
    try {
      const before = new Date(deps.clock.now().getTime() - LEASE_MS)
      const settled = await settleInterrupted(deps.db, before, underWay)
      if (settled === 0) return
      deps.logger.warn({ messages: settled }, 'messages whose sending nobody wrote down were settled')
      for (const loop of loops) loop.wake()
    } catch (error) {
      deps.logger.error({ err: error }, 'could not settle messages whose sending nobody wrote down')
    }
  }

  return {
    start: async () => {
      await settleInterrupted(deps.db)
      for (const loop of loops) loop.wake()
      lease = setInterval(() => void settleAbandoned(), LEASE_CHECK_MS).unref()
    },
    wake: () => {
      for (const loop of loops) loop.wake()
    },
    idle: async () => {
      await Promise.all(loops.map((loop) => loop.idle()))
    },
    stop: async () => {
      clearInterval(lease)
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

function createLoop(deps: SenderDependencies, channel: Channel) {
  const limiter = createLimiter(channel.limits)
  const busy = new Map<string, { readonly id: number; readonly done: Promise<void> }>()
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<number> | null = null
  let again = false

  /** Claims and starts what may go now; answers when to look again, ms from now. */
  async function look(): Promise<number> {
    const wall = steadyNow()
    const now = deps.clock.now()
    let soonest = IDLE_POLL_MS
    const passed = new Set(busy.keys())
    const picked: DueRow[] = []
    // A conversation that must wait is left out of the next page, so that nobody waits behind it.
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const rows = await dueRows(deps.db, channel.name, now, [...passed])
      for (const row of rows) {
        if (busy.size + picked.length >= IN_FLIGHT) break
        if (passed.has(row.conversation)) continue
        passed.add(row.conversation)
        const wait = limiter.readyAt(row.conversation, row.accountId === null, wall) - wall
        if (wait > 0) soonest = Math.min(soonest, wait)
        else {
          limiter.sent(row.conversation, steadyNow())
          picked.push(row)
        }
      }
      if (rows.length < LOOK_AHEAD || busy.size + picked.length >= IN_FLIGHT) break
    }
    const claimed = await claim(deps.db, picked, now)
    for (const row of claimed) start(row)
    return claimed.length > 0 ? 0 : soonest
  }

  function start(row: ClaimedRow): void {
    const done = sendOne(deps, channel, limiter, row, stopping.signal).finally(() => {
      busy.delete(row.conversation)
      wake()
    })
    busy.set(row.conversation, { id: row.id, done })
  }

  function wake(): void {
    if (stopping.signal.aborted) return
    clearTimeout(timer)
    if (looking) {
      again = true
      return
    }
    looking = look().catch((error: unknown) => {
      deps.logger.error({ err: error, channel: channel.name }, 'could not read the outbox')
      return IDLE_POLL_MS
    })
    void looking.then((delay) => {
      looking = null
      if (stopping.signal.aborted) return
      if (again) {
        again = false
        wake()
      } else {
        timer = setTimeout(wake, Math.max(delay, 5))
        timer.unref()
      }
    })
  }

  const sends = () => [...busy.values()].map(({ done }) => done)

  return {
    wake,
    underWay: () => [...busy.values()].map(({ id }) => id),
    idle: async () => {
      for (;;) {
        while (looking || busy.size > 0) await Promise.all([looking, ...sends()])
        const rows = await dueRows(deps.db, channel.name, deps.clock.now(), [])
        if (rows.length === 0) return
        wake()
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    stop: async () => {
      stopping.abort()
      clearTimeout(timer)
      await looking
      await Promise.all(sends())
    },
  }
}

async function sendOne(
  deps: SenderDependencies,
  channel: Channel,
  limiter: Limiter,
  row: ClaimedRow,
  stopping: AbortSignal,
): Promise<void> {
  const result = await attempt(deps.workshop, channel, row)
  // The platform counts from the moment it took the message, which may be long after the row was claimed.
  if (!(result instanceof SendFailure)) limiter.hold(steadyNow() + channel.limits.perConversationMs, row.conversation)
  for (const waitMs of [...RECORD_WAITS_MS, null]) {
    try {
      if (result instanceof SendFailure) return await failed(deps, channel, limiter, row, result)
      await recordSent(deps.db, row.id, result.externalId, deps.clock.now(), result.completed)
      deps.onSent(channel.name, 'sent')
      return
    } catch (error) {
      deps.logger.error({ outboxId: row.id, err: error }, 'could not record what became of a message')
      // The row stays claimed; the lease, or the next start, settles it as one that may have been sent.
      if (waitMs === null || !(await pause(waitMs, stopping))) return
    }
  }
}

/** False when the service stops before the time is over. */
const pause = (ms: number, stopping: AbortSignal): Promise<boolean> =>
  sleep(ms, true, { signal: stopping }).catch(() => false)

interface Done {
  readonly externalId: string
  /** Set where the message had a recipe. */
  readonly completed: Completed | null
}

async function attempt(workshop: Workshop, channel: Channel, row: ClaimedRow): Promise<Done | SendFailure> {
  const stored = storedMessageSchema.safeParse(row.payload)
  if (!stored.success) return new SendFailure('rejected', 'no message of ours', { cause: stored.error })
  try {
    // Made before each try, outside any transaction: a crash in between leaves the recipe, and it is made again.
    const completed = await workshop.complete(stored.data)
    const { externalId } = await channel.send(row.conversation, completed.message)
    return { externalId, completed: stored.data.attach ? completed : null }
  } catch (error) {
    return error instanceof SendFailure ? error : new SendFailure('unknown', String(error), { cause: error })
  }
}

async function failed(
  deps: SenderDependencies,
  channel: Channel,
  limiter: Limiter,
  row: ClaimedRow,
  failure: SendFailure,
): Promise<void> {
  const { retryAfterMs, to } = failure.details
  const verdict = judge({ kind: failure.kind, retryAfterMs, to }, row.attempts, row.priority, row.fallback !== null)
  deps.logger.warn({ outboxId: row.id, failure: failure.kind, verdict: verdict.kind, err: failure }, 'message not sent')
  await recordFailure(deps.db, channel.name, row, failure, verdict, deps.clock.now())
  if (verdict.kind === 'again') {
    // Held after the row was written, so that the row is due before its conversation opens again.
    const holdMs = verdict.holdChannel ? verdict.afterMs : Math.min(verdict.afterMs, LONGEST_HOLD_MS)
    limiter.hold(steadyNow() + holdMs, row.conversation)
  }
  deps.onSent(channel.name, verdict.kind)
}
