import { setTimeout as sleep } from 'node:timers/promises'

/** Growing pauses between attempts that fail. */
export interface Backoff {
  /** Waits `factor` times the current pause, which doubles up to its bound; ends at once when aborted. */
  wait(factor?: number): Promise<void>
  reset(): void
}

/** Pauses from `firstMs`, doubling up to `mostMs`. */
export function createBackoff(firstMs: number, mostMs: number, signal: AbortSignal): Backoff {
  let pause = firstMs
  return {
    async wait(factor = 1) {
      const current = Math.min(pause * factor, mostMs)
      pause = Math.min(pause * 2, mostMs)
      await sleep(current, undefined, { signal }).catch(() => undefined)
    },
    reset: () => {
      pause = firstMs
    },
  }
}
