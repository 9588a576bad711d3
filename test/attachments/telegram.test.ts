import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sweepFiles } from '../../src/attachments/sweep.js'
import { ELEVATOR, picture, SUBJECT, type TelegramWorld, telegramWorld } from './support.js'

let world: TelegramWorld
beforeEach(async () => {
  world = await telegramWorld()
})
afterEach(() => world.close())

const far = () => world.telegram.server
const serve = (id: string, bytes: Buffer) => far().files.set(id, { kind: 'bytes', bytes })
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const rows = () => world.db.read.attachment.findMany({ orderBy: { id: 'asc' } })

describe('a picture sent with a report', () => {
  it('is brought into the house after the turn, under its content, and the ledger says so', async () => {
    const bytes = picture('电梯')
    serve('lift', bytes)
    await world.sends('爱丽', '居民群', { id: 'lift', caption: ELEVATOR })
    const [row] = await rows()
    expect(row).toMatchObject({ subject: SUBJECT, status: 'kept', sha256: sha256(bytes), attempts: 1 })
    expect(Buffer.from((await world.files.read(sha256(bytes))) ?? [])).toEqual(bytes)
    expect(await world.db.read.keptFile.findMany()).toMatchObject([{ type: 'image/png', bytes: bytes.length }])
    const entries = await world.db.read.ledgerEntry.findMany({ where: { subject: SUBJECT }, orderBy: { seq: 'asc' } })
    expect(entries.map((one) => one.type)).toEqual(['request.logged', 'attachment.kept'])
    expect(entries[1]).toMatchObject({ page: 'requests', data: { sha256: sha256(bytes) } })
    expect(world.last('工作群').text).toContain('附：图片 1 张')
  })

  it('can be read by the service alone, and nothing is left on the way', async () => {
    serve('lift', picture('电梯'))
    await world.sends('爱丽', '居民群', { id: 'lift', caption: ELEVATOR })
    const sha = (await rows())[0]?.sha256 ?? ''
    const folder = join(world.filesFolder, sha.slice(0, 2))
    expect(statSync(join(folder, sha)).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readdirSync(join(world.filesFolder, 'incoming'))).toEqual([])
  })

  it('is not fetched when it is chatter', async () => {
    await world.sends('阿波', '居民群', { id: 'dinner', caption: '今天的晚饭，哈哈' })
    await world.sends('阿波', '居民群', { id: 'cat' })
    expect(await rows()).toEqual([])
    expect(far().calls).not.toContain('getFile')
  })

  it('is fetched once, however often it is sent', async () => {
    serve('lift', picture('电梯'))
    await world.sends('爱丽', '居民群', { id: 'lift', caption: ELEVATOR })
    await world.sends('爱丽', '居民群', { id: 'lift' })
    expect(await world.states()).toEqual(['kept', 'kept'])
    expect(far().fetched).toEqual(['lift'])
  })

  it('stands once on the disk when two people send the same bytes', async () => {
    serve('one', picture('同'))
    serve('two', picture('同'))
    await world.sends('爱丽', '居民群', { id: 'one', caption: ELEVATOR })
    await world.sends('爱丽', '居民群', { id: 'two' })
    expect(far().fetched).toEqual(['one', 'two'])
    expect(await world.db.read.keptFile.count()).toBe(1)
  })

  it('comes also with what is said later: a detail, progress, the result, a contest', async () => {
    await world.sends('爱丽', '居民群', { id: 'a', caption: ELEVATOR })
    await world.sends('爱丽', '居民群', { id: 'b' })
    await world.sends('王芳', '工作群', { id: 'c', caption: '进展 0001 维保到了' })
    await world.sends('王芳', '工作群', { id: 'd', caption: '办结 0001 已更换门机皮带' })
    await world.sends('爱丽', null, { id: 'e', caption: '没解决 还在抖' })
    expect(await rows()).toMatchObject(['a', 'b', 'c', 'd', 'e'].map((id) => ({ reference: `telegram:${id}` })))
    expect(new Set(await world.states())).toEqual(new Set(['kept']))
  })

  it('of a worker that quotes the card belongs to that request', async () => {
    await world.as('爱丽').says('居民群', ELEVATOR)
    const card = world.last('工作群')
    const { person, group, telegram } = world
    telegram.server.deliver({
      message: {
        message_id: telegram.server.nextMessageId(),
        date: 1,
        from: { id: Number(person('王芳').id), is_bot: false, first_name: '王芳' },
        chat: { id: Number(group('工作群').id), type: 'group', title: '工作群' },
        photo: [{ file_id: 'after', file_unique_id: 'after', width: 800, height: 600 }],
        reply_to_message: {
          message_id: Number(card.id),
          from: { ...telegram.server.bot, is_bot: true },
          text: card.text,
        },
      },
    })
    await world.settle()
    expect(await rows()).toMatchObject([{ subject: SUBJECT, status: 'kept' }])
    expect(world.last('工作群').text).toBe('已补充到 0001。')
  })

  it('of what a worker first had to judge comes once it is logged', async () => {
    // Whatever the recogniser thinks, it is unsure.
    const triage = { log: 1, ask: 0, urgentLog: 1, urgentAsk: 0 }
    await world.db.write((tx) => tx.community.updateMany({ data: { settings: { triage } } }))
    await world.sends('爱丽', '居民群', { id: 'maybe', caption: '3幢楼下好像有点不对劲，谁来看看' })
    const asked = world.heard('私聊:王芳').some((one) => one.choices.includes('登记'))
    expect(asked).toBe(true)
    expect(await rows()).toEqual([])
    await world.as('王芳').taps('登记')
    expect(await rows()).toMatchObject([{ subject: SUBJECT, status: 'kept', reference: 'telegram:maybe' }])
  })

  it('of what was no request after all goes again', async () => {
    await world.sends('爱丽', '居民群', { id: 'lift', caption: ELEVATOR })
    const sha = (await rows())[0]?.sha256 ?? ''
    await world.as('王芳').says('工作群', '不是诉求 0001')
    expect(await world.states()).toEqual(['dropped:taken_down'])
    expect(await world.files.has(sha)).toBe(false)
    expect(await world.db.read.keptFile.count()).toBe(0)
  })
})

describe('a picture of a visit', () => {
  it('is kept for the visit', async () => {
    await world.sends('王芳', null, { id: 'home', caption: '走访 3-2-501 楼道灯坏了，已联系物业' })
    const [row] = await rows()
    expect(row).toMatchObject({ status: 'kept' })
    expect(row?.subject).toMatch(/^visit:/)
    expect(await world.db.read.ledgerEntry.findFirst({ where: { type: 'attachment.kept' } })).toMatchObject({
      page: 'visits',
    })
  })
})

describe('how long a picture stays', () => {
  it('goes when its sender asks to be forgotten, also from a request of somebody else', async () => {
    await world.sends('爱丽', '居民群', { id: 'lift', caption: ELEVATOR })
    serve('too', picture('也是'))
    await world.as('阿波').says('私聊', '你好')
    await world.sends('阿波', '居民群', { id: 'too', caption: '附议 0001 我家也是' })
    const shas = (await rows()).map((one) => one.sha256 ?? '')
    expect(shas).toHaveLength(2)
    await world.as('阿波').says('私聊', '删除我的信息')
    const [yes = ''] = world.last('私聊:阿波').choices
    await world.as('阿波').taps(yes)
    expect((await rows()).map((one) => one.sha256)).toEqual([shas[0]])
    expect(await world.files.has(shas[0] ?? '')).toBe(true)
    expect(await world.files.has(shas[1] ?? '')).toBe(false)
  })

  it('goes when its request has been closed for long enough, and the ledger says so', async () => {
    const settings = { attachmentDays: 30 }
    await world.db.write((tx) => tx.community.updateMany({ data: { settings } }))
    await world.sends('爱丽', '居民群', { id: 'lift', caption: ELEVATOR })
    const sha = (await rows())[0]?.sha256 ?? ''
    await world.advance({ days: 3 })
    await world.as('王芳').says('工作群', '办结 0001 已更换门机皮带')
    await world.jump({ days: 29 })
    await world.advance({ hours: 1 })
    expect(await world.files.has(sha)).toBe(true)
    await world.jump({ days: 2 })
    await world.advance({ hours: 1 })
    expect(await world.states()).toEqual(['dropped:expired'])
    expect(await world.files.has(sha)).toBe(false)
    expect(await world.db.read.ledgerEntry.findFirst({ where: { type: 'attachment.dropped' } })).toMatchObject({
      subject: SUBJECT,
      text: '附件保存期满，已删除 1 个',
    })
  })

  it('stays while another attachment has the same bytes', async () => {
    serve('one', picture('同'))
    serve('two', picture('同'))
    await world.sends('爱丽', '居民群', { id: 'one', caption: ELEVATOR })
    await world.sends('爱丽', '居民群', { id: 'two' })
    const [first] = await rows()
    await world.db.write((tx) => tx.attachment.delete({ where: { id: first?.id ?? 0 } }))
    expect(await sweepFiles(world.db, world.files)).toBe(0)
    expect(await world.files.has(first?.sha256 ?? '')).toBe(true)
  })
})
