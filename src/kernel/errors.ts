/**
 * Why a send failed. The retry policy stands beside the outbox sender:
 * throttled: wait `retryAfterMs`; unreachable: the platform or network did not answer and the message was surely
 * not taken; unknown: it may have been taken, so it is not sent again by itself; rejected: the platform will never
 * take it; blocked: the person does not want it; migrated: the conversation moved to `to`.
 */
export type SendFailureKind = 'throttled' | 'unreachable' | 'unknown' | 'rejected' | 'blocked' | 'migrated'

export class SendFailure extends Error {
  override readonly name = 'SendFailure'
  constructor(
    readonly kind: SendFailureKind,
    message: string,
    readonly details: { readonly retryAfterMs?: number; readonly to?: string; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
  }
}

/**
 * Why the bytes of an attachment were not brought. The policy stands beside the keeper: gone: the platform does not have it
 * or does not give it out; too_large: more than the platform gives out; throttled: wait `retryAfterMs`; unreachable: no
 * answer, or one that broke off.
 */
export type FetchFailureKind = 'gone' | 'too_large' | 'throttled' | 'unreachable'

export class FetchFailure extends Error {
  override readonly name = 'FetchFailure'
  constructor(
    readonly kind: FetchFailureKind,
    message: string,
    readonly details: { readonly retryAfterMs?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
  }
}

/** A fault in what the operator configured or gave us; shown without a stack trace. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}
