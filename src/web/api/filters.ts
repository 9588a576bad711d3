import { instant } from '../../kernel/local-time.js'
import type { Caller } from './token.js'

/**
 * The communities a query may read: those of the token, or the one it names among them. Of many communities most rows
 * pass: the double negation keeps the database from gathering and sorting them all, it walks the ids and stops early.
 */
export function inScope(caller: Caller, code: string | undefined) {
  const all = [...caller.communities]
  const ids = (code === undefined ? all : all.filter(([, community]) => community.code === code)).map(([id]) => id)
  return ids.length > 1 ? { NOT: { communityId: { notIn: ids } } } : { communityId: { in: ids } }
}

/** As above: most requests are closed. */
export function withStatus(statuses: readonly string[] | undefined) {
  if (!statuses) return {}
  return statuses.includes('closed') ? { NOT: { status: { notIn: [...statuses] } } } : { status: { in: [...statuses] } }
}

/** A half-open range of instants; a day without a time begins at midnight in `timezone`. */
export function timeRange(since: string | undefined, until: string | undefined, timezone: string) {
  const toInstant = (text: string) => (text.includes('T') ? new Date(text) : instant(text, 0, 0, timezone))
  if (since === undefined && until === undefined) return undefined
  return {
    ...(since === undefined ? {} : { gte: toInstant(since) }),
    ...(until === undefined ? {} : { lt: toInstant(until) }),
  }
}
