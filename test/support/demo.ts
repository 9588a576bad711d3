import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/db/client.js'
import { demoGroups, seedDemo } from '../../src/demo/index.js'
import type { Logger } from '../../src/kernel/log.js'

/** Sunday morning in Ningbo, as in the sketches of good conversations. */
export const START = '2026-11-22T01:14:00Z'

/** What the tests call the demo's groups. */
export const PLACES: Readonly<Record<string, string>> = {
  居民群: demoGroups.first,
  二区群: demoGroups.second,
  工作群: demoGroups.workers,
  街道群: demoGroups.subdistrict,
}

const YEAR_MS = 365 * 86_400_000

/** The seeded demo, made once a process and copied for each world: migrating and seeding take longer than most tests. */
const templates = new Map<string, Promise<string>>()

async function makeTemplate(start: string, isNew: boolean): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'linli-template-')), 'template.db')
  const db = await openDatabase(`file:${file}`)
  await seedDemo(db, new Date(start))
  const startsAt = new Date(Date.parse(start) - YEAR_MS)
  if (!isNew) await db.write((tx) => tx.gridAssignment.updateMany({ data: { startsAt } }))
  await db.close()
  return file
}

/** Copies the demo, seeded at `start`, to `file`. Its workers have had their grids for a year, unless it `isNew`. */
export async function copyDemo(file: string, start = START, isNew = false): Promise<void> {
  const key = `${start} ${isNew}`
  const made = templates.get(key) ?? makeTemplate(start, isNew)
  templates.set(key, made)
  copyFileSync(await made, file)
}

const noop = (): void => undefined
export const silent: Logger = { info: noop, warn: noop, error: noop, debug: noop }

/** Shows errors on the console, for finding a fault. */
export const loud: Logger = {
  ...silent,
  error: (fields, words) => process.stderr.write(`${words} ${show(fields)}\n`),
}

const show = (fields: object): string =>
  'err' in fields && fields.err instanceof Error ? (fields.err.stack ?? '') : JSON.stringify(fields)
