import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kindOfBytes } from '../../src/files/index.js'
import { SendFailure, type SendFailureKind } from '../../src/kernel/errors.js'
import type { IncomingMessage } from '../../src/kernel/message.js'
import type { ChannelHarness, FarFault, FaultKinds, HarnessMaker, Seen } from '../support/channel-harness.js'
import { createTestInbox, PIXEL, type TestInbox } from '../support/test-inbox.js'

export { createTestInbox, PIXEL, type TestInbox }

/** What every channel must do, whatever the platform; run against each with its own harness. */
export function describeChannel(name: string, make: HarnessMaker, faults: FaultKinds): void {
  describe(`${name}: the contract of channels`, () => {
    let harness: ChannelHarness
    let inbox: TestInbox

    beforeEach(async () => {
      harness = await make()
      inbox = createTestInbox()
      await harness.start(inbox.receive)
    })
    afterEach(() => harness.stop())

    const one = async (): Promise<IncomingMessage> => {
      const [message] = await inbox.until(1)
      if (!message) throw new Error('nothing arrived')
      return message
    }
    const only = (messages: readonly Seen[]): Seen => {
      const [message] = messages
      if (!message || messages.length > 1) throw new Error(`expected one message, got ${messages.length}`)
      return message
    }

    it('is online and says so', () => {
      expect(harness.channel.status().state).toBe('online')
    })

    it('hands on talk in a group, with who, where and when', async () => {
      const ailee = harness.person('爱丽')
      const group = harness.group('滨河居民群', ailee)
      const before = Date.now()
      await harness.say(ailee, group, '3幢2单元电梯又坏了')
      const message = await one()
      expect(message).toMatchObject({
        channel: harness.channel.name,
        conversation: harness.conversation({ group }),
        conversationName: '滨河居民群',
        isPrivate: false,
        sender: { id: ailee.id, name: '爱丽' },
        event: { kind: 'text', text: '3幢2单元电梯又坏了', addressed: false, attachments: [] },
      })
      expect(Math.abs(message.sentAt - before)).toBeLessThan(10_000)
    })

    it('hands on private talk, which is always meant for the bot', async () => {
      const wang = harness.person('王芳')
      await harness.say(wang, null, '办结 0012 已更换钢丝绳')
      expect(await one()).toMatchObject({
        conversation: harness.conversation({ person: wang }),
        isPrivate: true,
        event: { kind: 'text', text: '办结 0012 已更换钢丝绳', addressed: true },
      })
    })

    it('gives each message an id of its own and keeps the order of a conversation', async () => {
      const ailee = harness.person('爱丽')
      const group = harness.group('群', ailee)
      for (const text of ['一', '二', '三', '四']) await harness.say(ailee, group, text)
      const taken = await inbox.until(4)
      expect(taken.map(({ event }) => event.kind === 'text' && event.text)).toEqual(['一', '二', '三', '四'])
      expect(new Set(taken.map(({ externalId }) => externalId)).size).toBe(4)
    })

    it('sees that it was mentioned and takes its own name out of the words', async () => {
      const ailee = harness.person('爱丽')
      const group = harness.group('群', ailee)
      await harness.say(ailee, group, '报事 路灯不亮', { mentionBot: true })
      expect((await one()).event).toMatchObject({ text: '报事 路灯不亮', addressed: true })
    })

    it('tells which message is quoted', async () => {
      const ailee = harness.person('爱丽')
      const group = harness.group('群', ailee)
      const { externalId } = await harness.channel.send(harness.conversation({ group }), { text: '已登记 0007' })
      await harness.say(ailee, group, '修好了吗', { quotes: only(harness.sent({ group })) })
      const { event } = await one()
      expect(event).toMatchObject({ kind: 'text', text: '修好了吗', addressed: true })
      const quoted = event.kind === 'text' ? event.quoted : undefined
      expect(quoted?.text).toBe('已登记 0007')
      if (harness.tellsMessageIds) expect(quoted?.externalId).toBe(externalId)
    })

    it('keeps a picture as a reference, and gives out its bytes', async () => {
      const ailee = harness.person('爱丽')
      await harness.sendPhoto(ailee, harness.group('群', ailee))
      const { event } = await one()
      expect(event).toMatchObject({ kind: 'text', text: '', attachments: [{ mime: 'image/jpeg' }] })
      const [picture] = event.kind === 'text' ? event.attachments : []
      expect(picture?.reference).toMatch(new RegExp(`^${harness.channel.name}:.+`))
      const bytes: Uint8Array[] = []
      const stream = await harness.channel.open?.(picture?.reference ?? '', AbortSignal.timeout(60_000))
      for await (const part of stream ?? []) bytes.push(part)
      expect(kindOfBytes(Buffer.concat(bytes))?.group).toBe('image')
    })

    it('tells when it is put into a group and out of it', async () => {
      const group = harness.group('新群')
      await harness.setMembership(group, true)
      await harness.setMembership(group, false)
      const taken = await inbox.until(2)
      expect(taken.map(({ event }) => event.kind)).toEqual(['joined', 'left'])
      expect(taken.map(({ conversation }) => conversation)).toEqual(Array(2).fill(harness.conversation({ group })))
    })

    it('has a message that could not be stored delivered again, and once only when it is', async () => {
      const ailee = harness.person('爱丽')
      const group = harness.group('群', ailee)
      inbox.refuse(2)
      await harness.say(ailee, group, '第一句')
      await inbox.until(1)
      expect(inbox.refusals()).toBe(2)
      await harness.say(ailee, group, '第二句')
      await inbox.until(2)
      await harness.allConfirmed()
      expect(inbox.taken.map(({ event }) => event.kind === 'text' && event.text)).toEqual(['第一句', '第二句'])
    })

    it('sends text as it is, whatever signs it has', async () => {
      const group = harness.group('群', harness.person('爱丽'))
      const text = '*3幢* _2单元_ [点我](https://example.org) <b>急</b> & `x` \\ 100%\n第二行 😀'
      const { externalId } = await harness.channel.send(harness.conversation({ group }), { text })
      expect(only(harness.sent({ group }))).toMatchObject({ text, mention: null, choices: [] })
      expect(externalId).not.toBe('')
      if (harness.tellsMessageIds) expect(externalId).toBe(only(harness.sent({ group })).id)
    })

    it('answers under the message it answers, with words or a picture', async () => {
      const ailee = harness.person('爱丽')
      const group = harness.group('群', ailee)
      await harness.say(ailee, group, '电梯坏了')
      const { messageId } = await one()
      expect(messageId).toBeDefined()
      const image = { bytes: Buffer.from(PIXEL, 'base64'), mime: 'image/png', alt: '' }
      await harness.channel.send(harness.conversation({ group }), { text: '已登记', replyTo: messageId })
      await harness.channel.send(harness.conversation({ group }), { text: '图', image, replyTo: messageId })
      const sent = harness.sent({ group })
      expect(sent.map(({ text }) => text).filter((text) => text !== '')).toEqual(['已登记', '图'])
      const expected = harness.tellsMessageIds ? messageId : null
      for (const { replyTo } of sent) expect(replyTo).toBe(expected)
    })

    it('mentions the person it answers, in a group', async () => {
      const ailee = harness.person('爱丽')
      const group = harness.group('群', ailee)
      await harness.channel.send(harness.conversation({ group }), { text: '已登记 0007', mention: ailee })
      const seen = only(harness.sent({ group }))
      expect(seen.mention).toBe('爱丽')
      expect(seen.text).toMatch(/^@爱丽\s已登记 0007$/)
    })

    it('mentions nobody in a private conversation', async () => {
      const wang = harness.person('王芳')
      await harness.channel.send(harness.conversation({ person: wang }), { text: '已登记 0007', mention: wang })
      expect(only(harness.sent({ person: wang }))).toMatchObject({ text: '已登记 0007', mention: null })
    })

    it('offers choices that a person can take', async () => {
      const wang = harness.person('王芳')
      const choices = [
        { label: '接单', data: 'token-1:0' },
        { label: '转派', data: 'token-1:1' },
      ]
      await harness.channel.send(harness.conversation({ person: wang }), { text: '【待接单】0007', choices })
      const card = only(harness.sent({ person: wang }))
      expect(card.choices).toEqual(['接单', '转派'])
      await harness.press(wang, { person: wang }, card, '转派')
      const { event, sender } = await one()
      expect(sender.id).toBe(wang.id)
      if (harness.channel.limits.buttons) {
        expect(event).toEqual({ kind: 'button', data: 'token-1:1', messageId: card.id })
      } else {
        expect(event).toMatchObject({ kind: 'text', text: '2' })
      }
    })

    it('sends a picture with its words', async () => {
      const group = harness.group('群', harness.person('爱丽'))
      const image = { bytes: Buffer.from(PIXEL, 'base64'), mime: 'image/png', alt: '本月走访' }
      await harness.channel.send(harness.conversation({ group }), { text: '11 月走访：142/150', image })
      const seen = harness.sent({ group })
      const picture = seen.find(({ media }) => media !== null)
      expect(picture?.media?.kind).toBe('image')
      expect(picture?.media?.bytes.equals(Buffer.from(PIXEL, 'base64'))).toBe(true)
      expect(seen.map(({ text }) => text).join('')).toBe('11 月走访：142/150')
    })

    it('sends a file under its name', async () => {
      const wang = harness.person('王芳')
      const file = { bytes: Buffer.from('a,b\n1,2'), mime: 'text/csv', name: '台账 11月.csv' }
      await harness.channel.send(harness.conversation({ person: wang }), { text: '本月台账', file })
      const seen = harness.sent({ person: wang })
      const media = seen.find((message) => message.media !== null)?.media
      expect(media).toMatchObject({ kind: 'file', name: '台账 11月.csv' })
      expect(media?.bytes.toString()).toBe('a,b\n1,2')
    })

    it('sends a text of any length, in whole', async () => {
      const group = harness.group('群', harness.person('爱丽'))
      const lines = Array.from({ length: 600 }, (_, index) => `第${index + 1}行：楼道灯不亮`)
      await harness.channel.send(harness.conversation({ group }), { text: lines.join('\n') })
      const seen = harness.sent({ group })
      expect(seen.length).toBeGreaterThan(0)
      for (const { text } of seen) expect(text.length).toBeLessThanOrEqual(harness.channel.limits.textLength)
      expect(seen.map(({ text }) => text).join('\n')).toBe(lines.join('\n'))
    })

    for (const [fault, kind] of Object.entries(faults) as [FarFault, SendFailureKind][]) {
      it(`tells what became of a send when the far side fails: ${fault} is ${kind}`, async () => {
        const group = harness.group('群', harness.person('爱丽'))
        const target = harness.conversation({ group })
        harness.failNext(fault)
        const error = await harness.channel.send(target, { text: '第一次' }).catch((reason: unknown) => reason)
        expect(error).toBeInstanceOf(SendFailure)
        expect(error).toMatchObject({ kind })
        if (kind === 'throttled') expect(error).toMatchObject({ details: { retryAfterMs: 7000 } })
        if (kind === 'migrated') expect(error).toMatchObject({ details: { to: '-1009' } })
        if (kind !== 'unknown') expect(harness.sent({ group })).toEqual([])
        await harness.channel.send(target, { text: '第二次' })
        expect(harness.sent({ group }).at(-1)?.text).toBe('第二次')
      })
    }

    it('stops, and takes nothing afterwards', async () => {
      const ailee = harness.person('爱丽')
      await harness.channel.stop()
      expect(harness.channel.status().state).toBe('offline')
      await harness.say(ailee, harness.group('群', ailee), '还在吗').catch(() => undefined)
      expect(inbox.taken).toEqual([])
    })
  })
}
