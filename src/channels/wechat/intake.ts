import type { Logger } from 'pino'
import type { IncomingInput } from '../../kernel/message.js'
import { createBackoff } from '../backoff.js'
import type { Receive } from '../channel.js'

/** Reads one event of the platform; null for one that is not for us. */
export type Read = () => Promise<IncomingInput | null>

/**
 * Keeps the order in which the puppet told of events, and tries again what could not be read or stored: WeChat itself
 * never delivers anything a second time.
 */
export interface Intake {
  push(read: Read): void
  /** Ends after one last attempt to store what has arrived. */
  stop(): Promise<void>
}

export interface IntakeOptions {
  readonly receive: Receive
  readonly retryDelayMs: number
  readonly logger: Logger
  /** Told whether the last attempt to store succeeded. */
  onStored(stored: boolean): void
}

const LONGEST_PAUSE_MS = 30_000
const READ_ATTEMPTS = 4
const BATCH = 100

/** Makes an intake that hands on in the background, in batches of what has gathered. */
export function createIntake({ receive, retryDelayMs, logger, onStored }: IntakeOptions): Intake {
  const waiting: Read[] = []
  const stopping = new AbortController()
  let working: Promise<void> | null = null

  async function readOne(read: Read): Promise<IncomingInput | null> {
    const backoff = createBackoff(retryDelayMs, LONGEST_PAUSE_MS, stopping.signal)
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await read()
      } catch (error) {
        if (attempt >= READ_ATTEMPTS || stopping.signal.aborted) {
          logger.error({ err: error }, 'a WeChat message could not be read and is lost')
          return null
        }
        await backoff.wait()
      }
    }
  }

  async function store(messages: readonly IncomingInput[]): Promise<void> {
    const backoff = createBackoff(retryDelayMs, LONGEST_PAUSE_MS, stopping.signal)
    for (;;) {
      const last = stopping.signal.aborted
      try {
        await receive(messages)
        onStored(true)
        return
      } catch (error) {
        onStored(false)
        if (last) {
          logger.error({ err: error, messages: messages.length }, 'WeChat messages could not be stored and are lost')
          return
        }
        logger.error({ err: error, messages: messages.length }, 'WeChat messages could not be stored yet')
        await backoff.wait()
      }
    }
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const messages: IncomingInput[] = []
      for (const read of waiting.splice(0, BATCH)) {
        const message = await readOne(read)
        if (message) messages.push(message)
      }
      if (messages.length > 0) await store(messages)
    }
    working = null
  }

  return {
    push(read) {
      if (stopping.signal.aborted) return
      waiting.push(read)
      working ??= work()
    },
    async stop() {
      stopping.abort()
      await working
    },
  }
}
