import type { Tx } from '../db/transaction.js'
import type { CommunityView } from './community.js'
import type { Decision } from './decision.js'

/**
 * Work by the clock. A slot (job, community, time) runs once, whatever restarts; missed slots are caught up within
 * `catchUpMs`: all of them, or only the latest.
 */
export interface Job {
  readonly name: string
  /** Five fields, in the community's time zone. */
  readonly cron: string | ((community: CommunityView) => string)
  readonly catchUpMs: number
  readonly catchUp: 'latest' | 'all'
  plan(tx: Tx, community: CommunityView, slot: Date, now: Date): Promise<Decision>
}
