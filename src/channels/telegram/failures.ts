import { SendFailure } from '../../kernel/errors.js'
import { ApiFault } from './api.js'

/** What became of a send, in the kinds the outbox knows. */
export function toSendFailure(error: unknown): SendFailure {
  if (error instanceof SendFailure) return error
  if (!(error instanceof ApiFault)) return new SendFailure('unknown', String(error), { cause: error })
  const { code, message, parameters } = error
  const details = { cause: error }
  if (code === 429) {
    return new SendFailure('throttled', message, {
      ...details,
      retryAfterMs: (parameters.retryAfterSeconds ?? 30) * 1000,
    })
  }
  if (parameters.migrateTo) return new SendFailure('migrated', message, { ...details, to: parameters.migrateTo })
  if (code === 403) return new SendFailure('blocked', message, details)
  // A wrong or revoked token is the operator's to mend; the message itself is sound.
  if (code === 401 || code === 404) return new SendFailure('unreachable', message, details)
  if (code !== null && code < 500) return new SendFailure('rejected', message, details)
  return new SendFailure(error.taken === 'no' ? 'unreachable' : 'unknown', message, details)
}
