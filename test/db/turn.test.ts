import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/client.js'
import { sqlOf } from '../../src/db/sql.js'

let folder: string
let db: Database
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-turn-'))
  db = await openDatabase(`file:${join(folder, 'turn.db')}`)
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

const INSERT = 'INSERT INTO "District" (code, name) VALUES (?, ?)'
const names = async () => (await db.read.district.findMany({ orderBy: { id: 'asc' } })).map(({ name }) => name)

it('commits what was written by plain SQL, with and without Prisma joining', async () => {
  await db.turn((sql) => sql.run(INSERT, ['1', 'plain']))
  await db.turn(async (sql, open) => {
    await sql.run(INSERT, ['2', 'before'])
    const tx = await open()
    await tx.district.create({ data: { code: '3', name: 'prisma' } })
    expect(await open()).toBe(tx)
    await sqlOf(tx).run(INSERT, ['4', 'after'])
  })
  expect(await names()).toEqual(['plain', 'before', 'prisma', 'after'])
})

it('undoes all of it when the work throws, before and after Prisma joined, and goes on', async () => {
  const fails = (joins: boolean) =>
    db.turn(async (sql, open) => {
      await sql.run(INSERT, ['1', 'lost'])
      if (joins) await (await open()).district.create({ data: { code: '2', name: 'lost too' } })
      throw new Error('no')
    })
  await expect(fails(false)).rejects.toThrow('no')
  await expect(fails(true)).rejects.toThrow('no')
  await db.write((tx) => tx.district.create({ data: { code: '1', name: 'kept' } }))
  expect(await names()).toEqual(['kept'])
})

it('undoes all of it when a statement fails that nobody caught', async () => {
  const twice = db.turn(async (sql) => {
    await sql.run(INSERT, ['1', 'one'])
    await sql.run(INSERT, ['1', 'one again'])
  })
  await expect(twice).rejects.toThrow(/UNIQUE/)
  expect(await names()).toEqual([])
})
