import { afterEach, beforeEach, expect, it } from 'vitest'
import { settleInterrupted } from '../../src/outbox/claim.js'
import { createRig, type Rig } from '../flow/rig.js'

let rig: Rig
beforeEach(async () => {
  rig = await createRig()
})
afterEach(() => rig.close())

const MINUTE_MS = 60_000
const ago = (minutes: number) => new Date(rig.now().getTime() - minutes * MINUTE_MS)

async function claimed(key: string, priority: string, claimedAt: Date): Promise<number> {
  const { id } = await rig.db.write((tx) =>
    tx.outboxMessage.create({
      data: {
        ...{ key, priority, claimedAt, channel: 'elsewhere', conversation: key, payload: { text: key } },
        ...{ status: 'sending', notBefore: claimedAt, createdAt: claimedAt },
      },
    }),
  )
  return id
}

it('settles only what was claimed long ago and is not under way: answers go again, pushes are shown', async () => {
  await claimed('answer', 'reply', ago(20))
  await claimed('push', 'push', ago(20))
  await claimed('young', 'reply', ago(1))
  const underWay = await claimed('slow', 'reply', ago(20))
  expect(await settleInterrupted(rig.db, ago(10), [underWay])).toBe(2)
  const rows = await rig.db.read.outboxMessage.findMany({ orderBy: { id: 'asc' } })
  expect(rows.map(({ key, status }) => `${key} ${status}`)).toEqual([
    'answer pending',
    'push unknown',
    'young sending',
    'slow sending',
  ])
  expect(await settleInterrupted(rig.db, ago(10), [underWay])).toBe(0)
})
