import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/client.js'
import { seedDemo } from '../../src/demo/index.js'
import { takeAccount } from '../../src/inbox/accounting.js'
import { verifyLedger } from '../../src/ledger/verify/index.js'
import { dialoguesOver } from '../dialogues/shared-dialogues.js'
import { createFarWorld } from '../dialogues/shared-far-world.js'
import { telegramHands } from '../dialogues/shared-telegram.js'
import { provesParallelLoad } from '../flow/parallel-load.js'
import { createRig, type Rig, words } from '../flow/rig.js'
import { START } from '../support/demo.js'
import { createTelegramHarness } from '../support/telegram-harness.js'
import { startPostgres } from './server.js'

const server = await startPostgres()
afterAll(() => server?.stop())

async function openSeeded(): Promise<{ db: Database; url: string }> {
  if (!server) throw new Error('no PostgreSQL')
  const url = await server.createDatabase()
  const db = await openDatabase(url)
  await seedDemo(db, new Date(START))
  return { db, url }
}

describe.skipIf(!server)('on PostgreSQL', { timeout: 300_000 }, () => {
  dialoguesOver(
    'Telegram, on PostgreSQL',
    async () => {
      const { db } = await openSeeded()
      const harness = await createTelegramHarness()
      const world = await createFarWorld({ harness, hands: telegramHands(harness), db })
      return {
        ...world,
        close: async () => {
          expect((await verifyLedger(db.read)).faults).toEqual([])
          await world.close()
        },
      }
    },
    { edits: true, captions: true },
  )

  describe('the flow', () => {
    let rig: Rig
    let url: string
    beforeEach(async () => {
      const opened = await openSeeded()
      url = opened.url
      rig = await createRig({ db: opened.db })
    })
    afterEach(async () => {
      await rig.close()
      await rig.db.close()
    })

    it('numbers 300 reports of 50 people without gap, each person in order', () => provesParallelLoad(rig))

    it('changes nothing when a message is delivered again, and applies no migration twice', async () => {
      const report = words('报事 3幢2单元电梯坏了')
      await Promise.all([rig.receive([report]), rig.receive([report, report])])
      await rig.service.idle()
      await rig.say(report)
      expect(await rig.db.read.inboxMessage.count()).toBe(1)
      expect(await rig.db.read.request.count()).toBe(1)
      const again = await openDatabase(url)
      expect(again.applied).toEqual([])
      await again.close()
    })

    it.each([
      ['a null character', '3幢2单元电梯\u0000坏了'],
      ['half a surrogate pair', '3幢2单元电梯坏了\ud83d'],
      ['signs cut apart', `3幢2单元电梯坏了，${'😀'.repeat(80)}了${'😀'.repeat(80)}`],
      ['an escape that is none', '3幢2单元电梯坏了 \\u0000 \\ud83d'],
    ])('stores %s', async (_name, text) => {
      await rig.say(words(`报事 ${text}`))
      await rig.say(words(`报事 1${text}`))
      expect(rig.errors).toEqual([])
      expect(await rig.db.read.request.count()).toBe(2)
      expect((await verifyLedger(rig.db.read)).faults).toEqual([])
    })

    it('keeps instants to the millisecond, and the books', async () => {
      await rig.say(words('报事 3幢2单元电梯坏了'))
      const [row] = await rig.db.read.inboxMessage.findMany()
      expect(row?.receivedAt).toEqual(rig.now())
      const request = await rig.db.read.request.findFirstOrThrow()
      expect(request.createdAt).toEqual(rig.now())
      expect(await takeAccount(rig.db, { count: 0, stored: 0 })).toMatchObject({
        received: 1,
        acted: 1,
        balanced: true,
      })
    })
  })
})
