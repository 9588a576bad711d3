import type { Channel } from '../channels/channel.js'
import type { Database } from '../db/client.js'
import type { Clock } from '../kernel/clock.js'
import { SendFailure } from '../kernel/errors.js'
import type { Logger } from '../kernel/log.js'
import { storedMessageSchema } from '../kernel/message.js'
import { createLimiter, type Limiter } from './limiter.js'
import { judge } from './policy.js'
import { type Completed, recordFailure, recordSent } from './record.js'
import type { Workshop } from './workshop.js'

const LOOK_AHEAD = 200
const IN_FLIGHT = 16
const IDLE_POLL_MS = 1_000
/** Looks at so many pages of rows for conversations that may go, past those that must wait. */
const MAX_PAGES = 5
/** Later messages of a conversation let one that is tried again go first, for so long at most. */
const LONGEST_HOLD_MS = 60_000

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

/** What decides whether a message may go now: read for many, so without its words. */
interface DueRow {
  readonly id: number
  readonly conversation: string
  readonly accountId: number | null
}

interface ClaimedRow extends DueRow {
  readonly payload: unknown
  readonly priority: string
  readonly attempts: number
  readonly fallback: unknown
}

/**
 * Sends what the outbox holds, a loop for each channel: urgent first, in order within a conversation, within the
 * platform's limits. A row is claimed before it is sent and its outcome recorded after, so that a crash shows.
 */
export function createSender(deps: SenderDependencies): Sender {
  const loops = deps.channels.map((channel) => createLoop(deps, channel))
  return {
    start: async () => {
      await settleInterrupted(deps.db)
      for (const loop of loops) loop.wake()
    },
    wake: () => {
      for (const loop of loops) loop.wake()
    },
    idle: async () => {
      await Promise.all(loops.map((loop) => loop.idle()))
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

/**
 * A row that was claimed when the process died may or may not have been sent. Answers and warnings are sent again: twice
 * is better than never. Pushes are marked unknown, for an operator to see.
 */
async function settleInterrupted(db: Database): Promise<void> {
  await db.write(async (tx) => {
    await tx.outboxMessage.updateMany({ where: { status: 'sending', priority: 'push' }, data: { status: 'unknown' } })
    await tx.outboxMessage.updateMany({ where: { status: 'sending' }, data: { status: 'pending' } })
  })
}

function createLoop(deps: SenderDependencies, channel: Channel) {
  const limiter = createLimiter(channel.limits)
  const busy = new Map<string, Promise<void>>()
  let stopped = false
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
    const done = sendOne(deps, channel, limiter, row).finally(() => {
      busy.delete(row.conversation)
      wake()
    })
    busy.set(row.conversation, done)
  }

  function wake(): void {
    if (stopped) return
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
      if (stopped) return
      if (again) {
        again = false
        wake()
      } else {
        timer = setTimeout(wake, Math.max(delay, 5))
        timer.unref()
      }
    })
  }

  return {
    wake,
    idle: async () => {
      for (;;) {
        while (looking || busy.size > 0) await Promise.all([looking, ...busy.values()])
        const rows = await dueRows(deps.db, channel.name, deps.clock.now(), [])
        if (rows.length === 0) return
        wake()
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await looking
      await Promise.all(busy.values())
    },
  }
}

/** Due rows: warnings, then answers, then pushes; within each by age. Conversations in `without` are left out. */
async function dueRows(db: Database, channel: string, now: Date, without: readonly string[]): Promise<DueRow[]> {
  const select = { id: true, conversation: true, accountId: true } as const
  const rows: DueRow[] = []
  for (const priority of ['urgent', 'reply', 'push']) {
    if (rows.length >= LOOK_AHEAD) break
    rows.push(
      ...(await db.read.outboxMessage.findMany({
        where: {
          channel,
          status: 'pending',
          priority,
          notBefore: { lte: now },
          ...(without.length > 0 ? { conversation: { notIn: [...without] } } : {}),
        },
        orderBy: { id: 'asc' },
        take: LOOK_AHEAD,
        select,
      })),
    )
  }
  return rows
}

async function claim(db: Database, rows: readonly DueRow[], now: Date): Promise<ClaimedRow[]> {
  if (rows.length === 0) return []
  return db.write(async (tx) => {
    const claimed: ClaimedRow[] = []
    for (const row of rows) {
      const taken = await tx.outboxMessage.updateMany({
        where: { id: row.id, status: 'pending' },
        data: { status: 'sending', claimedAt: now, attempts: { increment: 1 } },
      })
      if (taken.count === 1) claimed.push(await tx.outboxMessage.findUniqueOrThrow({ where: { id: row.id } }))
    }
    return claimed
  })
}

async function sendOne(deps: SenderDependencies, channel: Channel, limiter: Limiter, row: ClaimedRow): Promise<void> {
  const result = await attempt(deps.workshop, channel, row)
  try {
    if (result instanceof SendFailure) await failed(deps, channel, limiter, row, result)
    else {
      // The platform counts from the moment it took the message, which may be long after the row was claimed.
      limiter.hold(steadyNow() + channel.limits.perConversationMs, row.conversation)
      await recordSent(deps.db, row.id, result.externalId, deps.clock.now(), result.completed)
      deps.onSent(channel.name, 'sent')
    }
  } catch (error) {
    // The row stays claimed; the next start settles it as one that may have been sent.
    deps.logger.error({ outboxId: row.id, err: error }, 'could not record what became of a message')
  }
}

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
