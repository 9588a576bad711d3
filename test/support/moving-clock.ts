const HOUR_MS = 3_600_000

/** A clock that a test moves; `runDue` does what has fallen due. */
export interface MovingClock {
  now(): Date
  /** A second goes by, as after each thing that is said. */
  tick(): void
  /** Hour by hour, running what falls due on the way. */
  advance(span: { minutes?: number; hours?: number; days?: number }): Promise<void>
  /** At once, as if the service had been down in between. */
  jump(span: { days: number }): Promise<void>
  /** Hour by hour to a local time, such as `2026-11-23 08:40`. */
  advanceTo(localTime: string): Promise<void>
  /** At once to a local time. */
  jumpTo(localTime: string): Promise<void>
}

export function createMovingClock(start: string, runDue: () => Promise<void>): MovingClock {
  let now = new Date(start)
  const local = (time: string): number => Date.parse(`${time.replace(' ', 'T')}:00+08:00`)
  const set = (at: number) => {
    now = new Date(at)
  }

  async function advanceUntil(target: number): Promise<void> {
    while (now.getTime() < target) {
      set(Math.min(target, now.getTime() + HOUR_MS))
      await runDue()
    }
  }

  return {
    now: () => now,
    tick: () => set(now.getTime() + 1000),
    advance: ({ minutes = 0, hours = 0, days = 0 }) =>
      advanceUntil(now.getTime() + minutes * 60_000 + (hours + days * 24) * HOUR_MS),
    jump: async ({ days }) => {
      set(now.getTime() + days * 24 * HOUR_MS)
      await runDue()
    },
    advanceTo: async (localTime) => {
      if (local(localTime) < now.getTime()) throw new Error('the clock only moves forward')
      await advanceUntil(local(localTime))
    },
    jumpTo: async (localTime) => {
      set(local(localTime))
      await runDue()
    },
  }
}
