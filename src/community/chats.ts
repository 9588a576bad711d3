import type { Tx } from '../db/transaction.js'

/**
 * A group that goes on under another id keeps its row, and with it its community and history. A row that the new id got
 * in the meantime gives way to it, as does what still waits to be sent to the old one.
 */
export async function migrateChat(
  tx: Tx,
  from: { chatId: number; channel: string; conversation: string },
  to: string,
): Promise<void> {
  const newcomer = await tx.chat.findUnique({
    where: { channel_externalId: { channel: from.channel, externalId: to } },
  })
  if (newcomer?.id === from.chatId) return
  if (newcomer) {
    await tx.chat.update({
      where: { id: newcomer.id },
      data: { externalId: `${to}#replaced-by-${from.chatId}`, active: false },
    })
    await tx.account.updateMany({ where: { lastGroupId: newcomer.id }, data: { lastGroupId: from.chatId } })
  }
  await tx.chat.update({ where: { id: from.chatId }, data: { externalId: to, active: true } })
  const old = { channel: from.channel, conversation: from.conversation }
  await tx.outboxMessage.updateMany({ where: { ...old, status: 'pending' }, data: { conversation: to } })
  await tx.offer.updateMany({ where: old, data: { conversation: to } })
  await tx.pendingQuestion.updateMany({ where: old, data: { conversation: to } })
}
