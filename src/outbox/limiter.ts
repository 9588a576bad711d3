import type { ChannelLimits } from '../channels/channel.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

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
  let heldAll = 0
  let recent: { at: number; conversation: string }[] = []
  let lastConversation = ''
  let lastAt = 0

  const within = (ms: number, now: number, conversation?: string) =>
    recent.filter((one) => one.at > now - ms && (conversation === undefined || one.conversation === conversation))

  /** When the oldest of the last `most` messages leaves the window. */
  const windowReady = (sent: readonly { at: number }[], most: number, ms: number) =>
    sent.length < most ? 0 : (sent[sent.length - most]?.at ?? 0) + ms

  return {
    readyAt(conversation, isGroup, now) {
      const gap = conversation === lastConversation ? 0 : limits.betweenConversationsMs
      return Math.max(
        heldAll,
        held.get(conversation) ?? 0,
        (last.get(conversation) ?? 0) + limits.perConversationMs,
        lastAt + gap,
        windowReady(within(MINUTE_MS, now), limits.perMinute, MINUTE_MS),
        windowReady(recent, limits.perDay, DAY_MS),
        isGroup ? windowReady(within(MINUTE_MS, now, conversation), limits.perGroupPerMinute, MINUTE_MS) : 0,
      )
    },
    sent(conversation, now) {
      recent = recent.filter((one) => one.at > now - DAY_MS)
      recent.push({ at: now, conversation })
      last.set(conversation, now)
      lastConversation = conversation
      lastAt = now
    },
    hold(until, conversation) {
      if (conversation === undefined) heldAll = Math.max(heldAll, until)
      else held.set(conversation, Math.max(held.get(conversation) ?? 0, until))
    },
  }
}
