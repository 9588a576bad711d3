/** Requests a token may make at once, and regains a second. */
const BURST = 60
const PER_SECOND = 10

export interface RateLimit {
  /** Takes one request; answers 0, or the seconds until there is one to take. */
  take(key: number, now: number): number
}

/** A bucket of requests for each key, kept in memory: a restart fills them. `now` in ms. */
export function createRateLimit(burst = BURST, perSecond = PER_SECOND): RateLimit {
  const buckets = new Map<number, { left: number; at: number }>()
  return {
    take(key, now) {
      const bucket = buckets.get(key) ?? { left: burst, at: now }
      const left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond)
      const enough = left >= 1
      buckets.set(key, { left: enough ? left - 1 : left, at: now })
      return enough ? 0 : Math.ceil((1 - left) / perSecond)
    },
  }
}
