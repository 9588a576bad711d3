import { sqlOf } from '../../db/sql.js'
import type { Tx } from '../../db/transaction.js'
import type { DomainEvent, Job } from '../../kernel/module.js'
import { ownerOf } from '../../ledger/subjects.js'
import { dropped } from './reactions.js'
import { texts } from './texts.js'

const DAY_MS = 86_400_000
/** Of one night; what is left goes the next. */
const MOST = 500

/** Every night drops the attachments of requests that were closed, and of visits that were made, long enough ago. */
export const dropOldAttachments: Job = {
  name: 'attachments.retention',
  cron: '37 3 * * *',
  catchUpMs: 7 * DAY_MS,
  catchUp: 'latest',
  plan: async (tx, community, _slot, now) => {
    const before = new Date(now.getTime() - community.settings.attachmentDays * DAY_MS)
    const bySubject = new Map<string, { id: number }[]>()
    for (const { id, subject } of await expired(tx, community.id, before)) {
      const rows = bySubject.get(subject) ?? []
      rows.push({ id })
      bySubject.set(subject, rows)
    }
    const events: DomainEvent[] = []
    for (const [subject, rows] of bySubject) {
      const owner = await ownerOf(tx, subject)
      if (owner) events.push(dropped({ ...owner, subject }, rows, texts.expired(rows.length), 'expired'))
    }
    return { events, drafts: [] }
  },
}

const expired = (tx: Tx, communityId: number, before: Date): Promise<{ id: number; subject: string }[]> =>
  sqlOf(tx).rows(
    `SELECT a.id, a.subject FROM "Attachment" a
       LEFT JOIN "Request" r ON a.subject LIKE 'request:%' AND r.number = substr(a.subject, 9)
       LEFT JOIN "Visit" v ON a.subject LIKE 'visit:%' AND v.key = substr(a.subject, 7)
     WHERE a.status <> 'dropped' AND a."createdAt" < ?
       AND ((r."communityId" = ? AND r.status = 'closed' AND r."closedAt" < ?) OR v."communityId" = ?)
     ORDER BY a.id LIMIT ?`,
    [before, communityId, before, communityId, MOST],
  )
