import { afterEach, describe, expect, it } from 'vitest'
import { SendFailure, type SendFailureKind } from '../../src/kernel/errors.js'
import { judge } from '../../src/outbox/policy.js'
import { createRig, type Rig, type RigOptions, words } from './rig.js'

let rig: Rig | undefined
afterEach(() => rig?.close())

const open = async (options: RigOptions): Promise<Rig> => {
  rig = await createRig(options)
  return rig
}
const MINUTE_MS = 60_000

/** Rows as a turn would write them. */
async function put(
  into: Rig,
  rows: readonly { key: string; conversation: string; priority?: string; text?: string }[],
) {
  await into.db.write((tx) =>
    tx.outboxMessage.createMany({
      data: rows.map(({ key, conversation, priority = 'reply', text = key }) => ({
        key,
        channel: 'sandbox',
        conversation,
        payload: { text },
        priority,
        notBefore: into.now(),
        createdAt: into.now(),
      })),
    }),
  )
}

describe('the retry policy', () => {
  const verdict = (kind: SendFailureKind, attempts: number, priority = 'reply', fallback = false) =>
    judge({ kind, retryAfterMs: kind === 'throttled' ? 7000 : undefined, to: 'new' }, attempts, priority, fallback)

  it('waits as long as the platform asks, however often', () => {
    expect(verdict('throttled', 1)).toEqual({ kind: 'again', afterMs: 7000, holdChannel: true })
    expect(verdict('throttled', 500)).toMatchObject({ kind: 'again', afterMs: 7000 })
  })

  it('tries what was surely not taken again, ever more slowly, and gives up after about a day', () => {
    const waits = Array.from({ length: 99 }, (_, index) => verdict('unreachable', index + 1))
    expect(waits.slice(0, 3)).toEqual([2000, 4000, 8000].map((afterMs) => ({ kind: 'again', afterMs })))
    const total = waits.reduce((sum, one) => sum + (one.kind === 'again' ? one.afterMs : 0), 0)
    expect(total).toBeGreaterThan(22 * 60 * MINUTE_MS)
    expect(total).toBeLessThan(26 * 60 * MINUTE_MS)
    expect(verdict('unreachable', 100)).toEqual({ kind: 'failed' })
  })

  it('repeats what may have been taken once where somebody waits for it, never a push', () => {
    expect(verdict('unknown', 1, 'reply')).toMatchObject({ kind: 'again' })
    expect(verdict('unknown', 1, 'urgent')).toMatchObject({ kind: 'again' })
    expect(verdict('unknown', 2, 'urgent')).toEqual({ kind: 'unknown' })
    expect(verdict('unknown', 1, 'push')).toEqual({ kind: 'unknown' })
  })

  it('goes another way where there is one', () => {
    expect(verdict('blocked', 1, 'reply', true)).toEqual({ kind: 'fallback' })
    expect(verdict('rejected', 1, 'reply', true)).toEqual({ kind: 'fallback' })
    expect(verdict('blocked', 1)).toEqual({ kind: 'failed' })
    expect(verdict('rejected', 1)).toEqual({ kind: 'failed' })
    expect(verdict('migrated', 1)).toEqual({ kind: 'moved', to: 'new' })
  })
})

describe('the sender', () => {
  it('sends warnings first, then answers, then pushes, each conversation in order', async () => {
    const one = await open({ limits: { betweenConversationsMs: 1 } })
    await put(one, [
      { key: 'push 1', conversation: 'a', priority: 'push' },
      { key: 'reply 1', conversation: 'a' },
      { key: 'reply 2', conversation: 'a' },
      { key: 'warning', conversation: 'b', priority: 'urgent' },
    ])
    one.service.sender.wake()
    await one.service.idle()
    expect(one.sent.map(({ message }) => message.text)).toEqual(['warning', 'reply 1', 'reply 2', 'push 1'])
  })

  it('lets nobody wait behind a conversation that the platform holds back', async () => {
    let held = true
    const one = await open({
      send: async (conversation) => {
        if (conversation === 'flood' && held) throw new SendFailure('throttled', '429', { retryAfterMs: 3_600_000 })
        return { externalId: 'x' }
      },
    })
    const flood = Array.from({ length: 500 }, (_, index) => ({ key: `flood ${index}`, conversation: 'flood' }))
    await put(one, [...flood, { key: 'somebody else', conversation: 'b' }])
    one.service.sender.wake()
    await expect.poll(() => one.sent.map(({ message }) => message.text), { timeout: 20_000 }).toEqual(['somebody else'])
    held = false
    await one.db.write((tx) => tx.outboxMessage.deleteMany({ where: { conversation: 'flood' } }))
  })

  it('keeps the order of a conversation while its first message is tried again', async () => {
    let failures = 1
    const one = await open({
      send: async () => {
        failures -= 1
        if (failures >= 0) throw new SendFailure('unreachable', '502')
        return { externalId: 'x' }
      },
    })
    await put(one, [
      { key: 'first', conversation: 'a' },
      { key: 'second', conversation: 'a' },
    ])
    one.service.sender.wake()
    await expect
      .poll(async () => (await one.db.read.outboxMessage.findUnique({ where: { key: 'first' } }))?.error)
      .toContain('unreachable')
    one.setTime(new Date(one.now().getTime() + MINUTE_MS))
    await expect.poll(() => one.sent.length, { timeout: 20_000 }).toBe(2)
    expect(one.sent.map(({ message }) => message.text)).toEqual(['first', 'second'])
  })

  it('gives up on a row it cannot read, and goes on', async () => {
    const one = await open({})
    await put(one, [{ key: 'sound', conversation: 'a' }])
    await one.db.write((tx) =>
      tx.outboxMessage.create({
        data: {
          key: 'broken',
          channel: 'sandbox',
          conversation: 'b',
          payload: { words: 1 },
          priority: 'reply',
          notBefore: one.now(),
          createdAt: one.now(),
        },
      }),
    )
    one.service.sender.wake()
    await one.service.idle()
    expect(await one.db.read.outboxMessage.findUnique({ where: { key: 'broken' } })).toMatchObject({
      status: 'failed',
      attempts: 1,
    })
    expect(one.sent.map(({ message }) => message.text)).toEqual(['sound'])
  })

  it('outlives a database that cannot record what was sent', async () => {
    const one = await open({})
    await one.db.write((tx) =>
      tx.$executeRawUnsafe(
        `CREATE TRIGGER full_disk BEFORE UPDATE ON "OutboxMessage" WHEN NEW.status <> 'sending' BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
      ),
    )
    await put(one, [{ key: 'unlucky', conversation: 'a' }])
    one.service.sender.wake()
    await expect.poll(() => one.errors.join(), { timeout: 20_000 }).toContain('could not record')
    await one.db.write((tx) => tx.$executeRawUnsafe('DROP TRIGGER full_disk'))
    await put(one, [{ key: 'later', conversation: 'b' }])
    one.service.sender.wake()
    await expect.poll(() => one.sent.at(-1)?.message.text).toBe('later')
    // Whether it was sent is known here, and written down as soon as that goes; it is not sent again.
    const row = () => one.db.read.outboxMessage.findUniqueOrThrow({ where: { key: 'unlucky' } })
    await expect.poll(async () => (await row()).status, { timeout: 20_000 }).toBe('sent')
    expect(one.sent.filter(({ message }) => message.text === 'unlucky')).toHaveLength(1)
  })

  it('keeps buttons working when a blocked private message goes to the group instead', async () => {
    const one = await open({
      send: async (conversation) => {
        if (conversation === 'private:resident-aili') throw new SendFailure('blocked', '403')
        return { externalId: 'x' }
      },
    })
    const wang = { sender: { id: 'worker-wangfang', name: '王芳' } }
    await one.say(words('3幢2单元电梯坏了，老人下不来楼', { conversation: 'group:residents-1', isPrivate: false }))
    await one.say(words('办结 0001 已修好', wang))
    const asked = one.sent.find(({ message }) => message.mention?.name === '爱丽' && message.choices)
    expect(asked).toMatchObject({ conversation: 'group:residents-1' })
    const data = asked?.message.choices?.[0]?.data
    if (!data) throw new Error('no choices')
    await one.say(words('', { conversation: 'group:residents-1', isPrivate: false, event: { kind: 'button', data } }))
    expect(one.sent.at(-1)?.message.text).not.toContain('过期')
    expect(await one.db.read.satisfaction.count()).toBe(1)
    expect(await one.db.read.account.findFirst({ where: { externalId: 'resident-aili' } })).toMatchObject({
      reachable: false,
    })
  })
})
