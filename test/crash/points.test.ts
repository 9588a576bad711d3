import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AILI, auditOf, gapFree, type Lives, RESIDENTS, startLives, WORKERS } from './lives.js'
import type { Point } from './points.js'
import { processes } from './processes.js'

/** Each life that is killed is a process of its own; what comes after it opens the file anew in this one. */
const LONG_MS = 300_000

let lives: Lives
beforeEach(async () => {
  lives = await startLives()
})
afterEach(() => lives.close())
afterAll(() => processes.close())

const ELEVATOR = '3幢2单元电梯又坏了，我妈八十多岁下不来楼'
const DAY_MS = 86_400_000
const saidTo = (place: number, words: string) =>
  lives.server.sent.filter((one) => one.chat === String(place) && one.text.includes(words)).length

/**
 * Where a message can be killed on its way, and how often the likelier of its two answers then goes out. Once the platform
 * took one and nobody wrote that down, sending it again is the price of never losing an answer; what was under way beside
 * it may double too.
 */
const MESSAGE_POINTS: readonly (readonly [Point, { least: number; most: number }])[] = [
  ['accept:before-commit', { least: 1, most: 1 }],
  ['accept:after-commit', { least: 1, most: 1 }],
  ['turn:before-commit', { least: 1, most: 1 }],
  ['turn:after-commit', { least: 1, most: 1 }],
  ['claim:before-commit', { least: 1, most: 1 }],
  ['claim:after-commit', { least: 1, most: 1 }],
  ['send:after', { least: 2, most: 2 }],
  ['record:before-commit', { least: 2, most: 2 }],
  ['record:after-commit', { least: 1, most: 2 }],
]

describe('a process killed on the way of a message', { timeout: LONG_MS }, () => {
  it.each(MESSAGE_POINTS)('%s: one request, a sound ledger, the answer delivered', async (point, { least, most }) => {
    const first = await lives.live(point)
    lives.say(AILI, RESIDENTS, ELEVATOR)
    expect(await first.death).toBe('SIGKILL')

    await lives.calmly(() =>
      lives.server.until(() => lives.server.pending() === 0 && saidTo(WORKERS, '【待接单】') > 0),
    )

    const answers = saidTo(RESIDENTS, '已登记 BH-202611-0001')
    const cards = saidTo(WORKERS, '【待接单】BH-202611-0001')
    expect(Math.min(answers, cards)).toBeGreaterThanOrEqual(1)
    expect(Math.max(answers, cards)).toBeGreaterThanOrEqual(least)
    expect(Math.max(answers, cards)).toBeLessThanOrEqual(most)
    await lives.look(async (db) => {
      const audit = await auditOf(db)
      expect(audit).toMatchObject({ numbers: gapFree(1), faults: [], outbox: { sent: 2 } })
      expect(audit.account).toMatchObject({ received: 1, acted: 1, waiting: 0, setAside: 0, balanced: true })
      expect(await db.read.ledgerEntry.count()).toBe(1)
      expect(await db.read.requestReporter.count()).toBe(1)
    })
  })
})

describe('a process killed in a job slot', { timeout: LONG_MS }, () => {
  it.each(['job:before-commit', 'job:after-commit'] as const)('%s: the slot happens once', async (point) => {
    await reportThenOverdue()
    const killed = await lives.live(point)
    expect(await killed.death).toBe('SIGKILL')
    expect(saidTo(5002, '【超时】0001')).toBe(0)

    await lives.calmly(() => lives.server.until(() => saidTo(5002, '【超时】0001') > 0))
    expect(saidTo(5002, '【超时】0001')).toBe(1)
    await lives.look(async (db) => {
      expect(await db.read.ledgerEntry.count({ where: { type: 'request.escalated' } })).toBe(1)
      expect(await auditOf(db)).toMatchObject({ numbers: gapFree(1), faults: [] })
    })
  })

  it('does not repeat a reminder that may have been sent, and shows it to the operator', async () => {
    await reportThenOverdue()
    const killed = await lives.live('send:after')
    expect(await killed.death).toBe('SIGKILL')
    await lives.calmly(async () => undefined)
    expect(saidTo(5002, '【超时】0001')).toBe(1)
    await lives.look(async (db) => {
      expect((await auditOf(db)).outbox).toEqual({ sent: 2, unknown: 1 })
    })
  })
})

/** One request, answered in peace; then the accept term passes while nobody is there. */
async function reportThenOverdue(): Promise<void> {
  await lives.calmly(async () => {
    lives.say(AILI, RESIDENTS, ELEVATOR)
    await lives.server.until(() => saidTo(WORKERS, '【待接单】') > 0)
  })
  // Monday 17:30 is the term; 18:14 is still daytime, and the next step is hours away.
  lives.advance(DAY_MS + 9 * 3_600_000)
}
