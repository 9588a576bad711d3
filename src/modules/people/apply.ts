import { z } from 'zod'
import { migrateChat } from '../../community/chats.js'
import type { Tx } from '../../db/transaction.js'
import type { Cause, DomainEvent } from '../../kernel/module.js'

const claimSchema = z.object({
  kind: z.enum(['household', 'staff']),
  accountId: z.number(),
  subjectId: z.number(),
  name: z.string(),
})

export async function applyPersonEvent(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  switch (event.type) {
    case 'person.claimed': {
      const claim = claimSchema.parse(event.data)
      await tx.bindingClaim.updateMany({
        where: { accountId: claim.accountId, status: 'open' },
        data: { status: 'replaced', decidedAt: cause.now },
      })
      await tx.bindingClaim.create({
        data: {
          accountId: claim.accountId,
          kind: claim.kind,
          householdId: claim.kind === 'household' ? claim.subjectId : null,
          subjectId: claim.kind === 'staff' ? claim.subjectId : null,
          name: claim.name,
          createdAt: cause.now,
        },
      })
      return
    }
    case 'person.bound':
      return bound(tx, event, cause)
    case 'person.claim_refused':
      return settle(tx, event, 'refused', cause)
    case 'person.chat_bound': {
      const { chatId, kind, gridId } = z
        .object({ chatId: z.number(), kind: z.string(), gridId: z.number().nullable() })
        .parse(event.data)
      await tx.chat.update({
        where: { id: chatId },
        data: { kind, gridId, communityId: event.communityId, active: true },
      })
      return
    }
    case 'person.chat_reclaimed': {
      const to = z.object({ chatId: z.number(), channel: z.string(), conversation: z.string() }).parse(event.data)
      const old = await tx.chat.findUniqueOrThrow({ where: { id: to.chatId } })
      await migrateChat(tx, { chatId: old.id, channel: old.channel, conversation: old.externalId }, to.conversation)
      return
    }
    default:
      throw new Error(`people cannot apply ${event.type}`)
  }
}

async function settle(tx: Tx, event: DomainEvent, status: string, cause: Cause): Promise<void> {
  const { accountId } = claimSchema.parse(event.data)
  const { personId } = z.object({ personId: z.number().nullable() }).parse(event.data)
  const closed = await tx.bindingClaim.updateMany({
    where: { accountId, status: 'open' },
    data: { status, decidedById: personId, decidedAt: cause.now },
  })
  if (closed.count !== 1) throw new Error(`the claim of account ${accountId} is no longer open`)
}

async function bound(tx: Tx, event: DomainEvent, cause: Cause): Promise<void> {
  const claim = claimSchema.parse(event.data)
  await settle(tx, event, 'confirmed', cause)
  const personId = claim.kind === 'staff' ? claim.subjectId : await residentOf(tx, event.communityId, claim, cause)
  await tx.account.update({ where: { id: claim.accountId }, data: { personId } })
}

/** The person of that name in the household, made where the roster has none. */
async function residentOf(
  tx: Tx,
  communityId: number,
  claim: { subjectId: number; name: string },
  cause: Cause,
): Promise<number> {
  const known = await tx.person.findFirst({ where: { householdId: claim.subjectId, name: claim.name } })
  const person =
    known ??
    (await tx.person.create({
      data: { name: claim.name, householdId: claim.subjectId, communityId, createdAt: cause.now },
    }))
  const key = { personId: person.id, role: 'resident', scopeKind: 'community', scopeId: communityId }
  await tx.roleGrant.upsert({
    where: { personId_role_scopeKind_scopeId: key },
    create: { ...key, startsAt: cause.now },
    update: { endsAt: null },
  })
  return person.id
}
