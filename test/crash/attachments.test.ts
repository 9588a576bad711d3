import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DOT } from '../support/bot-api-files.js'
import { AILI, auditOf, gapFree, type Lives, RESIDENTS, startLives } from './lives.js'
import type { Point } from './points.js'
import { processes } from './processes.js'

const LONG_MS = 300_000
const ELEVATOR = '3幢2单元电梯又坏了，我妈八十多岁下不来楼'

let lives: Lives
beforeEach(async () => {
  lives = await startLives()
})
afterEach(() => lives.close())
afterAll(() => processes.close())

const polls = () => lives.server.calls.filter((method) => method === 'getUpdates').length

/** Where a picture can be killed on its way, and how often its bytes are asked for then: what came whole never again. */
const POINTS: readonly (readonly [Point, number])[] = [
  ['fetch-claim:before-commit', 1],
  ['fetch-claim:after-commit', 1],
  ['fetch:midway', 2],
  ['fetch:after', 1],
  ['adopt:after', 1],
  ['keep:before-commit', 1],
  ['keep:after-commit', 1],
]

describe('a process killed on the way of a picture', { timeout: LONG_MS }, () => {
  it.each(POINTS)('%s: kept once, in a sound ledger, fetched %i times', async (point, fetches) => {
    lives.server.files.set('lift', { kind: 'bytes', bytes: DOT })
    const first = await lives.live(point)
    lives.say(AILI, RESIDENTS, ELEVATOR, 'lift')
    expect(await first.death).toBe('SIGKILL')

    const asked = polls()
    // The second question for updates says that the channel is up, and all that is due is done before it ends.
    await lives.calmly(() => lives.server.until(() => lives.server.pending() === 0 && polls() >= asked + 2))

    expect(lives.server.fetched).toEqual(Array.from({ length: fetches }, () => 'lift'))
    await lives.look(async (db) => {
      expect(await auditOf(db)).toMatchObject({ numbers: gapFree(1), faults: [] })
      const rows = await db.read.attachment.findMany()
      expect(rows).toMatchObject([{ status: 'kept', subject: 'request:BH-202611-0001' }])
      expect(await db.read.keptFile.count()).toBe(1)
      const entries = await db.read.ledgerEntry.findMany({ orderBy: { seq: 'asc' } })
      expect(entries.map((one) => one.type)).toEqual(['request.logged', 'attachment.kept'])
      expect(Buffer.from((await lives.files.read(rows[0]?.sha256 ?? '')) ?? [])).toEqual(DOT)
    })
    expect(readdirSync(join(lives.filesFolder, 'incoming'))).toEqual([])
  })
})
