import type { Channel } from '../channels/channel.js'
import type { Database } from '../db/client.js'

export interface Health {
  /** down: it does not do its work; degraded: somebody should look; both are told apart by the parts below. */
  readonly status: 'ok' | 'degraded' | 'down'
  readonly version: string
  readonly database: { readonly ok: boolean; readonly provider: string }
  readonly inbox: { readonly waiting: number; readonly oldestSeconds: number } | null
  /** `failed` and `unknown` are those of the last day. */
  readonly outbox: { readonly waiting: number; readonly failed: number; readonly unknown: number } | null
  readonly channels: Readonly<Record<string, string>>
  /** Slots of jobs that were given up within the last day: too old, failed to the end, or a clock that was wrong. */
  readonly jobs: { readonly missed: number } | null
  /** The last balance of received against acted on, left alone, set aside and waiting. */
  readonly accounting: { readonly balanced: boolean; readonly at: string } | null
}

/** A message that waits this long says that nothing is handled any more. */
const STUCK_SECONDS = 600
const DAY_MS = 86_400_000

export interface HealthSources {
  readonly db: Pick<Database, 'read' | 'provider'>
  readonly channels: readonly Channel[]
  readonly version: string
  readonly now: Date
}

/** Asks every part how it is. Never throws: a database that does not answer is an answer. */
export async function readHealth({ db, channels, version, now }: HealthSources): Promise<Health> {
  // Only the state: the detail may hold a link that signs the account in.
  const states = Object.fromEntries(channels.map((channel) => [channel.name, channel.status().state]))
  const base = { version, channels: states }
  try {
    const stored = await readStored(db, now)
    const down = stored.inbox.oldestSeconds > STUCK_SECONDS || stored.accounting?.balanced === false
    const offline = Object.values(states).some((state) => state === 'offline' || state === 'waiting_for_login')
    const degraded = offline || stored.outbox.failed > 0 || stored.outbox.unknown > 0 || stored.jobs.missed > 0
    const status = down ? 'down' : degraded ? 'degraded' : 'ok'
    return { status, ...base, database: { ok: true, provider: db.provider }, ...stored }
  } catch {
    const database = { ok: false, provider: db.provider }
    return { status: 'down', ...base, database, inbox: null, outbox: null, jobs: null, accounting: null }
  }
}

async function readStored(db: HealthSources['db'], now: Date) {
  const finishedAt = { gte: new Date(now.getTime() - DAY_MS) }
  const [waiting, oldest, unsent, failed, unknown, missed, check] = await Promise.all([
    db.read.inboxMessage.count({ where: { status: 'received' } }),
    db.read.inboxMessage.findFirst({
      where: { status: 'received' },
      orderBy: { id: 'asc' },
      select: { receivedAt: true },
    }),
    db.read.outboxMessage.count({ where: { status: { in: ['pending', 'sending'] } } }),
    db.read.outboxMessage.count({ where: { status: 'failed', finishedAt } }),
    db.read.outboxMessage.count({ where: { status: 'unknown', finishedAt } }),
    db.read.jobMiss.count({ where: { at: finishedAt } }),
    db.read.accountingCheck.findFirst({ orderBy: { id: 'desc' } }),
  ])
  const age = oldest ? Math.max(0, Math.round((now.getTime() - oldest.receivedAt.getTime()) / 1000)) : 0
  return {
    inbox: { waiting, oldestSeconds: age },
    outbox: { waiting: unsent, failed, unknown },
    jobs: { missed },
    accounting: check ? { balanced: check.balanced, at: check.at.toISOString() } : null,
  }
}
