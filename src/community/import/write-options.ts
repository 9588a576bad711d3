import type { OnProgress } from './roster.js'

export interface WriteOptions {
  readonly now: Date
  /** Time zone of communities that are new. */
  readonly timezone: string
  readonly onProgress?: OnProgress
}

/** What a community's code stands for, known to the steps that follow. */
export interface KnownCommunity {
  readonly id: number
  readonly subdistrictId: number
  readonly districtId: number
}
