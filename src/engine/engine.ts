import type { Database } from '../db/client.js'
import type { Clock } from '../kernel/clock.js'
import type { Logger } from '../kernel/log.js'
import { incomingSchema } from '../kernel/message.js'
import { SET_ASIDE } from './texts.js'
import { createTurns, type TurnDependencies } from './turn.js'

const MAX_ATTEMPTS = 3
const BATCH = 500
/** Conversations handled side by side; within one, messages go in order. */
const MAX_CONVERSATIONS = 64

interface WaitingRow {
  readonly id: number
  readonly channel: string
  readonly conversation: string
}
const WAITING = `SELECT id, channel, conversation FROM "InboxMessage"
  WHERE status = 'received' AND id > ? ORDER BY id LIMIT ?`

export interface EngineDependencies extends TurnDependencies {
  readonly clock: Clock
  readonly logger: Logger
  /** Called after each turn that wrote something to send. */
  readonly onTurn: (outcome: string, durationMs: number) => void
}

export interface Engine {
  /** Looks for new inbox rows; cheap to call often. */
  wake(): void
  /** Looks again at all rows, also older ones that were put back in line by another process. */
  sweep(): void
  /** Resolves when every row that is in the inbox now was handled. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/**
 * Takes inbox rows in order and runs a turn for each: strictly in order within a conversation, side by side between them.
 * A row that throws is tried again, then set aside with its error, and the rest flows on.
 */
export function createEngine(deps: EngineDependencies): Engine {
  const turn = createTurns(deps)
  const lanes = new Map<string, Promise<void>>()
  const inFlight = new Set<number>()
  let cursor = 0
  let looking: Promise<void> | null = null
  let again = false
  let fromStart = false
  let stopped = false
  let lastRound: Promise<void> = Promise.resolve()

  /**
   * A round of the event loop for each turn to begin in. The database answers within the call: turns that began together
   * would keep the process from taking in messages until all of them are done.
   */
  function ownRound(): Promise<void> {
    lastRound = lastRound.then(() => new Promise((resolve) => setImmediate(resolve)))
    return lastRound
  }

  async function look(): Promise<void> {
    do {
      again = false
      if (fromStart) cursor = 0
      fromStart = false
      for (;;) {
        if (stopped) return
        const rows = await deps.db.sql.rows<WaitingRow>(WAITING, [cursor, BATCH])
        for (const row of rows) {
          cursor = row.id
          if (inFlight.has(row.id)) continue
          while (lanes.size >= MAX_CONVERSATIONS) await Promise.race(lanes.values())
          enqueue(`${row.channel} ${row.conversation}`, row.id)
        }
        if (rows.length < BATCH) break
      }
    } while (again)
  }

  function enqueue(lane: string, id: number): void {
    const before = lanes.get(lane) ?? Promise.resolve()
    inFlight.add(id)
    const after = before.then(() => handle(id))
    lanes.set(lane, after)
    void after.then(() => {
      inFlight.delete(id)
      if (lanes.get(lane) === after) lanes.delete(lane)
    })
  }

  async function handle(id: number): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await ownRound()
      if (stopped) return
      const started = performance.now()
      try {
        const outcome = await turn(id, deps.clock.now())
        deps.onTurn(outcome, performance.now() - started)
        return
      } catch (error) {
        if (attempt < MAX_ATTEMPTS) continue
        await setAside(id, attempt, error)
        return
      }
    }
  }

  async function setAside(id: number, attempts: number, error: unknown): Promise<void> {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    deps.logger.error({ inboxId: id, err: error }, 'message set aside: replay it with `linli inbox replay`')
    const now = deps.clock.now()
    try {
      await deps.db.write(async (tx) => {
        // Only what is still open: a row read twice may have been handled by the other reading.
        const moved = await tx.inboxMessage.updateMany({
          where: { id, status: 'received' },
          data: { status: 'set_aside', attempts, error: words.slice(0, 2000), handledAt: now },
        })
        if (moved.count === 1) await apologise(tx, await tx.inboxMessage.findUniqueOrThrow({ where: { id } }))
      })
      deps.onTurn('set_aside', 0)
    } catch (cause) {
      // The database itself is out of reach: the row stays received and is taken up at the next start.
      deps.logger.error({ inboxId: id, err: cause }, 'could not set the message aside')
    }
  }

  /** Only somebody who spoke to the bot alone gets an apology; a group is not troubled with our faults. */
  async function apologise(
    tx: Parameters<Parameters<Database['write']>[0]>[0],
    row: { id: number; payload: unknown; channel: string; conversation: string },
  ): Promise<void> {
    const message = incomingSchema.safeParse(row.payload)
    if (!message.success || !message.data.isPrivate) return
    const key = `turn:${row.id}:set-aside`
    const now = deps.clock.now()
    await tx.outboxMessage.upsert({
      where: { key },
      create: {
        key,
        channel: row.channel,
        conversation: row.conversation,
        payload: { text: SET_ASIDE },
        priority: 'reply',
        notBefore: now,
        createdAt: now,
      },
      update: {},
    })
  }

  function wake(): void {
    if (looking) {
      again = true
      return
    }
    looking = look()
      .catch((error: unknown) => deps.logger.error({ err: error }, 'could not read the inbox'))
      .finally(() => {
        looking = null
        if (again && !stopped) wake()
      })
  }

  async function idle(): Promise<void> {
    while (looking || lanes.size > 0) await Promise.all([looking, ...lanes.values()])
  }

  return {
    wake,
    // A look under way moves the cursor itself: the next one begins anew.
    sweep: () => {
      fromStart = true
      wake()
    },
    idle,
    stop: async () => {
      stopped = true
      await idle()
    },
  }
}
