import { migrateChat } from '../community/chats.js'
import type { Tx } from '../db/transaction.js'
import type { IncomingMessage } from '../kernel/message.js'
import type { Place } from '../kernel/module.js'

const KINDS: ReadonlySet<string> = new Set(['joined', 'left', 'migrated', 'reachable'])

/** Whether the message tells of a conversation or an account rather than of anything said. */
export const isHousekeeping = (message: IncomingMessage): boolean => KINDS.has(message.event.kind)

/** Keeps chats and accounts true to what the platform says of them: joined, left, moved to another id, blocked. */
export async function housekeep(tx: Tx, message: IncomingMessage, place: Place, accountId: number): Promise<void> {
  switch (message.event.kind) {
    case 'joined':
    case 'left':
      await tx.chat.update({ where: { id: place.chatId }, data: { active: message.event.kind === 'joined' } })
      return
    case 'migrated':
      await migrateChat(tx, place, message.event.to)
      return
    case 'reachable':
      await tx.account.update({ where: { id: accountId }, data: { reachable: message.event.reachable } })
      return
    default:
      return
  }
}
