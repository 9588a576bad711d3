import { z } from 'zod'
import type { Tx } from '../../db/transaction.js'
import { customPageSchema } from '../../kernel/custom-page.js'
import type { Cause, DomainEvent } from '../../kernel/module.js'
import { logAccess } from '../../ledger/access.js'
import { eraseEntries } from '../../ledger/erase.js'
import { createInspectionLink, revokeInspectionLink } from '../../ledger/links.js'
import { forgetPerson } from '../../ledger/privacy/forget.js'
import { dropPage, keepPage } from './own-pages.js'

const closed = z.object({
  month: z.string(),
  firstSeq: z.number(),
  lastSeq: z.number(),
  hash: z.string(),
  fingerprint: z.string(),
})
const seqs = z.array(z.number())
const forgotten = z.object({
  personId: z.number().nullable(),
  accountIds: z.array(z.number()),
  householdId: z.number().nullable(),
  seqs,
})
const instant = z.iso.datetime().transform((text) => new Date(text))
const linkCreated = z.object({
  tokenHash: z.string(),
  label: z.string(),
  pages: z.array(z.string()),
  from: instant,
  to: instant,
  expiresAt: instant,
  createdById: z.number().nullable(),
})

/** Writes what the ledger's own events say. */
export async function applyLedgerEvent(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  const { communityId, data } = event
  const { now, actor } = cause
  switch (event.type) {
    case 'ledger.closed':
      await tx.ledgerClose.create({ data: { ...closed.parse(data), communityId, actor, closedAt: now } })
      return
    case 'ledger.erased':
      await eraseEntries(tx, communityId, z.object({ seqs }).parse(data).seqs, now)
      return
    case 'ledger.forgotten': {
      const subject = forgotten.parse(data)
      await eraseEntries(tx, communityId, subject.seqs, now)
      await forgetPerson(tx, subject)
      return
    }
    case 'ledger.exported':
      await logAccess(tx, {
        at: now,
        actor,
        action: 'export',
        subject: `community:${communityId}`,
        detail: event.subject,
      })
      return
    case 'ledger.link_created':
      await createInspectionLink(tx, { ...linkCreated.parse(data), communityId }, now)
      return
    case 'ledger.link_revoked':
      await revokeInspectionLink(tx, communityId, z.object({ id: z.number() }).parse(data).id, now)
      return
    case 'ledger.page_defined':
      await keepPage(tx, communityId, z.object({ page: customPageSchema }).parse(data).page)
      return
    case 'ledger.page_dropped':
      await dropPage(tx, communityId, z.object({ name: z.string() }).parse(data).name)
      return
    default:
      throw new Error(`unknown event ${event.type}`)
  }
}
