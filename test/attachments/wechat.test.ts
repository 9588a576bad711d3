import { Readable } from 'node:stream'
import { FileBox, type FileBoxInterface } from 'file-box'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFarWorld, type FarWorld } from '../dialogues/shared-far-world.js'
import { wechatHands } from '../dialogues/shared-wechat.js'
import { createWechatHarness, type WechatHarness } from '../support/wechat-harness.js'
import { ELEVATOR, MB, picture, SUBJECT } from './support.js'

let wechat: WechatHarness
let world: FarWorld
beforeEach(async () => {
  wechat = await createWechatHarness()
  world = await createFarWorld({
    harness: wechat,
    hands: wechatHands(wechat),
    attachments: { mostBytes: 100 * MB, deadlineMs: 200 },
  })
})
afterEach(() => world.close())

/** 爱丽 reports, then sends a file; the puppet is asked for it later, and may have changed its mind. */
async function reportsWith(file: FileBoxInterface, later?: () => Promise<FileBoxInterface>): Promise<void> {
  await world.as('爱丽').says('居民群', ELEVATOR)
  if (later) wechat.puppet.messageFile = later
  const { mocker } = wechat
  const room = mocker.RoomMock.load(world.group('居民群').id)
  mocker.ContactMock.load(world.person('爱丽').id).say(file).to(room)
  await world.settle()
}
const rows = () => world.db.read.attachment.findMany()
const image = (bytes: Buffer, name = 'photo.jpg') => FileBox.fromBase64(bytes.toString('base64'), name)

describe('a picture over WeChat', () => {
  it('is brought from the puppet after the turn', async () => {
    const bytes = picture('微信')
    await reportsWith(image(bytes))
    const [row] = await rows()
    expect(row).toMatchObject({ subject: SUBJECT, status: 'kept' })
    expect(Buffer.from((await world.files.read(row?.sha256 ?? '')) ?? [])).toEqual(bytes)
  })

  it('is refused when it is a page with a script, whatever its name', async () => {
    await reportsWith(image(Buffer.from('<svg><script>alert(1)</script></svg>'), '../../photo.jpg'))
    expect(await rows()).toMatchObject([{ status: 'refused', reason: 'type' }])
  })

  it('is refused when it has no end', async () => {
    const endless = new Readable({
      read() {
        this.push(Buffer.alloc(MB, 1))
      },
    })
    await reportsWith(image(picture('x')), async () => FileBox.fromStream(endless, 'photo.jpg'))
    expect(await rows()).toMatchObject([{ status: 'refused', reason: 'too_large' }])
  })

  it('is tried again when the puppet never answers, or its stream stands still', async () => {
    await reportsWith(image(picture('x')), () => new Promise(() => undefined))
    expect(await rows()).toMatchObject([{ status: 'waiting', reason: 'unreachable' }])
    wechat.puppet.messageFile = async () => FileBox.fromStream(new Readable({ read: () => undefined }), 'photo.jpg')
    await world.advance({ minutes: 1 })
    expect(await rows()).toMatchObject([{ status: 'waiting', reason: 'unreachable', attempts: 2 }])
    wechat.puppet.messageFile = async () => image(picture('好'))
    await world.advance({ minutes: 1 })
    expect(await rows()).toMatchObject([{ status: 'kept', attempts: 3 }])
  })

  it('waits, without using up its tries, while nobody is logged in', async () => {
    await world.as('爱丽').says('居民群', ELEVATOR)
    wechat.puppet.messageFile = () => new Promise(() => undefined)
    const { mocker } = wechat
    const room = mocker.RoomMock.load(world.group('居民群').id)
    mocker.ContactMock.load(world.person('爱丽').id)
      .say(image(picture('x')))
      .to(room)
    await world.settle()
    await wechat.puppet.logout()
    await wechat.until(() => wechat.channel.status().state === 'waiting_for_login')
    await world.advance({ days: 1 })
    expect(await rows()).toMatchObject([{ status: 'waiting', attempts: 1 }])
  })
})
