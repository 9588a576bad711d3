import { instant } from '../../kernel/local-time.js'
import type { Caller } from './token.js'

/** The communities a query may read: those of the token, or the one it names among them. */
export function communitiesOf(caller: Caller, code: string | undefined): number[] {
  const all = [...caller.communities]
  return (code === undefined ? all : all.filter(([, community]) => community.code === code)).map(([id]) => id)
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
