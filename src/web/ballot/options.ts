import type { Database } from '../../db/client.js'
import type { BallotBooth } from '../../kernel/ballot-page.js'
import type { Clock } from '../../kernel/clock.js'
import type { Module } from '../../kernel/module.js'

export interface BallotOptions {
  readonly db: Database
  readonly modules: readonly Module[]
  readonly booth: BallotBooth
  readonly clock: Clock
}

/** Where the pages are mounted. One address for all of them: no log of addresses tells which question somebody was at. */
export const BALLOT = '/ballot'
