import type { Database } from '../db/client.js'

export interface Account {
  readonly received: number
  readonly acted: number
  readonly leftAlone: number
  readonly setAside: number
  readonly waiting: number
  /** Whether nothing was lost: every stored row is there, in exactly one state. */
  readonly balanced: boolean
}

/** Counts the inbox against what was stored since `base`, the count and stored figure of an earlier moment. */
export async function takeAccount(db: Database, base: { count: number; stored: number }): Promise<Account> {
  const stored = db.inbox.stored()
  const groups = await db.read.inboxMessage.groupBy({ by: ['status'], _count: { _all: true } })
  const of = (status: string) => groups.find((group) => group.status === status)?._count._all ?? 0
  const received = groups.reduce((sum, group) => sum + group._count._all, 0)
  const parts = { acted: of('acted'), leftAlone: of('left_alone'), setAside: of('set_aside'), waiting: of('received') }
  const known = parts.acted + parts.leftAlone + parts.setAside + parts.waiting
  // Rows may be added between the two readings, never taken away.
  const kept = received - base.count >= stored - base.stored
  return { received, ...parts, balanced: known === received && kept }
}
