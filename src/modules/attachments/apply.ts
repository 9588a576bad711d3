import { z } from 'zod'
import type { Tx } from '../../db/transaction.js'
import type { Cause, DomainEvent } from '../../kernel/module.js'

const keptSchema = z.object({ id: z.number(), sha256: z.string() })
const refusedSchema = z.object({ id: z.number(), reason: z.string() })
const droppedSchema = z.object({ ids: z.array(z.number()), reason: z.string() })

/** Writes what the events say. Bytes that no attachment names any more are removed soon after. */
export async function applyAttachmentEvent(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  const open = { in: ['waiting', 'fetching'] }
  switch (event.type) {
    case 'attachment.kept': {
      const { id, sha256 } = keptSchema.parse(event.data)
      return one(
        tx.attachment.updateMany({
          where: { id, status: open },
          data: { status: 'kept', sha256, reason: null, finishedAt: cause.now },
        }),
        event,
      )
    }
    case 'attachment.refused': {
      const { id, reason } = refusedSchema.parse(event.data)
      return one(
        tx.attachment.updateMany({
          where: { id, status: open },
          data: { status: 'refused', reason, finishedAt: cause.now },
        }),
        event,
      )
    }
    case 'attachment.dropped': {
      const { ids, reason } = droppedSchema.parse(event.data)
      // That there was one stays, and when; neither the bytes nor how to come by them.
      await tx.attachment.updateMany({
        where: { id: { in: ids } },
        data: { status: 'dropped', reason, sha256: null, name: '', reference: 'dropped', finishedAt: cause.now },
      })
      return
    }
    default:
      throw new Error(`attachments cannot apply ${event.type}`)
  }
}

/** The state the event assumes must hold, or the transaction is undone. */
async function one(update: Promise<{ count: number }>, event: DomainEvent): Promise<void> {
  if ((await update).count !== 1) throw new Error(`${event.type} no longer fits ${event.subject}`)
}
