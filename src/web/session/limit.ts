/** Keys held at once; beyond it the fullest buckets are forgotten first. */
const MOST_KEYS = 10_000

export interface Limiter {
  /** Takes one; answers 0, or the seconds until there is one to take. `now` in ms. */
  take(key: string, now: number): number
}

/** `burst` at once for each key, regained at `perSecond`; kept in memory: a restart fills them. */
export function createLimiter(burst: number, perSecond: number): Limiter {
  const buckets = new Map<string, { left: number; at: number }>()
  const fill = (bucket: { left: number; at: number }, now: number) =>
    Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond)
  const forgetFull = (now: number) => {
    for (const [key, bucket] of buckets) if (fill(bucket, now) >= burst) buckets.delete(key)
    // Many that are not full: an attack from many places. The oldest give way.
    for (const key of buckets.keys()) {
      if (buckets.size < MOST_KEYS) return
      buckets.delete(key)
    }
  }
  return {
    take(key, now) {
      if (buckets.size >= MOST_KEYS) forgetFull(now)
      const left = fill(buckets.get(key) ?? { left: burst, at: now }, now)
      const enough = left >= 1
      buckets.delete(key)
      buckets.set(key, { left: enough ? left - 1 : left, at: now })
      return enough ? 0 : Math.ceil((1 - left) / perSecond)
    },
  }
}
