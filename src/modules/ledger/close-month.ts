import type { Tx } from '../../db/transaction.js'
import { localDate } from '../../kernel/local-time.js'
import type { CommunityView, Decision, DomainEvent, Turn } from '../../kernel/module.js'
import { type ClosedMonth, monthsToClose, sealMonths } from '../../ledger/close.js'
import { say } from './commands/shared.js'
import { texts } from './texts.js'

/** Months that are closed together, oldest first. */
export type ClosePlan = readonly ClosedMonth[]

/** What closing the month means, with earlier months that were not closed yet; null when there is nothing to close. */
export async function planClose(tx: Tx, community: CommunityView, month: string): Promise<ClosePlan | null> {
  const monthOf = (at: Date) => localDate(at, community.timezone).slice(0, 7)
  const months = await monthsToClose(tx, community, month, monthOf)
  return months.length > 0 ? sealMonths(tx, community, months) : null
}

/** Each month is an entry of its own; the last fingerprint covers all before it, so one message is enough. */
export function closeDecision(community: CommunityView, plan: ClosePlan, turn: Turn | null): Decision {
  const last = plan.at(-1)
  if (!last) return { events: [], drafts: [] }
  const words = plan
    .map((close) => texts.closed(community.name, close.month, close.lastSeq - close.firstSeq + 1, close.fingerprint))
    .join('\n')
  const post = (groupKind: 'workers' | 'subdistrict') => ({
    key: `ledger-close:${community.id}:${last.month}:${groupKind}`,
    to: { kind: 'groups', communityId: community.id, groupKind } as const,
    text: words,
    priority: 'push' as const,
  })
  const here = turn && turn.place.kind === 'private' ? [say(turn, words)] : []
  return {
    events: plan.map((close) => closeEvent(community.id, close)),
    drafts: [...here, post('workers'), post('subdistrict')],
  }
}

function closeEvent(communityId: number, close: ClosedMonth): DomainEvent<ClosedMonth> {
  const { month, firstSeq, lastSeq, hash, fingerprint } = close
  return {
    type: 'ledger.closed',
    communityId,
    subject: `month:${month}`,
    page: 'ledger',
    text: texts.closedEvent(month, firstSeq, lastSeq, fingerprint),
    data: { communityId, month, firstSeq, lastSeq, hash, fingerprint },
  }
}
