import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditOf, gapFree, type Lives, startLives } from './lives.js'
import { processes } from './processes.js'

let lives: Lives
beforeEach(async () => {
  lives = await startLives()
})
afterEach(() => lives.close())
afterAll(() => processes.close())

const MESSAGES = 200
const PEOPLE = 40
const KILLS = 5

describe('kills at moments of chance, under load', { timeout: 600_000 }, () => {
  it(`keeps ${MESSAGES} reports once each, through ${KILLS} kills`, async () => {
    const moments = Array.from({ length: KILLS }, () => Math.floor(Math.random() * 400))
    for (let index = 0; index < MESSAGES; index += 1)
      lives.say(7001 + (index % PEOPLE), null, `报事 3幢2单元电梯坏了，第${index}声`)
    for (const moment of moments) {
      const life = await lives.live()
      await new Promise((resolve) => setTimeout(resolve, moment))
      await life.kill()
    }
    await lives.calmly(() => lives.server.until(() => lives.server.pending() === 0))

    await lives.look(async (db) => {
      const audit = await auditOf(db)
      expect(audit.account, `killed after ${moments} ms`).toMatchObject({
        received: MESSAGES,
        acted: MESSAGES,
        waiting: 0,
        setAside: 0,
        balanced: true,
      })
      expect(audit.numbers).toEqual(gapFree(MESSAGES))
      expect(audit.faults).toEqual([])
      expect(Object.keys(audit.outbox)).toEqual(['sent'])
      const texts = (await db.read.request.findMany()).map((one) => one.text)
      expect(new Set(texts).size).toBe(MESSAGES)
      expect(await db.read.ledgerEntry.count()).toBe(MESSAGES)
      for (const number of audit.numbers)
        expect(lives.server.sent.some((one) => one.text.startsWith(`已登记 ${number}`))).toBe(true)
    })
  })
})
