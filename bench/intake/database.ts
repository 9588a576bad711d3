import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../src/db/client.js'
import { openConnection } from '../../src/db/sqlite-adapter.js'
import { seedDemo } from '../../src/demo/index.js'
import { GROUPS, groupId, TAPPER } from './update.js'

/** A migrated database with the demo community and its Telegram groups. Every server starts on a copy of it. */
export async function makeTemplate(folder: string): Promise<string> {
  const file = join(folder, 'template.db')
  const db = await openDatabase(`file:${file}`)
  const now = new Date()
  await seedDemo(db, now)
  await db.write(async (tx) => {
    const community = await tx.community.findFirstOrThrow()
    const group = (index: number) => ({
      channel: 'telegram',
      externalId: String(groupId(index)),
      kind: 'residents',
      name: '东湖社区居民群',
      communityId: community.id,
      createdAt: now,
    })
    await tx.chat.createMany({ data: Array.from({ length: GROUPS }, (_, index) => group(index)) })
    // Where the cards of new requests go, and a worker who takes them.
    await tx.chat.create({ data: { ...group(GROUPS), kind: 'workers', name: '东湖社区工作群' } })
    const worker = await tx.person.findFirstOrThrow({ where: { roles: { some: { role: 'worker' } } } })
    await tx.account.create({
      data: { channel: 'telegram', externalId: TAPPER, displayName: worker.name, personId: worker.id, createdAt: now },
    })
  })
  await db.close()
  return file
}

let copies = 0

/** A fresh copy of the template. */
export function copyOf(template: string, folder: string): string {
  copies += 1
  const file = join(folder, `${copies}.db`)
  copyFileSync(template, file)
  return file
}

export interface Stored {
  readonly rows: number
  /** The first row without its times, and the table's indexes: the same for all servers. */
  readonly sample: string
  readonly handled: number
  readonly requests: number
  readonly entries: number
  readonly outgoing: number
}

/** What a server that was killed left in its file. */
export function readStored(file: string): Stored {
  const db = openConnection(file)
  const count = (from: string) => (db.prepare(`SELECT count(*) AS n FROM ${from}`).get() as { n: number }).n
  const columns = 'channel, externalId, conversation, messageId, payload'
  const sample = db.prepare(`SELECT ${columns} FROM InboxMessage ORDER BY externalId LIMIT 1`).raw().get()
  const stored = {
    rows: count('InboxMessage'),
    sample: `${JSON.stringify(sample)}, ${count(`sqlite_master WHERE tbl_name = 'InboxMessage' AND type = 'index'`)} indexes`,
    handled: count(`InboxMessage WHERE status IN ('acted', 'left_alone')`),
    requests: count('Request'),
    entries: count('LedgerEntry'),
    outgoing: count('OutboxMessage'),
  }
  db.close()
  return stored
}

/** Milliseconds that a commit of one row takes on this disk: the median of 200. */
export function commitMs(file: string): number {
  const db = openConnection(file)
  db.exec('CREATE TABLE bench_commit (n INTEGER)')
  const insert = db.prepare('INSERT INTO bench_commit VALUES (1)')
  const times = Array.from({ length: 200 }, () => {
    const from = performance.now()
    insert.run()
    return performance.now() - from
  })
  db.close()
  return times.sort((a, b) => a - b)[100] ?? 0
}
