import { z } from 'zod'
import type { Tx } from '../../db/transaction.js'
import type { DomainEvent, Draft, Reaction } from '../../kernel/module.js'
import { ownerOf } from '../../ledger/subjects.js'
import { texts } from './texts.js'

const NOTHING = { events: [], drafts: [] }
/** Of what was sent longer ago nobody is told: they would not know any more what it was. */
const FRESH_MS = 7 * 86_400_000

const refusedSchema = z.object({
  reason: z.string(),
  /** When it was sent. */
  at: z.iso.datetime().transform((text) => new Date(text)),
})

/** Whoever handles the request or made the visit hears once of each message and reason, in private where that is possible. */
export const tellRefused: Reaction = {
  on: ['attachment.refused'],
  react: async (tx, event, cause) => {
    const { reason, at } = refusedSchema.parse(event.data)
    const owner = await ownerOf(tx, event.subject)
    if (!owner || cause.now.getTime() - at.getTime() > FRESH_MS) return NOTHING
    const draft: Draft = {
      key: `attachment:${event.subject}:${at.getTime()}:${reason}`,
      to: owner.handlerId
        ? { kind: 'person', personId: owner.handlerId, communityId: owner.communityId }
        : { kind: 'managers', communityId: owner.communityId },
      text: texts.refused(await nameOf(tx, event.subject), event.text),
      priority: 'reply',
      subject: event.subject,
    }
    return { events: [], drafts: [draft] }
  },
}

async function nameOf(tx: Tx, subject: string): Promise<string> {
  const name = subject.slice(subject.indexOf(':') + 1)
  if (subject.startsWith('request:')) return texts.request(name)
  const visit = await tx.visit.findUnique({ where: { key: name }, select: { day: true } })
  return texts.visit(visit?.day ?? '')
}

const closedSchema = z.object({ resolution: z.string() })

/** What was no request after all is chatter: its pictures are not ours to keep. */
export const takenDown: Reaction = {
  on: ['request.closed'],
  react: async (tx, event) => {
    if (closedSchema.parse(event.data).resolution !== 'not_a_request') return NOTHING
    const rows = await tx.attachment.findMany({
      where: { subject: event.subject, status: { not: 'dropped' } },
      select: { id: true },
    })
    if (rows.length === 0) return NOTHING
    return { events: [dropped(event, rows, texts.takenDown(rows.length), 'taken_down')], drafts: [] }
  },
}

/** The event by which attachments of one subject go, attributed as `about` is. */
export const dropped = (
  about: Pick<DomainEvent, 'communityId' | 'subject' | 'page' | 'gridId' | 'householdId' | 'workerId'>,
  rows: readonly { readonly id: number }[],
  text: string,
  reason: 'expired' | 'taken_down',
): DomainEvent => {
  const { communityId, subject, page, gridId, householdId, workerId } = about
  const data = { ids: rows.map(({ id }) => id), reason }
  return { type: 'attachment.dropped', communityId, subject, page, gridId, householdId, workerId, text, data }
}
