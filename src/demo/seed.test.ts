import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../db/client.js'
import { demoPeople, seedDemo } from './index.js'

const NOW = new Date('2026-11-22T01:00:00Z')
let folder: string
let db: Database

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-demo-'))
  db = await openDatabase(`file:${folder}/demo.db`)
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

describe('the demo community', () => {
  it('has four grids of 250 households, each with its worker', async () => {
    expect(await seedDemo(db, NOW)).toBe(true)
    const grids = await db.read.grid.findMany({
      orderBy: { code: 'asc' },
      include: { _count: { select: { households: true } }, assignments: { include: { person: true } } },
    })
    expect(grids.map((grid) => [grid._count.households, ...grid.assignments.map((a) => a.person.name)])).toEqual([
      [250, '王芳'],
      [250, '李强'],
      [250, '张敏'],
      [250, '陈军'],
    ])
  })

  it('varies tiers and occupancy, and keeps vacant flats nameless', async () => {
    await seedDemo(db, NOW)
    const tiers = await db.read.household.groupBy({ by: ['tier'], _count: true })
    expect(tiers.every((tier) => tier._count >= 10)).toBe(true)
    expect(tiers).toHaveLength(3)
    expect(await db.read.household.groupBy({ by: ['occupancy'], _count: true })).toHaveLength(3)
    expect(await db.read.household.count({ where: { occupancy: 'vacant', headName: { not: '' } } })).toBe(0)
  })

  it('binds its people to homes and conversations', async () => {
    await seedDemo(db, NOW)
    const aili = await db.read.account.findUniqueOrThrow({
      where: { channel_externalId: { channel: 'sandbox', externalId: 'resident-aili' } },
      include: { person: { include: { household: true, roles: true } } },
    })
    expect(aili.privateChat).toBe('private:resident-aili')
    expect(aili.person?.household).toMatchObject({ building: '3', unit: '2', room: '501', headName: '张爱丽' })
    expect(aili.person?.roles.map((grant) => grant.role)).toEqual(['resident'])
    const homeless = await db.read.person.count({ where: { staffNo: null, householdId: null } })
    expect(homeless).toBe(0)
    const strangers = await db.read.account.findMany({ where: { personId: null } })
    expect(strangers.map((account) => account.externalId)).toEqual(['stranger'])
    const unreachable = await db.read.account.findMany({ where: { privateChat: null }, orderBy: { id: 'asc' } })
    expect(unreachable.map((account) => account.displayName)).toEqual(['老周', '大伟', '路人'])
    expect(await db.read.account.count()).toBe(demoPeople.length)
  })

  it('leaves a database in use alone', async () => {
    await seedDemo(db, NOW)
    expect(await seedDemo(db, NOW)).toBe(false)
    expect(await db.read.household.count()).toBe(1000)
  })
})
