import type { Channel } from '../channels/channel.js'
import { createLane } from '../db/lane.js'
import { claim, dueAttachments, settleInterrupted, type Wanted } from './claim.js'
import { type FetchDependencies, fetchOne } from './fetch.js'
import { sweepAside, sweepFiles } from './sweep.js'

/** Fetches side by side: a server that hangs holds one of them up, not all. */
const IN_FLIGHT = 4
const IN_FLIGHT_OF_A_CHANNEL = 2
const LOOK_AHEAD = 20
const IDLE_POLL_MS = 2_000
const WAKE_MS = 50
const SWEEP_MS = 60_000
const DEADLINE_MS = 120_000

export interface KeeperDependencies extends Omit<FetchDependencies, 'alone' | 'deadlineMs'> {
  readonly channels: readonly Channel[]
  /** The longest a fetch may take, ms; default two minutes. */
  readonly deadlineMs?: number
  /** Something may have to be sent: a worker is told what could not be kept. */
  readonly onEnd: () => void
}

/** Brings the bytes of attachments into the house, after the turn that they came with. */
export interface Keeper {
  start(): Promise<void>
  /** Something may be due. */
  wake(): void
  /** Resolves when nothing that is due waits or is under way, and no file is left that nothing names. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/**
 * Works through the attachments that wait: each is claimed, fetched outside any transaction, and what became of it is
 * written down. What was under way when the process died is put back in line at the next start.
 */
export function createKeeper(deps: KeeperDependencies): Keeper {
  const { db, files, logger, clock } = deps
  const lane = createLane()
  const fetching: FetchDependencies = { ...deps, deadlineMs: deps.deadlineMs ?? DEADLINE_MS, alone: lane.run }
  const stopping = new AbortController()
  const busy = new Map<number, { readonly wanted: Wanted; readonly done: Promise<void> }>()
  let started = false
  let soon = false
  let timer: NodeJS.Timeout | undefined
  let sweeping: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null
  let again = false

  /**
   * Channels that can be asked now: while a login is missing, an attempt would only be used up. Where nothing is to be kept
   * none is asked, yet what is there already still goes when its time comes.
   */
  const open = () =>
    deps.mostBytes > 0 ? deps.channels.filter((one) => one.open && one.status().state === 'online') : []
  const due = () => {
    const names = open().map((one) => one.name)
    return dueAttachments(db, names, clock.now(), [...busy.keys()], LOOK_AHEAD)
  }

  async function look(): Promise<void> {
    for (const wanted of await due()) {
      if (busy.size >= IN_FLIGHT || stopping.signal.aborted) return
      const others = [...busy.values()].map((one) => one.wanted)
      const sameChannel = others.filter((one) => one.channel === wanted.channel)
      // Two messages with one picture: the second finds what the first brought.
      if (sameChannel.length >= IN_FLIGHT_OF_A_CHANNEL || sameChannel.some((one) => one.reference === wanted.reference))
        continue
      const channel = deps.channels.find((one) => one.name === wanted.channel)
      const claimed = channel && (await claim(db, wanted.id))
      if (channel && claimed) start(channel, claimed)
    }
  }

  function start(channel: Channel, wanted: Wanted): void {
    const done = fetchOne(fetching, channel, wanted, stopping.signal).finally(() => {
      busy.delete(wanted.id)
      deps.onEnd()
      run()
    })
    busy.set(wanted.id, { wanted, done })
  }

  function run(): void {
    if (stopping.signal.aborted) return
    soon = false
    if (looking) {
      again = true
      return
    }
    looking = look()
      .catch((error: unknown) => logger.error({ err: error }, 'could not look for attachments'))
      .finally(() => {
        looking = null
        plan(again ? 0 : IDLE_POLL_MS)
        again = false
      })
  }

  function plan(afterMs: number): void {
    if (stopping.signal.aborted || soon) return
    clearTimeout(timer)
    timer = setTimeout(run, afterMs).unref()
  }

  /** Every turn wakes it, and few bring a picture: it looks now and then, not at each. */
  function wake(): void {
    if (!started || soon) return
    plan(WAKE_MS)
    soon = true
  }

  const sweep = (): Promise<void> =>
    lane
      .run(async () => {
        let removed = 1
        while (removed > 0 && !stopping.signal.aborted) removed = await sweepFiles(db, files)
      })
      .catch((error: unknown) => logger.error({ err: error }, 'could not remove files that nothing names'))

  /** What became of a fetch could not be written down: it is put back in line, as after a crash. */
  const settle = () =>
    settleInterrupted(db, [...busy.keys()]).catch((error: unknown) =>
      logger.error({ err: error }, 'could not put attachments back in line'),
    )

  return {
    start: async () => {
      await settleInterrupted(db, [])
      await sweepAside(db, files)
      started = true
      run()
      void sweep()
      sweeping = setInterval(() => {
        if (!looking) void settle()
        void sweep()
      }, SWEEP_MS).unref()
    },
    wake,
    idle: async () => {
      if (!started) return
      for (;;) {
        while (looking || busy.size > 0) await Promise.all([looking, ...[...busy.values()].map((one) => one.done)])
        if ((await due()).length === 0) break
        run()
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      await sweep()
    },
    stop: async () => {
      stopping.abort()
      clearTimeout(timer)
      clearInterval(sweeping)
      await looking
      await Promise.all([...busy.values()].map((one) => one.done))
      await lane.idle()
    },
  }
}
