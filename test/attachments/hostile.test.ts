import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FarFile } from '../support/bot-api-files.js'
import { ELEVATOR, MB, picture, stream, type TelegramWorld, telegramWorld } from './support.js'

let world: TelegramWorld
const far = () => world.telegram.server
const told = () => world.heard('私聊:王芳').filter((one) => one.text.startsWith('【图片未能保存】'))
const send = (file: FarFile, name = {}) => {
  far().files.set('bad', file)
  return world.sends('爱丽', '居民群', { id: 'bad', caption: ELEVATOR, ...name })
}
const onDisk = () => {
  if (!existsSync(world.filesFolder)) return []
  const names = readdirSync(world.filesFolder, { recursive: true, withFileTypes: true })
  return names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
}

describe('files that are not what they should be', () => {
  beforeEach(async () => {
    world = await telegramWorld()
    await world.as('王芳').says('私聊', '待办')
  })
  afterEach(() => world.close())

  const refused: readonly (readonly [string, FarFile, string, RegExp])[] = [
    ['too large, as Telegram says', { kind: 'too_big' }, 'too_large', /超过 20 MB/],
    ['too large, as it comes', { kind: 'bytes', bytes: picture('大', 20 * MB + 1) }, 'too_large', /超过 20 MB/],
    ['without end', { kind: 'endless' }, 'too_large', /超过 20 MB/],
    [
      'an SVG with a script, called a picture',
      { kind: 'bytes', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') },
      'type',
      /这种文件不收/,
    ],
    ['a web page', { kind: 'bytes', bytes: Buffer.from('<!doctype html><script>alert(1)</script>') }, 'type', /不收/],
    ['a program', { kind: 'bytes', bytes: Buffer.from('MZ\x90\x00\x03') }, 'type', /不收/],
    ['an archive of anything', { kind: 'bytes', bytes: Buffer.from('PK\x03\x04\x14\x00evil.exe') }, 'type', /不收/],
    ['nothing at all', { kind: 'bytes', bytes: Buffer.alloc(0) }, 'type', /不收/],
  ]
  it.each(refused)('%s: refused at once, kindly, and nothing stays', async (_what, file, reason, words) => {
    await send(file)
    expect(await world.states()).toEqual([`refused:${reason}`])
    expect(onDisk()).toEqual([])
    expect(told()).toHaveLength(1)
    expect(told()[0]?.text).toMatch(words)
    expect(told()[0]?.text).toContain('0001')
    const entry = await world.db.read.ledgerEntry.findFirst({ where: { type: 'attachment.refused' } })
    expect(entry?.text).toMatch(words)
    expect(await world.db.read.request.count()).toBe(1)
  })

  it('names with paths in them lead nowhere', async () => {
    far().files.set('evil', { kind: 'bytes', bytes: picture('名') })
    await world.sends('爱丽', '居民群', {
      id: 'evil',
      fileName: '../../../etc/cron.d/evil.png',
      mime: 'text/html',
      caption: ELEVATOR,
    })
    expect(await world.states()).toEqual(['kept'])
    const [row] = await world.db.read.attachment.findMany()
    const sha = row?.sha256 ?? ''
    expect(onDisk()).toEqual([join(world.filesFolder, sha.slice(0, 2), sha)])
    expect(await world.db.read.keptFile.findFirst()).toMatchObject({ type: 'image/png' })
  })

  it.each(['/etc/passwd', '../../secret', 'photos/../../secret', ''])(
    'a server that names the path %j is not followed',
    async (path) => {
      await send({ kind: 'path', path })
      expect(await world.states()).toEqual(['waiting:gone'])
      expect(far().fetched).toEqual([])
    },
  )

  it('a redirect is not followed', async () => {
    await send({ kind: 'status', status: 302, location: `${far().url}/file/bot${far().token}/photos/other` })
    expect(await world.states()).toEqual(['waiting:unreachable'])
    expect(far().fetched).toEqual(['bad'])
  })

  it('what the platform does not have is asked for a few times, then given up', async () => {
    await send({ kind: 'unknown' })
    expect(await world.states()).toEqual(['waiting:gone'])
    expect(told()).toEqual([])
    await world.advance({ hours: 3 })
    expect(await world.states()).toEqual(['refused:gone'])
    expect(far().calls.filter((one) => one === 'getFile')).toHaveLength(4)
    expect(told()).toHaveLength(1)
    expect(told()[0]?.text).toContain('已经取不到了')
  })

  it('a connection that breaks, or a server that is down, is tried again', async () => {
    await send({ kind: 'breaks', bytes: picture('断', 2 * MB) })
    expect(await world.states()).toEqual(['waiting:unreachable'])
    expect(onDisk()).toEqual([])
    far().files.set('bad', { kind: 'status', status: 503 })
    await world.advance({ minutes: 1 })
    expect(await world.states()).toEqual(['waiting:unreachable'])
    far().files.set('bad', { kind: 'bytes', bytes: picture('好') })
    await world.advance({ minutes: 1 })
    expect(await world.states()).toEqual(['kept'])
    expect(told()).toEqual([])
  })

  it('of one message no more than ten are kept, and the worker hears of it once', async () => {
    const references = Array.from({ length: 12 }, (_, index) => ({
      channel: 'telegram',
      reference: `telegram:many-${index}`,
      mime: 'image/jpeg',
    }))
    await world.as('爱丽').says('居民群', ELEVATOR)
    const { db, service } = world
    const createdAt = world.now()
    await db.write((tx) =>
      tx.attachment.createMany({
        data: references.map((one) => ({ ...one, subject: 'request:BH-202611-0001', createdAt })),
      }),
    )
    await service.idle()
    const states = await world.states()
    expect(states.filter((one) => one === 'kept')).toHaveLength(10)
    expect(states.filter((one) => one === 'refused:too_many')).toHaveLength(2)
    expect(told()).toHaveLength(1)
  })
})

describe('bounds', () => {
  afterEach(() => world.close())

  it('a server that hangs holds up neither the turn nor the service', async () => {
    world = await telegramWorld({ attachments: { mostBytes: MB, deadlineMs: 50 } })
    await send({ kind: 'hangs' })
    expect(world.last('居民群').text).toContain('已登记 BH-202611-0001')
    expect(await world.states()).toEqual(['waiting:unreachable'])
    expect(onDisk()).toEqual([])
  })

  it('a house that keeps nothing fetches nothing', async () => {
    world = await telegramWorld({ attachments: { mostBytes: 0 } })
    await world.sends('爱丽', '居民群', { id: 'lift', caption: ELEVATOR })
    expect(await world.states()).toEqual(['waiting'])
    expect(far().calls).not.toContain('getFile')
    // What an earlier setting kept still goes when nothing names it.
    await world.files.receive('9', stream(picture('旧')), MB)
    const old = await world.files.examine('9')
    await world.files.adopt('9', old.sha256)
    await world.db.write((tx) =>
      tx.keptFile.create({ data: { sha256: old.sha256, type: 'image/png', bytes: old.bytes, keptAt: world.now() } }),
    )
    await world.service.idle()
    expect(await world.files.has(old.sha256)).toBe(false)
  })

  it('a full house takes nothing more in, and goes on once there is room', async () => {
    world = await telegramWorld({ attachments: { mostBytes: 1000 } })
    await send({ kind: 'bytes', bytes: picture('一', 1000) })
    far().files.set('next', { kind: 'bytes', bytes: picture('二') })
    await world.sends('爱丽', '居民群', { id: 'next' })
    expect(await world.states()).toEqual(['kept', 'waiting:full'])
    expect(far().fetched).toEqual(['bad'])
    await world.as('爱丽').says('私聊', '你好')
    await world.db.write((tx) => tx.attachment.deleteMany({ where: { reference: 'telegram:bad' } }))
    // The file goes first; then there is room at the next try.
    await world.service.idle()
    await world.advance({ minutes: 1 })
    expect(await world.states()).toEqual(['kept'])
  })
})
