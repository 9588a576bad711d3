import { z } from 'zod'
import type { Tx } from '../../db/transaction.js'
import type { Cause, DomainEvent } from '../../kernel/module.js'
import { addressSchema, guarded } from './guarded.js'

const suspectedSchema = z.object({
  gridId: z.number().nullable(),
  workerId: z.number().nullable(),
  accountId: z.number(),
  chatId: z.number(),
  inboxId: z.number(),
  text: z.string(),
  category: z.string(),
  urgent: z.boolean(),
  address: addressSchema,
})

export async function suspected(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  const { address, ...rest } = suspectedSchema.parse(event.data)
  await tx.suspicion.create({ data: { ...rest, ...address, communityId: event.communityId, createdAt: cause.now } })
}

const settledSchema = z.object({ id: z.number(), status: z.string(), personId: z.number().nullable() })

export async function settled(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  const { id, status, personId } = settledSchema.parse(event.data)
  await guarded(
    tx.suspicion.updateMany({
      where: { id, status: { in: ['open', 'asked'] } },
      data: { status, decidedById: personId, decidedAt: cause.now },
    }),
    event,
  )
}

const exampleSchema = z.object({
  text: z.string(),
  intent: z.string(),
  category: z.string().nullable(),
  urgent: z.boolean(),
  address: addressSchema,
  source: z.string(),
})

export async function exampleKept(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  const { address, ...rest } = exampleSchema.parse(event.data)
  await tx.labelledExample.create({ data: { ...rest, ...address, recordedAt: cause.now } })
}
