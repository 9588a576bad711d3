/**
 * Something that happened: past tense, such as request.logged. One event with a page writes one ledger entry in the
 * turn's transaction. `data` must be plain JSON; `apply` of the owning module changes the tables by it.
 */
export interface DomainEvent<Data extends object = object> {
  readonly type: string
  readonly communityId: number
  /** What it is about, such as request:FD-202611-0001 or household:17. */
  readonly subject: string
  /** Ledger page; null keeps it out of the ledger. */
  readonly page: string | null
  readonly gridId?: number | null
  readonly householdId?: number | null
  /** The worker responsible at this moment. */
  readonly workerId?: number | null
  /** Plain words for the ledger, zh-CN. */
  readonly text: string
  readonly data: Data
  readonly correctsSeq?: number
}

/** What caused an event: passed to `apply` and written to the ledger. */
export interface Cause {
  readonly now: Date
  readonly inboxId: number | null
  /** account:12 or job:requests.escalate. */
  readonly actor: string
}
