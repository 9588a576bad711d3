import type { Database } from '../../src/db/client.js'

/** Ids of one platform for what the demo calls `worker-wangfang` or `group:workers`. */
export type IdOf = (demoId: string) => string

/** Moves the demo's accounts and conversations from the sandbox to another channel, under that channel's own ids. */
export async function rebindDemo(db: Database, channel: string, idOf: IdOf): Promise<void> {
  const conversation = (id: string) => idOf(id.replace(/^private:/, ''))
  await db.write(async (tx) => {
    for (const account of await tx.account.findMany())
      await tx.account.update({
        where: { id: account.id },
        data: {
          channel,
          externalId: idOf(account.externalId),
          privateChat: account.privateChat && conversation(account.privateChat),
        },
      })
    for (const chat of await tx.chat.findMany())
      await tx.chat.update({ where: { id: chat.id }, data: { channel, externalId: conversation(chat.externalId) } })
  })
}
