import type { Tx } from '../db/transaction.js'

/** A look at personal data: who (person:3, account:12, link:4, cli:name), what they did, at what. */
export interface Access {
  readonly at: Date
  readonly actor: string
  readonly action: string
  /** What was looked at, such as household:17 or community:1. */
  readonly subject: string
  readonly detail?: string
}

/** Notes a look at personal data, in the transaction that answers it: what cannot be noted is not shown. */
export async function logAccess(tx: Tx, { at, actor, action, subject, detail = '' }: Access): Promise<void> {
  await tx.accessLog.create({ data: { at, actor, action, subject, detail } })
}
