import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeAccount } from '../../src/inbox/accounting.js'
import { createRig, type Rig, words } from './rig.js'

let rig: Rig
beforeEach(async () => {
  rig = await createRig()
})
afterEach(() => rig.close())

describe('the accounting of the inbox', () => {
  it('balances what came in with what became of it', async () => {
    await rig.say(words('报事 3幢2单元电梯坏了'))
    await rig.say(words('今天鸡蛋便宜', { conversation: 'group:residents-1', isPrivate: false }))
    expect(await takeAccount(rig.db, { count: 0, stored: 0 })).toEqual({
      received: 2,
      acted: 1,
      leftAlone: 1,
      setAside: 0,
      waiting: 0,
      balanced: true,
    })
  })

  it('sees a row that was taken away, one from before the start too', async () => {
    await rig.say(words('报事 3幢2单元电梯坏了'))
    await rig.restart()
    const base = { count: await rig.db.read.inboxMessage.count(), stored: rig.db.inbox.stored() }
    await rig.say(words('报事 楼道灯不亮'))
    expect((await takeAccount(rig.db, base)).balanced).toBe(true)
    await rig.db.write(async (tx) => {
      const first = await tx.inboxMessage.findFirstOrThrow({ orderBy: { id: 'asc' } })
      await tx.inboxMessage.delete({ where: { id: first.id } })
    })
    expect((await takeAccount(rig.db, base)).balanced).toBe(false)
  })

  it('sees a row in a state that nobody knows', async () => {
    await rig.say(words('报事 3幢2单元电梯坏了'))
    await rig.db.write((tx) => tx.inboxMessage.updateMany({ data: { status: 'lost' } }))
    expect((await takeAccount(rig.db, { count: 0, stored: 0 })).balanced).toBe(false)
  })
})
