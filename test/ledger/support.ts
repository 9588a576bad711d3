import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '../../src/db/client.js'
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

/** A real database in a folder of its own with one small community. */
export async function openLedgerWorld(): Promise<LedgerWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-ledger-'))
  const db = await openDatabase(`file:${folder}/linli.db`)
  await seed(db)
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

/** 百合社区 with four grids; 王芳 works there, 张爱丽 lives in 3-2-501 and has an account. */
export async function seed(db: Database): Promise<void> {
  const createdAt = new Date('2026-10-01T00:00:00Z')
  await db.write(async (tx) => {
    const district = await tx.district.create({ data: { code: 'YZ', name: '鄞州区' } })
    const subdistrict = await tx.subdistrict.create({ data: { code: 'BZ', name: '百丈街道', districtId: district.id } })
    const place = { timezone: 'Asia/Shanghai', settings: {}, subdistrictId: subdistrict.id }
    const community = await tx.community.create({ data: { code: 'BH', name: '百合社区', ...place } })
    const communityId = community.id
    for (const number of [1, 2, 3, 4])
      await tx.grid.create({ data: { code: `BH-0${number}`, name: `第${number}网格`, communityId } })
    const home = { gridId: 1, communityId, building: '3', unit: '2', room: '501', phone: '13812345678' }
    const household = await tx.household.create({ data: { ...home, headName: '张爱丽' } })
    const worker = await tx.person.create({ data: { name: '王芳', staffNo: 'W01', communityId, createdAt } })
    const grant = { scopeKind: 'community', scopeId: communityId, startsAt: createdAt }
    await tx.roleGrant.create({ data: { personId: worker.id, role: 'worker', ...grant } })
    const resident = await tx.person.create({
      data: { name: '张爱丽', phone: home.phone, communityId, householdId: household.id, createdAt },
    })
    await tx.account.create({
      data: { channel: 'sandbox', externalId: 'aili', displayName: '爱丽', personId: resident.id, createdAt },
    })
  })
}
