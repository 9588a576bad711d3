/** Why the bytes of an attachment are not kept. */
export const REFUSALS = ['too_large', 'type', 'gone', 'unreachable', 'too_many', 'full'] as const
export type Refusal = (typeof REFUSALS)[number]

/** What Telegram gives to bots, and more than a phone's picture needs. */
export const MOST_BYTES = 20 * 1024 * 1024
/** Attachments kept of one message. */
export const MOST_OF_A_MESSAGE = 10

/** What becomes of an attachment whose fetching failed. */
export type Verdict = { readonly kind: 'again'; readonly afterMs: number } | { readonly kind: 'refused' }

const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 3_600_000
/** About half a day of waits. */
const MAX_ATTEMPTS = 20
/** "Gone" may be a server that has not got it yet: asked a few times, not all day. */
const MAX_GONE = 4

const backoff = (attempts: number): number => Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS)

/** The retry policy, one line a kind of failure. `attempts` counts this one. */
export function judge(failure: Refusal | 'throttled', attempts: number, retryAfterMs?: number): Verdict {
  switch (failure) {
    case 'too_large':
    case 'type':
    case 'too_many':
      return { kind: 'refused' }
    case 'throttled':
      return { kind: 'again', afterMs: retryAfterMs ?? backoff(attempts) }
    case 'gone':
      return attempts < MAX_GONE ? { kind: 'again', afterMs: backoff(attempts) } : { kind: 'refused' }
    case 'unreachable':
    case 'full':
      return attempts < MAX_ATTEMPTS ? { kind: 'again', afterMs: backoff(attempts) } : { kind: 'refused' }
  }
}
