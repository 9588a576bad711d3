import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { importRoster } from '../../src/community/import/index.js'
import { type Database, openDatabase } from '../../src/db/client.js'
import { type SheetRowsOf, writeXlsx } from './roster-files.js'

export const NOW = new Date('2026-11-22T01:00:00Z')

/** An empty database and a folder, new for each test of the file that asks for them. */
export function useRosterWorld() {
  let folder = ''
  let db: Database
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linli-import-'))
    db = await openDatabase(`file:${folder}/linli.db`)
  })
  afterEach(async () => {
    await db.close()
    rmSync(folder, { recursive: true })
  })
  return {
    get db() {
      return db
    },
    /** A file of the folder, or the folder itself. */
    path: (name = '') => join(folder, name),
    /** Imports a workbook of these sheets. */
    load: async (roster: SheetRowsOf, now = NOW) =>
      importRoster(db, await writeXlsx(join(folder, 'roster.xlsx'), roster), { now }),
    household: (building: string, room: string) =>
      db.read.household.findFirstOrThrow({ where: { building, room }, include: { members: true, grid: true } }),
  }
}
