/**
 * Runs jobs one after another. The database has one writer in this process (docs/adr/001-database.md): a write that slips
 * between another transaction's statements would share its connection and die with its rollback.
 */
export interface Lane {
  /** Runs `job` after all that were queued before it. `front` jobs (group commits of the inbox) pass waiting turns. */
  run<T>(job: () => Promise<T> | T, front?: boolean): Promise<T>
  /** Resolves when nothing is running or waiting. */
  idle(): Promise<void>
}

export function createLane(): Lane {
  const front: (() => Promise<void>)[] = []
  const back: (() => Promise<void>)[] = []
  let running = false
  let waiters: (() => void)[] = []

  async function drain(): Promise<void> {
    running = true
    while (front.length > 0 || back.length > 0) {
      const first = front.shift()
      if (first) await first()
      else {
        await back.shift()?.()
        await letOthersIn()
      }
    }
    running = false
    const done = waiters
    waiters = []
    for (const resolve of done) resolve()
  }

  return {
    run: (job, first = false) =>
      new Promise((resolve, reject) => {
        const task = async () => {
          try {
            resolve(await job())
          } catch (error) {
            reject(error)
          }
        }
        ;(first ? front : back).push(task)
        if (!running) void drain()
      }),
    idle: () => (running ? new Promise((resolve) => waiters.push(resolve)) : Promise.resolve()),
  }
}

/**
 * SQLite answers within the call, so jobs alone would follow each other without the event loop ever taking in a
 * message. Two rounds of it: what the first one reads asks for its group commit in the second, before the next job.
 */
function letOthersIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}
