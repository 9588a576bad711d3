import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFeed } from '../../src/channels/sandbox/feed.js'
import type { SandboxEvent } from '../../src/channels/sandbox/types.js'
import { createTestInbox, describeChannel, PIXEL, type TestInbox } from '../channels/contract.js'
import { createSandboxHarness } from './harness.js'

describeChannel('Sandbox', createSandboxHarness, {})

type Harness = Awaited<ReturnType<typeof createSandboxHarness>>

describe('what the sandbox takes and shows', () => {
  let harness: Harness
  let inbox: TestInbox
  let events: SandboxEvent[]

  beforeEach(async () => {
    harness = await createSandboxHarness()
    inbox = createTestInbox()
    events = []
    await harness.start(inbox.receive)
    harness.channel.feed.subscribe(({ event }) => events.push(event))
  })
  afterEach(() => harness.stop())

  const event = async () => (await inbox.until(1))[0]?.event

  it('is called by name wherever the name stands, and by no other', async () => {
    const ailee = harness.person('爱丽')
    const group = harness.group('群')
    const say = (text: string) => harness.channel.post({ as: ailee.id, conversation: group.id, text })
    await say('@邻里 进度')
    await say('路灯不亮 ＠邻里，报事')
    await say('@邻里')
    await say('@邻里们 大家好')
    await say('我们邻里之间')
    expect(inbox.taken.map((one) => one.event)).toMatchObject([
      { text: '进度', addressed: true },
      { text: '路灯不亮 报事', addressed: true },
      { text: '', addressed: true },
      { text: '@邻里们 大家好', addressed: false },
      { text: '我们邻里之间', addressed: false },
    ])
  })

  it('shows a message to the pages only once it is stored', async () => {
    const ailee = harness.person('爱丽')
    const post = { id: randomUUID(), as: ailee.id, conversation: `private:${ailee.id}`, text: '帮助' }
    inbox.refuse(1)
    await expect(harness.channel.post(post)).rejects.toThrow('the disk is full')
    expect(events).toEqual([])
    const view = await harness.channel.post(post)
    expect(events).toEqual([{ kind: 'message', message: view }])
    expect(view).toMatchObject({ id: `m:${post.id}`, text: '帮助', author: ailee, mentions: [] })
    expect(inbox.taken[0]).toMatchObject({ externalId: `m:${post.id}`, messageId: `m:${post.id}` })
  })

  it('shows the mention again that was taken out of the stored words', async () => {
    const ailee = harness.person('爱丽')
    const group = harness.group('群')
    const view = await harness.channel.post({ as: ailee.id, conversation: group.id, text: '@邻里 进度' })
    expect(view).toMatchObject({ text: '@邻里 进度', mentions: [{ id: null, name: '邻里' }] })
  })

  it('lets nobody speak who is unknown or not in the conversation', async () => {
    const ailee = harness.person('爱丽')
    const wang = harness.person('王芳')
    const say = (as: string, conversation: string) => harness.channel.post({ as, conversation, text: '在吗' })
    await expect(say('nobody', `private:${ailee.id}`)).rejects.toMatchObject({ kind: 'unknown_person' })
    await expect(say(ailee.id, 'group:none')).rejects.toMatchObject({ kind: 'unknown_conversation' })
    await expect(say(ailee.id, `private:${wang.id}`)).rejects.toMatchObject({ kind: 'not_a_member' })
    expect(inbox.taken).toEqual([])
  })

  it('takes a change of own words only', async () => {
    const ailee = harness.person('爱丽')
    const wang = harness.person('王芳')
    const group = harness.group('群')
    const said = await harness.channel.post({ as: ailee.id, conversation: group.id, text: '3幢电梯坏了' })
    const change = { conversation: group.id, messageId: said.id, text: '5幢电梯坏了' }
    await expect(harness.channel.editMessage({ as: wang.id, ...change })).rejects.toMatchObject({ kind: 'not_yours' })
    await harness.channel.editMessage({ as: ailee.id, ...change })
    expect(inbox.taken.at(-1)).toMatchObject({ messageId: said.id, event: { kind: 'edited', text: '5幢电梯坏了' } })
    expect(events.at(-1)).toEqual({ kind: 'edited', ...change })
  })

  it('takes pictures of the folder and nothing else as a picture', async () => {
    const ailee = harness.person('爱丽')
    const post = (image: string) =>
      harness.channel.post({ as: ailee.id, conversation: `private:${ailee.id}`, text: '', images: [image] })
    const page = await harness.channel.media.save(Buffer.from('<script>alert(1)</script>'))
    await expect(post(page)).rejects.toMatchObject({ kind: 'bad_media' })
    await expect(post('../../etc/passwd.png')).rejects.toMatchObject({ kind: 'bad_media' })
    const picture = await harness.channel.media.save(Buffer.from(PIXEL, 'base64'))
    const view = await post(picture)
    expect(view.media).toEqual([{ kind: 'image', id: picture, name: '' }])
    expect(await event()).toMatchObject({ attachments: [{ reference: `sandbox:${picture}`, mime: 'image/png' }] })
  })

  it('gives a picture the same id each time, and opens nothing outside its folder', async () => {
    const { media } = harness.channel
    const bytes = Buffer.from(PIXEL, 'base64')
    const id = await media.save(bytes)
    expect(await media.save(bytes)).toBe(id)
    expect(Buffer.from((await media.open(id)) ?? []).equals(bytes)).toBe(true)
    expect(await media.open(`../${id}`)).toBeNull()
    expect(await media.open(`${'0'.repeat(32)}.png`)).toBeNull()
  })

  it('tells the pages who pressed what', async () => {
    const wang = harness.person('王芳')
    const conversation = `private:${wang.id}`
    const { externalId } = await harness.channel.send(conversation, {
      text: '【待接单】0007',
      choices: [{ label: '接单', data: 't:0' }],
    })
    await harness.channel.press({ as: wang.id, conversation, messageId: externalId, data: 't:0' })
    expect(events.at(-1)).toEqual({
      kind: 'pressed',
      conversation,
      messageId: externalId,
      press: { data: 't:0', by: wang },
    })
  })
})

describe('the feed of events', () => {
  const tick = (now: number): SandboxEvent => ({ kind: 'clock', now })

  it('gives a page that comes back all it missed, or tells it to read again', () => {
    const feed = createFeed(3)
    feed.publish(tick(1))
    const seen = feed.lastId()
    feed.publish(tick(2))
    feed.publish(tick(3))
    feed.publish(tick(4))
    expect(feed.since(seen)?.map(({ event }) => event)).toEqual([tick(2), tick(3), tick(4)])
    expect(feed.since(feed.lastId())).toEqual([])
    feed.publish(tick(5))
    expect(feed.since(seen)).toBeNull()
    expect(createFeed().since(seen)).toBeNull()
    expect(feed.since('nonsense')).toBeNull()
  })

  it('ends subscriptions when it closes', () => {
    const feed = createFeed()
    const heard: SandboxEvent[] = []
    let ended = 0
    feed.subscribe(
      ({ event }) => heard.push(event),
      () => {
        ended += 1
      },
    )
    const stop = feed.subscribe(() => {
      throw new Error('a page that left is not called')
    })
    stop()
    feed.publish(tick(1))
    feed.close()
    feed.publish(tick(2))
    expect(heard).toEqual([tick(1)])
    expect(ended).toBe(1)
  })
})
