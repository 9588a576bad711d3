import type { SendFailureKind } from '../kernel/errors.js'

/** What becomes of a message whose sending failed. */
export type Verdict =
  | { readonly kind: 'again'; readonly afterMs: number; readonly holdChannel?: boolean }
  | { readonly kind: 'failed' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'fallback' }
  | { readonly kind: 'moved'; readonly to: string }

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 15 * 60_000
/** About a day of waits: after that the platform is not coming back for this message. */
const MAX_ATTEMPTS = 100

const backoff = (attempts: number): number => Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS)

/**
 * The retry policy, one line a kind of failure. `attempts` counts this one. Where the platform may have taken the message,
 * a warning of danger or an answer somebody waits for is sent once more rather than lost; a reminder or survey is not,
 * since two of them annoy more than one that an operator looks at.
 */
export function judge(
  failure: { kind: SendFailureKind; retryAfterMs?: number; to?: string },
  attempts: number,
  priority: string,
  hasFallback: boolean,
): Verdict {
  switch (failure.kind) {
    case 'throttled':
      return { kind: 'again', afterMs: failure.retryAfterMs ?? backoff(attempts), holdChannel: true }
    case 'unreachable':
      return attempts < MAX_ATTEMPTS ? { kind: 'again', afterMs: backoff(attempts) } : { kind: 'failed' }
    case 'unknown':
      return priority !== 'push' && attempts < 2 ? { kind: 'again', afterMs: backoff(attempts) } : { kind: 'unknown' }
    case 'blocked':
      return hasFallback ? { kind: 'fallback' } : { kind: 'failed' }
    case 'rejected':
      return hasFallback ? { kind: 'fallback' } : { kind: 'failed' }
    case 'migrated':
      return failure.to ? { kind: 'moved', to: failure.to } : { kind: 'failed' }
  }
}
