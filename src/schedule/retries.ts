import type { CommunityView, Job } from '../kernel/module.js'

const FIRST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 30 * 60_000

interface Failing {
  readonly slot: Date
  readonly error: Error
  readonly attempts: number
  readonly notBefore: number
}

/**
 * Slots that failed and are tried again: after a minute, two, four, up to half an hour, for as long as the job may catch
 * up. Kept in memory: after a restart they are tried at once.
 */
export interface Retries {
  of(job: Job, community: CommunityView): Failing | undefined
  /** Whether the slot's turn has come; a slot that did not fail may always be tried. */
  mayTry(job: Job, community: CommunityView, slot: Date, now: Date): boolean
  /** Notes a failure; answers how many that makes. */
  failed(job: Job, community: CommunityView, slot: Date, error: Error, now: Date): number
  forget(job: Job, community: CommunityView): void
}

export function createRetries(): Retries {
  const failing = new Map<string, Failing>()
  const keyOf = (job: Job, community: CommunityView) => `${community.id} ${job.name}`
  const same = (one: Failing | undefined, slot: Date) => one?.slot.getTime() === slot.getTime()
  return {
    of: (job, community) => failing.get(keyOf(job, community)),
    mayTry: (job, community, slot, now) => {
      const known = failing.get(keyOf(job, community))
      if (!known || !same(known, slot)) return true
      // A clock that was put back must not hold it for longer than any wait lasts.
      return now.getTime() >= known.notBefore || known.notBefore - now.getTime() > LONGEST_WAIT_MS
    },
    failed: (job, community, slot, error, now) => {
      const known = failing.get(keyOf(job, community))
      const attempts = same(known, slot) ? (known?.attempts ?? 0) + 1 : 1
      const wait = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS)
      failing.set(keyOf(job, community), { slot, error, attempts, notBefore: now.getTime() + wait })
      return attempts
    },
    forget: (job, community) => void failing.delete(keyOf(job, community)),
  }
}
