import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '../../src/db/client.js'
import { seedDemo } from '../../src/demo/index.js'
import type { DomainEvent } from '../../src/kernel/module.js'
import { appendEntries } from '../../src/ledger/entries.js'

export const COMMUNITY = 1
export const OCTOBER = new Date('2026-10-05T02:00:00Z')
export const NOVEMBER = new Date('2026-11-05T02:00:00Z')

export interface LedgerWorld {
  readonly db: Database
  readonly folder: string
  append(events: readonly Partial<DomainEvent>[], at?: Date, actor?: string): Promise<void>
  /** Changes the database behind the ledger's back. */
  tamper(...statements: string[]): Promise<void>
  close(): Promise<void>
}

/** A real database in a folder of its own with the demo community. */
export async function openLedgerWorld(): Promise<LedgerWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-ledger-'))
  const db = await openDatabase(`file:${folder}/linli.db`)
  await seedDemo(db, new Date('2026-10-01T00:00:00Z'))
  return {
    db,
    folder,
    append: (events, at = NOVEMBER, actor = 'account:1') =>
      db.write((tx) => appendEntries(tx, events.map(eventOf), { now: at, inboxId: null, actor })),
    tamper: async (...statements) => {
      await db.write(async (tx) => {
        for (const statement of statements) await tx.$executeRawUnsafe(statement)
      })
    },
    close: async () => {
      await db.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export const eventOf = (event: Partial<DomainEvent>): DomainEvent => ({
  type: 'note.written',
  communityId: COMMUNITY,
  subject: 'note:1',
  page: 'notes',
  text: '一条记录',
  data: {},
  ...event,
})

/** `count` entries with words of their own. */
export const notes = (count: number): Partial<DomainEvent>[] =>
  Array.from({ length: count }, (_, index) => ({
    text: `第${index + 1}件“事”\n3幢2单元电梯`,
    data: { z: index, a: { b: [1, null, '"引号"\u2028'] } },
    gridId: (index % 4) + 1,
  }))
