import { z } from 'zod'
import type { Tx } from '../../db/transaction.js'
import { type AttachmentRef, attachmentSchema } from '../../kernel/message.js'
import type { Cause, DomainEvent } from '../../kernel/module.js'
import { takeNumber } from '../../ledger/numbering.js'
import { exampleKept, settled, suspected } from './apply-suspicion.js'
import { addressSchema, guarded } from './guarded.js'
import type { Logged } from './types.js'

const ISO = z.string().transform((text) => new Date(text))

/** Writes what a request event says into the tables. Changes are guarded by the state they assume. */
export async function applyRequestEvent(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  switch (event.type) {
    case 'request.logged':
      return logged(tx, event, event.data as Logged, cause)
    case 'request.suspected':
      return suspected(tx, event, cause)
    case 'request.suspicion_settled':
      return settled(tx, event, cause)
    case 'request.example_kept':
      return exampleKept(tx, event, cause)
    default:
      await changed(tx, event, cause)
      return keepAttachments(tx, event, attachmentsIn(event), speakerOf(cause), cause)
  }
}

/** Whatever is said of a request may bring pictures. */
const attachmentsIn = (event: DomainEvent): readonly AttachmentRef[] =>
  z.object({ attachments: z.array(attachmentSchema).default([]) }).parse(event.data).attachments

const speakerOf = ({ actor }: Cause): number | null => {
  const [, id] = /^account:(\d+)$/.exec(actor) ?? []
  return id === undefined ? null : Number(id)
}

async function logged(tx: Tx, event: DomainEvent, data: Logged, cause: Cause): Promise<void> {
  await takeNumber(tx, event.communityId, 'request', data.number)
  await tx.request.create({
    data: {
      number: data.number,
      kind: data.kind,
      communityId: event.communityId,
      gridId: event.gridId ?? null,
      householdId: event.householdId ?? null,
      workerId: event.workerId ?? null,
      reporterId: data.reporterId,
      chatId: data.chatId,
      category: data.category,
      urgent: data.urgent,
      text: data.text,
      building: data.address.building,
      unit: data.address.unit,
      room: data.address.room,
      status: event.workerId ? 'assigned' : 'new',
      createdAt: cause.now,
      acceptBy: new Date(data.acceptBy),
      closeBy: new Date(data.closeBy),
      reporters: {
        create: {
          accountId: data.reporterId,
          householdId: event.householdId ?? null,
          kind: 'reporter',
          chatId: data.chatId,
          text: data.text,
          at: cause.now,
        },
      },
    },
  })
  await keepAttachments(tx, event, data.attachments, data.reporterId, cause)
}

/** References only: their bytes are fetched once this transaction is committed. */
async function keepAttachments(
  tx: Tx,
  event: DomainEvent,
  attachments: readonly AttachmentRef[],
  accountId: number | null,
  cause: Cause,
): Promise<void> {
  if (attachments.length === 0) return
  await tx.attachment.createMany({
    data: attachments.map((one) => ({
      channel: one.reference.split(':')[0] ?? '',
      reference: one.reference,
      mime: one.mime,
      name: one.name ?? '',
      accountId,
      subject: event.subject,
      createdAt: cause.now,
    })),
  })
}

const numbered = z.object({ number: z.string() })
const OPEN = ['new', 'assigned', 'in_progress', 'waiting']

/** Events of a request that exists. */
async function changed(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  const { number } = numbered.parse(event.data)
  const open = { number, status: { in: OPEN } }
  switch (event.type) {
    case 'request.accepted': {
      const { workerId } = z.object({ workerId: z.number().nullable() }).parse(event.data)
      return guarded(
        tx.request.updateMany({
          where: { number, status: { in: ['new', 'assigned'] } },
          data: { status: 'in_progress', acceptedAt: cause.now, workerId },
        }),
        event,
      )
    }
    case 'request.noted':
      return guarded(tx.request.updateMany({ where: open, data: { status: 'in_progress', waitingUntil: null } }), event)
    case 'request.transferred': {
      const { workerId, acceptBy } = z.object({ workerId: z.number(), acceptBy: ISO.nullable() }).parse(event.data)
      const data = { workerId, status: 'assigned', ...(acceptBy ? { acceptBy, acceptStep: 0 } : {}) }
      return guarded(tx.request.updateMany({ where: open, data }), event)
    }
    case 'request.paused': {
      const { until } = z.object({ until: ISO.nullable() }).parse(event.data)
      return guarded(tx.request.updateMany({ where: open, data: { status: 'waiting', waitingUntil: until } }), event)
    }
    case 'request.resumed':
      return resumed(tx, number, cause)
    case 'request.closed':
      return closed(tx, event, number, cause)
    case 'request.contested': {
      const terms = z.object({ acceptBy: ISO, closeBy: ISO }).parse(event.data)
      const reopened = { status: 'assigned', resolution: null, closedAt: null, acceptStep: 0, closeStep: 0 }
      return guarded(
        tx.request.updateMany({
          where: { number, status: 'closed', contestedAt: null },
          data: { ...reopened, ...terms, contestedAt: cause.now },
        }),
        event,
      )
    }
    case 'request.chased':
      return guarded(
        tx.request.updateMany({ where: open, data: { chasedAt: cause.now, chases: { increment: 1 } } }),
        event,
      )
    case 'request.joined':
      return joined(tx, event, number, cause)
    case 'request.merged':
      return merged(tx, event, number, cause)
    case 'request.unmerged':
      return guarded(
        tx.request.updateMany({
          where: { number, mergedIntoId: { not: null } },
          data: { mergedIntoId: null, status: 'assigned', resolution: null, resolutionNote: null, closedAt: null },
        }),
        event,
      )
    case 'request.recategorised': {
      const { category } = z.object({ category: z.string() }).parse(event.data)
      return guarded(tx.request.updateMany({ where: { number }, data: { category } }), event)
    }
    case 'request.readdressed': {
      const { address, ...place } = z
        .object({
          address: addressSchema,
          householdId: z.number().nullable(),
          gridId: z.number().nullable(),
          workerId: z.number().nullable(),
        })
        .parse(event.data)
      return guarded(tx.request.updateMany({ where: { number }, data: { ...address, ...place } }), event)
    }
    case 'request.rated':
      return rated(tx, event, number, cause)
    case 'request.rating_explained': {
      const { closing, accountId, reason } = z
        .object({ closing: z.number(), accountId: z.number(), reason: z.string() })
        .parse(event.data)
      await tx.satisfaction.updateMany({ where: { request: { number }, closing, accountId }, data: { reason } })
      return
    }
    case 'request.escalated': {
      const { term, step } = z.object({ term: z.enum(['accept', 'close']), step: z.number() }).parse(event.data)
      const column = term === 'accept' ? 'acceptStep' : 'closeStep'
      return guarded(
        tx.request.updateMany({ where: { number, [column]: { lt: step } }, data: { [column]: step } }),
        event,
      )
    }
    case 'request.detail_added':
    case 'request.joined_by':
    case 'request.feedback_given':
      return
    default:
      throw new Error(`requests cannot apply ${event.type}`)
  }
}

async function resumed(tx: Tx, number: string, cause: Cause): Promise<void> {
  const row = await tx.request.findUnique({
    where: { number },
    select: { status: true, waitingUntil: true, closeBy: true },
  })
  if (row?.status !== 'waiting') return
  // The term rested: work that waited until today has until tomorrow at least.
  const least = new Date(cause.now.getTime() + 24 * 3_600_000)
  await tx.request.updateMany({
    where: { number, status: 'waiting' },
    data: { status: 'in_progress', waitingUntil: null, closeBy: row.closeBy > least ? row.closeBy : least },
  })
}

const closedSchema = z.object({ resolution: z.string(), words: z.string(), closing: z.number() })

async function closed(tx: Tx, event: DomainEvent, number: string, cause: Cause): Promise<void> {
  const { resolution, words, closing } = closedSchema.parse(event.data)
  const data = {
    status: 'closed',
    resolution,
    resolutionNote: words,
    closedAt: cause.now,
    closings: closing,
    waitingUntil: null,
  }
  await guarded(tx.request.updateMany({ where: { number, status: { in: OPEN } }, data }), event)
}

async function joined(tx: Tx, event: DomainEvent, number: string, cause: Cause): Promise<void> {
  const data = z
    .object({ accountId: z.number(), householdId: z.number().nullable(), chatId: z.number(), words: z.string() })
    .parse(event.data)
  const { id } = await tx.request.findUniqueOrThrow({ where: { number }, select: { id: true } })
  const { words, ...rest } = data
  await tx.requestReporter.create({ data: { requestId: id, ...rest, kind: 'metoo', text: words, at: cause.now } })
}

async function merged(tx: Tx, event: DomainEvent, number: string, cause: Cause): Promise<void> {
  const { into } = z.object({ into: z.string() }).parse(event.data)
  const target = await tx.request.findUniqueOrThrow({ where: { number: into }, select: { id: true } })
  await guarded(
    tx.request.updateMany({
      where: { number, status: { in: OPEN } },
      data: {
        mergedIntoId: target.id,
        status: 'closed',
        resolution: 'duplicate',
        resolutionNote: `并入 ${into}`,
        closedAt: cause.now,
      },
    }),
    event,
  )
}

const ratedSchema = z.object({ closing: z.number(), accountId: z.number(), score: z.string(), solved: z.string() })

async function rated(tx: Tx, event: DomainEvent, number: string, cause: Cause): Promise<void> {
  const data = ratedSchema.parse(event.data)
  const { id } = await tx.request.findUniqueOrThrow({ where: { number }, select: { id: true } })
  await tx.satisfaction.create({
    data: { requestId: id, ...data, workerId: event.workerId ?? null, gridId: event.gridId ?? null, at: cause.now },
  })
}
