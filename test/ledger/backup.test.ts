import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/client.js'
import { backUp, restore } from '../../src/ledger/backup.js'
import { type LedgerWorld, notes, openLedgerWorld } from './support.js'

const NOW = new Date('2026-11-22T01:00:00Z')
let world: LedgerWorld
let file: string
beforeEach(async () => {
  world = await openLedgerWorld()
  file = join(world.folder, 'backup.db')
})
afterEach(() => world.close())

async function entriesIn(path: string): Promise<number> {
  const db = await openDatabase(`file:${path}`)
  const count = await db.read.ledgerEntry.count()
  await db.close()
  return count
}

describe('a backup', () => {
  it('is whole and sound while the service writes on', async () => {
    await world.append(notes(20))
    const writing = (async () => {
      for (let round = 0; round < 10; round += 1) await world.append(notes(3))
    })()
    const backup = await backUp(world.db, file)
    await writing
    expect(backup.ledger.faults).toEqual([])
    expect(backup.ledger.entries).toBeGreaterThanOrEqual(20)
    expect(backup.bytes).toBe(readFileSync(file).length)
    expect(await entriesIn(file)).toBe(backup.ledger.entries)
    expect(await world.db.read.ledgerEntry.count()).toBe(50)
    expect(readdirSync(world.folder).filter((name) => name.includes('.part'))).toEqual([])
  })

  it('overwrites nothing', async () => {
    writeFileSync(file, 'mine')
    await expect(backUp(world.db, file)).rejects.toThrow('已经存在')
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('tells of a ledger that was tampered with before', async () => {
    await world.append(notes(3))
    await world.tamper('UPDATE "LedgerEntry" SET "text" = \'改\' WHERE seq = 2')
    const { ledger } = await backUp(world.db, file)
    expect(ledger.faults.map((fault) => fault.seq)).toEqual([2])
  })
})

describe('a restore', () => {
  it('puts everything back, search and counts too, and keeps what was there', async () => {
    await world.append(notes(5))
    await backUp(world.db, file)
    const target = join(world.folder, 'other.db')
    await world.append(notes(2))
    const later = join(world.folder, 'later.db')
    await backUp(world.db, later)
    copyFileSync(later, target)
    const { ledger, kept } = await restore(file, target, NOW)
    expect(ledger).toMatchObject({ entries: 5, faults: [] })
    expect(kept).toBe(`${target}.before-restore-20261122010000`)
    expect(existsSync(kept ?? '')).toBe(true)
    const db = await openDatabase(`file:${target}`)
    const found = await db.read.$queryRaw<unknown[]>`SELECT rowid FROM "EntrySearch"`
    expect(found).toHaveLength(5)
    expect(await db.read.ledgerRollup.count()).toBeGreaterThan(0)
    await db.close()
    expect(await entriesIn(kept ?? '')).toBe(7)
  })

  it('refuses while the database is in use', async () => {
    await backUp(world.db, file)
    await world.append(notes(2))
    await expect(restore(file, world.db.file ?? '', NOW)).rejects.toThrow('正在使用')
    expect(await world.db.read.ledgerEntry.count()).toBe(2)
  }, 60_000)

  it('refuses what is missing, damaged or not ours, and leaves the database alone', async () => {
    await world.append(notes(200))
    await backUp(world.db, file)
    const target = join(world.folder, 'other.db')
    await expect(restore(join(world.folder, 'none.db'), target, NOW)).rejects.toThrow('找不到')
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length / 2)))
    await expect(restore(file, target, NOW)).rejects.toThrow('已损坏')
    writeFileSync(file, '不是数据库'.repeat(1000))
    await expect(restore(file, target, NOW)).rejects.toThrow('已损坏')
    expect(existsSync(target)).toBe(false)
    expect(readdirSync(world.folder).filter((name) => name.includes('restoring'))).toEqual([])
  })
})
