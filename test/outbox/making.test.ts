import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SendFailure } from '../../src/kernel/errors.js'
import { type Made, maker } from '../../src/kernel/making.js'
import type { OutgoingMessage } from '../../src/kernel/message.js'
import { command, type Draft, type Module } from '../../src/kernel/module.js'
import { createRig, type Rig, type RigOptions, words } from '../flow/rig.js'

let rig: Rig | undefined
afterEach(() => rig?.close())

const PICTURE = { bytes: Buffer.from('\x89PNG\r\n\x1a\n of bars', 'latin1'), mime: 'image/png', alt: '榜单' }
const SECRET = '张三家'

/** A module that answers 画 with a picture; `make` says what comes of it. */
function drawing(make: (count: number) => Promise<Made> | Made, more: Partial<Draft> = {}) {
  let count = 0
  const bars = maker<{ bars: string[] }>({
    name: 'drawing.bars',
    input: z.object({ bars: z.array(z.string()) }),
    make: async () => {
      count += 1
      return make(count)
    },
  })
  const draw = command<object, null>({
    name: 'drawing.draw',
    roles: 'anyone',
    input: z.object({}),
    match: ({ said }) => (said.kind === 'text' && said.text === '画' ? {} : null),
    load: async () => null,
    decide: (_, turn) => ({
      events: [],
      drafts: [
        {
          key: `turn:${turn.inboxId}`,
          to: { kind: 'here' },
          text: '本月榜单',
          priority: 'reply',
          attach: bars.recipe({ bars: [SECRET] }),
          ...more,
        },
      ],
    }),
  })
  const module: Module = {
    name: 'drawing',
    eventPrefix: 'drawing',
    commands: [draw],
    reactions: [],
    jobs: [],
    sheets: [],
    makers: [bars],
    apply: async () => undefined,
  }
  return { module, made: () => count }
}

async function open(module: Module, send?: RigOptions['send']): Promise<Rig> {
  rig = await createRig({ modules: [module], ...(send ? { send } : {}) })
  return rig
}

const rowOf = ({ db }: Rig) => db.read.outboxMessage.findFirstOrThrow({ orderBy: { id: 'desc' } })

describe('a picture that a message carries', () => {
  it('is made after the commit, while others write, and only its digest is kept', async () => {
    let world: Rig | undefined
    const { module } = drawing(async () => {
      const row = world && (await rowOf(world))
      expect(row?.payload).toMatchObject({ attach: { maker: 'drawing.bars' } })
      // A making inside a write transaction would wait for itself here.
      await world?.db.write((tx) =>
        tx.serviceAddress.upsert({ where: { id: 1 }, create: { id: 1, url: 'x' }, update: {} }),
      )
      return { image: PICTURE }
    })
    world = await open(module)
    await world.say(words('画'))
    expect(world.sent.map(({ message }) => message)).toEqual([{ text: '本月榜单', image: PICTURE }])
    const { payload, status } = await rowOf(world)
    expect(status).toBe('sent')
    const attached = { kind: 'image', name: '榜单', mime: 'image/png', bytes: PICTURE.bytes.length }
    expect(payload).toMatchObject({ text: '本月榜单', attached: [attached] })
    expect(JSON.stringify(payload)).not.toContain(SECRET)
  })

  it('is made once for all who get it, and for all tries', async () => {
    const { module, made } = drawing(() => ({ image: PICTURE }), {
      to: { kind: 'groups', communityId: 1, groupKind: 'residents' },
    })
    let failures = 1
    const world = await open(module, async () => {
      failures -= 1
      if (failures >= 0) throw new SendFailure('throttled', 'slow down', { retryAfterMs: 0 })
      return { externalId: `s:${failures}` }
    })
    await world.say(words('画'))
    expect(world.sent).toHaveLength(2)
    expect(world.sent.every(({ message }) => message.image)).toBe(true)
    expect(made()).toBe(1)
  })

  it('is made again after a crash between the making and the sending', async () => {
    const { module, made } = drawing(() => ({ image: PICTURE }))
    const world = await open(module, async () => new Promise<never>(() => undefined))
    await world.receive([words('画')])
    await expect.poll(made).toBe(1)
    await expect.poll(async () => (await rowOf(world)).status).toBe('sending')
    const second = await createRig({ modules: [module], db: world.db })
    await second.service.idle()
    expect(second.sent.map(({ message }) => message.image)).toEqual([PICTURE])
    expect(made()).toBe(2)
    await second.close()
    rig = undefined
  })

  it('is left out with a word of it when it cannot be made, and the operator hears why', async () => {
    const { module } = drawing(() => {
      throw new Error('no font')
    })
    const world = await open(module)
    await world.say(words('画'))
    expect(world.sent[0]?.message).toEqual({ text: expect.stringMatching(/^本月榜单\n（图或表格暂时做不出来/) })
    expect(world.errors).toEqual([expect.stringContaining('no font')])
  })

  it('is made anew for the next who asks after a failure', async () => {
    const { module } = drawing((count) => {
      if (count === 1) throw new Error('no font')
      return { image: PICTURE }
    })
    const world = await open(module)
    await world.say(words('画'))
    await world.say(words('画'))
    expect(world.sent.map(({ message }) => Boolean(message.image))).toEqual([false, true])
  })

  it('is not sent when no platform would take it', async () => {
    const { module } = drawing(() => ({ image: { ...PICTURE, bytes: new Uint8Array(21 * 1024 * 1024) } }))
    const world = await open(module)
    await world.say(words('画'))
    const message: OutgoingMessage | undefined = world.sent[0]?.message
    expect(message?.image).toBeUndefined()
    expect(message?.text).toContain('文件太大')
  })
})
