import { randomBytes } from 'node:crypto'
import type { SandboxEvent } from './types.js'

export interface FeedItem {
  /** `<start of the service>-<number>`: an id of an earlier start is told from one of this. */
  readonly id: string
  readonly event: SandboxEvent
}

type FeedListener = (item: FeedItem) => void

export interface Feed {
  publish(event: SandboxEvent): void
  /** Calls `listener` for each event from now on, and `ended` once when the feed closes; answers how to stop. */
  subscribe(listener: FeedListener, ended?: () => void): () => void
  /** Id of the newest event. */
  lastId(): string
  /** Events after `id`, or null when they are no longer all known and the page must read again what it shows. */
  since(id: string): readonly FeedItem[] | null
  /** Ends all subscriptions. */
  close(): void
}

/** Events of the open pages, with the last `kept` remembered for pages whose connection broke. */
export function createFeed(kept = 1000): Feed {
  const start = randomBytes(4).toString('hex')
  const recent: FeedItem[] = []
  const listeners = new Map<FeedListener, (() => void) | undefined>()
  let count = 0

  return {
    publish(event) {
      count += 1
      const item = { id: `${start}-${count}`, event }
      recent.push(item)
      if (recent.length > kept) recent.shift()
      for (const listener of [...listeners.keys()]) listener(item)
    },
    subscribe(listener, ended) {
      listeners.set(listener, ended)
      return () => void listeners.delete(listener)
    },
    lastId: () => `${start}-${count}`,
    since(id) {
      const [of, number] = id.split('-')
      const seen = Number(number)
      if (of !== start || !Number.isInteger(seen) || seen < 0 || seen > count) return null
      const missed = count - seen
      if (missed === 0) return []
      return missed > recent.length ? null : recent.slice(-missed)
    },
    close() {
      const all = [...listeners.values()]
      listeners.clear()
      for (const ended of all) ended?.()
    },
  }
}
