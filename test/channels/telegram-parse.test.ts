import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseUpdate } from '../../src/channels/telegram/parse.js'
import { incomingSchema } from '../../src/kernel/message.js'

const bot = { id: '99', username: 'Linli_bot' }
const now = new Date('2026-11-22T09:14:00+08:00')
const ailee = { id: 7, is_bot: false, first_name: '爱丽', last_name: '陈' }
const group = { id: -100, type: 'supergroup', title: '滨河居民群' }
const base = { message_id: 41, date: 1_795_310_000, from: ailee, chat: group }

/** Parses a message; what is handed on must be what the inbox can store. */
function message(content: object, kind = 'message') {
  const parsed = parseUpdate({ update_id: 5, [kind]: { ...base, ...content } }, bot, now)
  if (!parsed) throw new Error('no update')
  return parsed.message && incomingSchema.parse(parsed.message)
}
const event = (content: object) => message(content)?.event

describe('what a Telegram update becomes', () => {
  it('takes names, times and ids from the message', () => {
    expect(message({ text: '电梯坏了' })).toEqual({
      channel: 'telegram',
      externalId: 'update:5',
      messageId: '41',
      conversation: '-100',
      conversationName: '滨河居民群',
      isPrivate: false,
      sender: { id: '7', name: '爱丽 陈' },
      sentAt: 1_795_310_000_000,
      event: { kind: 'text', text: '电梯坏了', attachments: [], addressed: false },
    })
  })

  it('takes its own mention out, wherever it stands and however it is written', () => {
    const text = '😀 @linli_BOT 报事 路灯'
    expect(event({ text, entities: [{ type: 'mention', offset: 3, length: 10 }] })).toMatchObject({
      text: '😀  报事 路灯',
      addressed: true,
    })
    expect(
      event({ text: '邻里 看看', entities: [{ type: 'text_mention', offset: 0, length: 2, user: { id: 99 } }] }),
    ).toMatchObject({ text: '看看', addressed: true })
    expect(event({ text: '@other 看看', entities: [{ type: 'mention', offset: 0, length: 6 }] })).toMatchObject({
      text: '@other 看看',
      addressed: false,
    })
  })

  it('takes its name off a command, and leaves commands for other bots alone', () => {
    const command = (text: string) =>
      event({ text, entities: [{ type: 'bot_command', offset: 0, length: text.indexOf(' ') }] })
    expect(command('/report@linli_bot 路灯')).toMatchObject({ text: '/report 路灯', addressed: true })
    expect(command('/report 路灯')).toMatchObject({ text: '/report 路灯', addressed: false })
    expect(command('/report@weather_bot 路灯')).toBeUndefined()
  })

  it('survives entities that do not fit the text', () => {
    const entities = [{ type: 'mention', offset: 90, length: 10 }, { type: 'mention' }, null, 7]
    expect(event({ text: '你好', entities })).toMatchObject({ text: '你好', addressed: false })
  })

  it('knows an answer to itself from an answer to a neighbour, and the words quoted', () => {
    const original = {
      message_id: 40,
      date: 1,
      text: '已登记 0007',
      from: { id: 99, is_bot: true, first_name: '邻里' },
    }
    expect(event({ text: '谢谢', reply_to_message: original })).toMatchObject({
      addressed: true,
      quoted: { externalId: '40', text: '已登记 0007' },
    })
    const neighbour = { message_id: 39, date: 1, photo: [], caption: '看这个', from: { ...ailee, id: 8 } }
    expect(event({ text: '真的', reply_to_message: neighbour })).toMatchObject({
      addressed: false,
      quoted: { externalId: '39', text: '看这个' },
    })
    expect(event({ text: '谢谢', reply_to_message: original, quote: { text: '0007', position: 4 } })).toMatchObject({
      quoted: { text: '0007' },
    })
  })

  it('sees no answer in a message that merely stands in a topic', () => {
    const opening = { message_id: 2, date: 1, from: { id: 99, is_bot: true }, forum_topic_created: { name: '报修' } }
    const said = event({ text: '灯坏了', is_topic_message: true, message_thread_id: 2, reply_to_message: opening })
    expect(said).toEqual({ kind: 'text', text: '灯坏了', attachments: [], addressed: false })
  })

  it('keeps pictures, files and voice as references, with their caption', () => {
    const photo = [
      { file_id: 'a', width: 90 },
      { file_id: 'b', width: 1280 },
      { file_id: 'c', width: 320 },
    ]
    expect(event({ photo, caption: '楼道积水' })).toMatchObject({
      text: '楼道积水',
      attachments: [{ reference: 'telegram:b', mime: 'image/jpeg' }],
    })
    expect(event({ document: { file_id: 'd', mime_type: 'application/pdf', file_name: '通知.pdf' } })).toMatchObject({
      text: '',
      attachments: [{ reference: 'telegram:d', mime: 'application/pdf', name: '通知.pdf' }],
    })
    expect(event({ voice: { file_id: 'v', duration: 3 } })).toMatchObject({
      attachments: [{ reference: 'telegram:v', mime: 'audio/ogg' }],
    })
    expect(
      event({ photo, caption: '@linli_bot 报事', caption_entities: [{ type: 'mention', offset: 0, length: 10 }] }),
    ).toMatchObject({ text: '报事', addressed: true })
  })

  it.each([
    ['another bot', { from: { id: 8, is_bot: true, first_name: 'x' }, text: '广告' }],
    ['an anonymous administrator', { from: { id: 1087968824, is_bot: true }, sender_chat: group, text: '通知' }],
    ['a linked channel', { is_automatic_forward: true, text: '转发' }],
    ['somebody who joined', { new_chat_members: [ailee] }],
    ['a pinned message', { pinned_message: base }],
    ['a sticker', { sticker: { file_id: 's' } }],
  ])('leaves %s alone', (_what, content) => {
    expect(message(content)).toBeNull()
  })

  it('hands on what an author changed', () => {
    expect(message({ text: '是4幢', edit_date: 1_795_310_060 }, 'edited_message')).toMatchObject({
      messageId: '41',
      sentAt: 1_795_310_060_000,
      event: { kind: 'edited', text: '是4幢' },
    })
  })

  it('reads a group that became a supergroup, from both ends', () => {
    expect(message({ migrate_to_chat_id: -1001 })).toMatchObject({
      conversation: '-100',
      event: { kind: 'migrated', to: '-1001' },
    })
    const anonymous = { id: 1087968824, is_bot: true, first_name: 'Group' }
    expect(message({ from: anonymous, chat: { ...group, id: -1001 }, migrate_from_chat_id: -100 })).toMatchObject({
      conversation: '-100',
      event: { kind: 'migrated', to: '-1001' },
    })
  })

  it('reads a button press, also on a message too old to be shown', () => {
    const query = { id: '777', from: ailee, data: 'token:1', chat_instance: '1' }
    const press = { update_id: 6, callback_query: { ...query, message: { message_id: 40, date: 0, chat: group } } }
    expect(parseUpdate(press, bot, now)).toMatchObject({
      callbackId: '777',
      message: {
        conversation: '-100',
        sender: { id: '7' },
        sentAt: now.getTime(),
        event: { kind: 'button', data: 'token:1', messageId: '40' },
      },
    })
    expect(parseUpdate({ update_id: 6, callback_query: query }, bot, now)).toEqual({
      updateId: 6,
      callbackId: '777',
      message: null,
    })
  })

  it('tells a person who blocks the bot from a group that puts it out', () => {
    const change = (chat: object, before: object, after: object) =>
      message({ chat, old_chat_member: before, new_chat_member: after }, 'my_chat_member')?.event
    const person = { id: 7, type: 'private', first_name: '爱丽' }
    expect(change(person, { status: 'member' }, { status: 'kicked' })).toEqual({ kind: 'reachable', reachable: false })
    expect(change(person, { status: 'kicked' }, { status: 'member' })).toEqual({ kind: 'reachable', reachable: true })
    expect(change(group, { status: 'left' }, { status: 'administrator' })).toEqual({ kind: 'joined' })
    expect(change(group, { status: 'restricted', is_member: true }, { status: 'left' })).toEqual({ kind: 'left' })
    expect(change(group, { status: 'member' }, { status: 'administrator' })).toBeUndefined()
  })

  it.each([
    ['nothing', null],
    ['a list', []],
    ['text', 'update'],
    ['no id', { message: base }],
    ['an id that is no number', { update_id: '5', message: base }],
    ['a message that is none', { update_id: 5, message: 'hello' }],
    ['no chat', { update_id: 5, message: { ...base, chat: undefined } }],
    ['a chat without id', { update_id: 5, message: { ...base, chat: { type: 'group' } } }],
    ['a sender without id', { update_id: 5, message: { ...base, from: { is_bot: false } } }],
    ['a press without id', { update_id: 5, callback_query: { data: 'x' } }],
  ])('refuses %s', (_what, update) => {
    expect(parseUpdate(update, bot, now)).toBeNull()
  })

  it('confirms kinds it does not know', () => {
    expect(parseUpdate({ update_id: 5, poll: {} }, bot, now)).toEqual({ updateId: 5, message: null })
  })

  it('reads anything without a fault, to what the inbox can store or to nothing', () => {
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.integer(),
      fc.string({ maxLength: 30_000 }),
      fc.constant({ id: 7, is_bot: false, first_name: 'x'.repeat(900) }),
      fc.constant({ id: -100, type: 'group', title: '群'.repeat(900) }),
      fc.array(fc.record({ file_id: fc.oneof(fc.string(), fc.constant('f'.repeat(900))), width: fc.jsonValue() })),
      fc.array(fc.record({ type: fc.constant('mention'), offset: fc.integer(), length: fc.integer() })),
    )
    const fields = ['chat', 'from', 'text', 'caption', 'photo', 'entities', 'document', 'reply_to_message', 'date']
    const content = fc.dictionary(fc.constantFrom(...fields, 'quote', 'id', 'data', 'message', 'message_id'), odd, {
      maxKeys: 3,
    })
    const kinds = fc.constantFrom('message', 'edited_message', 'callback_query', 'my_chat_member')
    const sound = fc.boolean()
    let handedOn = 0
    fc.assert(
      fc.property(kinds, content, sound, (kind, fields, withBase) => {
        const parsed = parseUpdate(
          { update_id: 5, [kind]: { ...(withBase ? { ...base, text: '电梯坏了' } : {}), ...fields } },
          bot,
          now,
        )
        if (!parsed?.message) return
        handedOn += 1
        incomingSchema.parse(parsed.message)
      }),
      { numRuns: 2000 },
    )
    expect(handedOn).toBeGreaterThan(100)
  })
})
