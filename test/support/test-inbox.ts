import { vi } from 'vitest'
import type { Receive } from '../../src/channels/channel.js'
import { type IncomingMessage, incomingSchema } from '../../src/kernel/message.js'

/** A picture of one pixel. */
export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** An inbox for tests: keeps what it takes, and can refuse. */
export interface TestInbox {
  readonly receive: Receive
  readonly taken: readonly IncomingMessage[]
  /** Refuses the next `count` calls, storing nothing. */
  refuse(count: number): void
  /** Calls that were refused so far. */
  refusals(): number
  /** Resolves once `count` messages were taken. */
  until(count: number): Promise<readonly IncomingMessage[]>
}

/** Each message must be one the real inbox could store. */
export function createTestInbox(): TestInbox {
  const taken: IncomingMessage[] = []
  let refusing = 0
  let refused = 0
  return {
    taken,
    receive: async (messages) => {
      if (refusing > 0) {
        refusing -= 1
        refused += 1
        throw new Error('the disk is full')
      }
      for (const message of messages) taken.push(incomingSchema.parse(message))
    },
    refuse: (count) => {
      refusing = count
    },
    refusals: () => refused,
    until: async (count) => {
      await vi.waitUntil(() => taken.length >= count, { timeout: 8000, interval: 5 })
      return taken
    },
  }
}
