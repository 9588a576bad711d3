import type { Tx } from '../../db/transaction.js'
import { indexRequest, noteErasure } from '../search/write.js'
import { type DataSubject, messageIdsOf } from './person.js'

/** Stands where somebody's words stood. */
export const FORGOTTEN_WORDS = '（原话已按本人要求删除）'
const FORGOTTEN_NAME = '已注销'

/**
 * Makes somebody a stranger to us: accounts lose name, platform id and binding; the person name, phone and home; requests
 * keep what, when and which building, but neither words nor room; ratings keep the score. Done twice it changes nothing.
 * The words in the ledger are erased apart (`eraseEntries`).
 */
export async function forgetPerson(tx: Tx, subject: DataSubject): Promise<void> {
  const accountIds = [...subject.accountIds]
  const accounts = await tx.account.findMany({ where: { id: { in: accountIds } } })
  for (const account of accounts) {
    await forgetMessages(tx, account)
    await forgetAccount(tx, account)
  }
  await forgetRequests(tx, accountIds)
  // Also what they sent with requests of others. The files go once no row names them.
  await tx.attachment.deleteMany({ where: { accountId: { in: accountIds } } })
  await tx.satisfaction.updateMany({ where: { accountId: { in: accountIds } }, data: { reason: '' } })
  await tx.suspicion.updateMany({
    where: { accountId: { in: accountIds } },
    data: { text: FORGOTTEN_WORDS, room: null },
  })
  await tx.bindingClaim.updateMany({ where: { accountId: { in: accountIds } }, data: { name: '', householdId: null } })
  await tx.pendingQuestion.deleteMany({ where: { accountId: { in: accountIds } } })
  if (subject.personId !== null) await forgetRegister(tx, subject.personId)
}

type AccountRow = { id: number; channel: string; externalId: string; privateChat: string | null }

async function forgetAccount(tx: Tx, account: AccountRow): Promise<void> {
  const { id, channel, privateChat } = account
  await tx.account.update({
    where: { id },
    data: {
      externalId: `forgotten:${id}`,
      displayName: '',
      personId: null,
      privateChat: null,
      reachable: false,
      lastGroupId: null,
    },
  })
  if (privateChat === null) return
  const there = { channel, conversation: privateChat }
  await tx.offer.deleteMany({ where: there })
  await tx.outboxMessage.deleteMany({ where: { ...there, status: 'pending' } })
  await tx.outboxMessage.updateMany({
    where: { ...there, status: { in: ['sent', 'failed', 'unknown'] } },
    data: { payload: { text: '' }, conversation: `forgotten:${id}` },
  })
  await tx.chat.updateMany({
    where: { channel, externalId: privateChat },
    data: { externalId: `forgotten:${id}`, name: '', active: false },
  })
}

async function forgetMessages(tx: Tx, account: AccountRow): Promise<void> {
  for (const id of await messageIdsOf(tx, account)) {
    const row = await tx.inboxMessage.findUniqueOrThrow({ where: { id } })
    const payload = row.payload as Record<string, unknown>
    const event = payload.event as Record<string, unknown>
    const words = event.kind === 'text' || event.kind === 'edited' ? { text: '' } : {}
    await tx.inboxMessage.update({
      where: { id },
      data: {
        conversation: row.conversation === account.privateChat ? `forgotten:${account.id}` : row.conversation,
        payload: {
          ...payload,
          conversation: payload.isPrivate ? `forgotten:${account.id}` : (payload.conversation as string),
          sender: { id: `forgotten:${account.id}`, name: '' },
          event: {
            ...event,
            ...words,
            ...(event.kind === 'text' ? { attachments: [], quoted: undefined } : {}),
          } as object,
        },
      },
    })
  }
}

async function forgetRequests(tx: Tx, accountIds: number[]): Promise<void> {
  const requests = await tx.request.findMany({ where: { reporterId: { in: accountIds } } })
  if (requests.length > 0) await noteErasure(tx)
  for (const { id, number } of requests) {
    const data = { text: FORGOTTEN_WORDS, room: null, householdId: null }
    await indexRequest(tx, await tx.request.update({ where: { id }, data }))
    const subject = `request:${number}`
    await tx.attachment.deleteMany({ where: { subject } })
    await tx.outboxMessage.updateMany({
      where: { subject, status: { in: ['sent', 'failed', 'unknown'] } },
      data: { payload: { text: '' } },
    })
  }
  await tx.requestReporter.updateMany({
    where: { accountId: { in: accountIds } },
    data: { text: '', householdId: null },
  })
}

/** The register keeps that a household is there, not who asked to be forgotten. */
async function forgetRegister(tx: Tx, personId: number): Promise<void> {
  const person = await tx.person.findUnique({ where: { id: personId } })
  if (!person) return
  if (person.householdId !== null)
    await tx.household.updateMany({
      where: { id: person.householdId, headName: person.name },
      data: { headName: '', phone: '' },
    })
  await tx.roleGrant.deleteMany({ where: { personId } })
  await tx.person.update({
    where: { id: personId },
    data: { name: FORGOTTEN_NAME, phone: '', householdId: null, communityId: null },
  })
}
