import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { modules } from '../../src/app.js'
import { takeAccount } from '../../src/inbox/accounting.js'
import { replay } from '../../src/inbox/inbox.js'
import { command, type Module } from '../../src/kernel/module.js'
import { createRig, type Rig, words } from './rig.js'

/** Handles messages that begin with 炸; fails at it until it is mended. */
function brittleModule(): Module & { mended: boolean; tries: number } {
  const self = {
    name: 'brittle',
    eventPrefix: 'brittle',
    mended: false,
    tries: 0,
    commands: [
      command<object, null>({
        name: 'brittle.handle',
        help: { say: '炸', does: '试', roles: [] },
        roles: 'anyone',
        input: z.object({}),
        match: ({ said }) => (said.kind === 'text' && said.text.startsWith('炸') ? {} : null),
        load: async (tx, turn) => {
          self.tries += 1
          // Something written before the fault must be undone with it.
          await tx.accessLog.create({ data: { at: turn.now, actor: 'test', action: 'half', subject: 'done' } })
          if (!self.mended) throw new Error('the fuse blew')
          return null
        },
        decide: (_state, turn) => ({
          events: [],
          drafts: [{ key: `turn:${turn.inboxId}:ok`, to: { kind: 'here' }, text: '好了', priority: 'reply' }],
        }),
      }),
    ],
    reactions: [],
    jobs: [],
    sheets: [],
    apply: async () => undefined,
  }
  return self
}

let rig: Rig
let brittle: ReturnType<typeof brittleModule>
beforeEach(async () => {
  brittle = brittleModule()
  rig = await createRig({ modules: [brittle, ...modules] })
})
afterEach(() => rig.close())

const group = { conversation: 'group:residents-1', isPrivate: false } as const

describe('a message that makes its handler throw', () => {
  it('is set aside with its error and wholly undone, while the rest flows', async () => {
    await rig.receive([words('炸'), words('报事 3幢2单元电梯坏了'), words('炸', group)])
    await rig.service.idle()
    const rows = await rig.db.read.inboxMessage.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map((row) => row.status)).toEqual(['set_aside', 'acted', 'set_aside'])
    expect(rows[0]).toMatchObject({ attempts: 3 })
    expect(rows[0]?.error).toContain('the fuse blew')
    expect(brittle.tries).toBe(6)
    expect(await rig.db.read.accessLog.count({ where: { action: 'half' } })).toBe(0)
    expect(await rig.db.read.request.count()).toBe(1)
    expect(rig.errors.join()).toContain('set aside')
    // Whoever spoke to the bot alone hears of it; the group is left in peace.
    const said = rig.sent.map((one) => `${one.conversation} ${one.message.text.slice(0, 2)}`)
    expect(said.filter((one) => one.endsWith('抱歉'))).toEqual(['private:resident-aili 抱歉'])
    expect(await takeAccount(rig.db, { count: 0, stored: 0 })).toMatchObject({ setAside: 2, acted: 1, balanced: true })
  })

  it('is handled once when it is replayed after the fault was mended', async () => {
    await rig.say(words('炸', group))
    const row = await rig.db.read.inboxMessage.findFirstOrThrow({ where: { status: 'set_aside' } })
    brittle.mended = true
    expect(await replay(rig.db, row.id)).toBe(true)
    rig.service.engine.sweep()
    await rig.service.idle()
    expect(rig.sent.map((one) => one.message.text)).toEqual(['好了'])
    expect(await rig.db.read.inboxMessage.findUnique({ where: { id: row.id } })).toMatchObject({
      status: 'acted',
      error: null,
    })
    expect(await replay(rig.db, row.id)).toBe(false)
    expect(await replay(rig.db, 9999)).toBe(false)
  })

  it('is taken up by the next start when it was replayed while the service was down', async () => {
    await rig.say(words('炸', group))
    const row = await rig.db.read.inboxMessage.findFirstOrThrow({ where: { status: 'set_aside' } })
    await replay(rig.db, row.id)
    brittle.mended = true
    await rig.restart()
    await rig.service.idle()
    expect(rig.sent.map((one) => one.message.text)).toEqual(['好了'])
  })

  it('is found when it is replayed while new messages are being read', async () => {
    await rig.say(words('炸', group))
    await rig.say(words('报事 3幢2单元电梯坏了'))
    const row = await rig.db.read.inboxMessage.findFirstOrThrow({ where: { status: 'set_aside' } })
    await replay(rig.db, row.id)
    brittle.mended = true
    // The read for the new message is under way when the sweep asks to begin from the start.
    await rig.receive([words('报事 楼道灯不亮')])
    rig.service.engine.sweep()
    await rig.service.idle()
    expect(await rig.db.read.inboxMessage.count({ where: { status: 'acted' } })).toBe(3)
  })
})

describe('a message that another reading has handled', () => {
  it('is not set aside by the one that failed', async () => {
    const other = await createRig({
      recogniser: {
        understand: () => {
          throw new Error('too late')
        },
      },
    })
    const message = words('报事 3幢2单元电梯坏了')
    // The row is handled between its reading and its setting aside: the write waits in the same lane.
    await other.receive([message])
    await other.db.write((tx) => tx.inboxMessage.updateMany({ data: { status: 'acted' } }))
    await other.service.idle()
    expect(await other.db.read.inboxMessage.findFirst()).toMatchObject({ status: 'acted' })
    expect(other.sent).toEqual([])
    await other.close()
  })
})
