import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { FeedItem } from '../../channels/sandbox/feed.js'
import type { SandboxChannel } from '../../channels/sandbox/index.js'

/** Proxies and browsers take a silent connection for a dead one. */
const PING_MS = 20_000

/**
 * Everything that happens, as server-sent events. A page that comes back names the last event it saw, in
 * `Last-Event-ID` or `?after=`, and gets what it missed; when that is no longer known, `reset` tells it to read again.
 */
export function streamEvents(c: Context, { feed, clock }: SandboxChannel): Response {
  const seen = c.req.header('last-event-id') || c.req.query('after')
  c.header('X-Accel-Buffering', 'no')
  return streamSSE(c, async (stream) => {
    const missed = seen ? feed.since(seen) : []
    const queue: FeedItem[] = [...(missed ?? [])]
    const first = { event: missed ? 'hello' : 'reset', id: missed?.length ? seen : feed.lastId() }
    let open = true
    let wake = () => undefined as unknown
    const end = () => {
      open = false
      wake()
    }
    const leave = feed.subscribe((item) => {
      queue.push(item)
      wake()
    }, end)
    stream.onAbort(end)
    const ping = setInterval(() => void stream.write(': ping\n\n'), PING_MS)
    try {
      await stream.writeSSE({ ...first, data: JSON.stringify({ now: clock.now().getTime() }) })
      while (open) {
        const item = queue.shift()
        if (item) await stream.writeSSE({ id: item.id, event: item.event.kind, data: JSON.stringify(item.event) })
        else
          await new Promise((resolve) => {
            wake = () => resolve(undefined)
          })
      }
    } finally {
      clearInterval(ping)
      leave()
    }
  })
}
