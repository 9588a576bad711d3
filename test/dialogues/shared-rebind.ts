import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '../../src/db/client.js'
import { seedDemo } from '../../src/demo/index.js'

/** Sunday morning in Ningbo. */
export const START = '2026-11-22T01:14:00Z'

let template: Promise<string> | undefined

async function makeTemplate(): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'linli-template-')), 'template.db')
  const db = await openDatabase(`file:${file}`)
  await seedDemo(db, new Date(START))
  await db.close()
  return file
}

/** Copies a seeded demo to `file`; migrating and seeding happen once a process. */
export async function copyDemo(file: string): Promise<void> {
  template ??= makeTemplate()
  copyFileSync(await template, file)
}

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
