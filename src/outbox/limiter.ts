import type { ChannelLimits } from '../channels/channel.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/**
 * A message that went a little late, because the database had to be asked first, does not put off the next: else a
 * platform's thirty a second would become twenty-six. Small enough that no second holds more than it may.
 */
const CATCH_UP_MS = 19

/** Keeps one channel's limits. All times in ms since 1970. */
export interface Limiter {
  /** When a message to this conversation may go; `now` or earlier means at once. */
  readyAt(conversation: string, isGroup: boolean, now: number): number
  /** Notes that one was sent. */
  sent(conversation: string, now: number): void
  /** The platform asks us to wait: the conversation, or everything when none is named. */
  hold(until: number, conversation?: string): void
}

export function createLimiter(limits: ChannelLimits): Limiter {
  const last = new Map<string, number>()
  const held = new Map<string, number>()
  const minutely = createWindow(limits.perMinute, MINUTE_MS)
  const daily = createWindow(limits.perDay, DAY_MS)
  const groups = new Map<string, SlidingWindow>()
  let heldAll = 0
  let lastConversation = ''
  let nextAt = 0

  return {
    readyAt(conversation, isGroup) {
      return Math.max(
        heldAll,
        held.get(conversation) ?? 0,
        (last.get(conversation) ?? 0) + limits.perConversationMs,
        conversation === lastConversation ? 0 : nextAt,
        minutely.readyAt(),
        daily.readyAt(),
        isGroup ? (groups.get(conversation)?.readyAt() ?? 0) : 0,
      )
    },
    sent(conversation, now) {
      minutely.add(now)
      daily.add(now)
      const group = groups.get(conversation) ?? createWindow(limits.perGroupPerMinute, MINUTE_MS)
      group.add(now)
      groups.set(conversation, group)
      last.set(conversation, now)
      lastConversation = conversation
      nextAt =
        Math.max(nextAt, now - Math.min(CATCH_UP_MS, limits.betweenConversationsMs)) + limits.betweenConversationsMs
    },
    hold(until, conversation) {
      if (conversation === undefined) heldAll = Math.max(heldAll, until)
      else held.set(conversation, Math.max(held.get(conversation) ?? 0, until))
    },
  }
}

interface SlidingWindow {
  /** When the next may go. */
  readyAt(): number
  add(at: number): void
}

/**
 * At most `most` in any `ms`: the next waits until the one `most` before it has left the window. Only the newest `most`
 * instants matter, whatever was sent in a day, so both steps take constant time.
 */
function createWindow(most: number, ms: number): SlidingWindow {
  let instants: number[] = []
  let head = 0
  return {
    readyAt: () => (instants.length - head < most ? 0 : (instants[instants.length - most] ?? 0) + ms),
    add(at) {
      instants.push(at)
      while (head < instants.length && (instants[head] ?? 0) <= at - ms) head += 1
      if (head > 1024 && head > instants.length / 2) {
        instants = instants.slice(head)
        head = 0
      }
    },
  }
}
