import { describe, expect, it } from 'vitest'
import { keyboard, render } from '../../src/channels/telegram/render.js'
import { splitText } from '../../src/channels/text.js'
import { SendFailure } from '../../src/kernel/errors.js'

const image = { bytes: Buffer.from('AAAA', 'base64'), mime: 'image/png', alt: '图' }
const labels = (names: readonly string[]) =>
  keyboard(names.map((label, index) => ({ label, data: String(index) }))).map((row) => row.map(({ text }) => text))

describe('how a message looks on Telegram', () => {
  it('asks for no markup of the text, so that no sign in it means anything', () => {
    const [part] = render('7', { text: '*_[`<' })
    expect(part?.payload).not.toHaveProperty('parse_mode')
    expect(part?.payload).toMatchObject({ chat_id: '7', text: '*_[`<' })
  })

  it('answers a message even if that one is gone by then', () => {
    const [part] = render('7', { text: '好', replyTo: '41' })
    expect(part?.payload.reply_parameters).toEqual({ message_id: 41, allow_sending_without_reply: true })
  })

  it('keeps short labels side by side and gives long ones a row each', () => {
    expect(labels(['接单', '转派', '办结', '不受理', '不是诉求'])).toEqual([
      ['接单', '转派', '办结'],
      ['不受理', '不是诉求'],
    ])
    expect(labels(['解决了，满意', '基本满意', '没解决'])).toEqual([['解决了，满意', '基本满意'], ['没解决']])
    const long = '自行维修，可推荐社区认识的师傅上门'
    expect(labels(['物业报修', long, '业委会'])).toEqual([['物业报修'], [long], ['业委会']])
    expect(labels([])).toEqual([])
  })

  it('refuses choice data that Telegram would refuse', () => {
    expect(keyboard([{ label: '好', data: 'x'.repeat(64) }])).toHaveLength(1)
    expect(() => keyboard([{ label: '好', data: '字'.repeat(22) }])).toThrow(SendFailure)
  })

  it('puts words under a picture while they fit, else after it, the buttons last', () => {
    const choices = [{ label: '发', data: 'a' }]
    const short = render('7', { text: '短', image, choices })
    expect(short.map(({ method }) => method)).toEqual(['sendPhoto'])
    expect(short[0]?.payload).toMatchObject({ caption: '短', reply_markup: expect.anything() })
    const long = render('7', { text: '长'.repeat(1025), image, choices, replyTo: '41' })
    expect(long.map(({ method }) => method)).toEqual(['sendPhoto', 'sendMessage'])
    expect(long[0]?.payload).not.toHaveProperty('caption')
    expect(long[0]?.payload).not.toHaveProperty('reply_markup')
    expect(long[1]?.payload).not.toHaveProperty('reply_parameters')
    expect(long[1]?.payload).toHaveProperty('reply_markup')
  })

  it('marks the mention where it stands, in UTF-16 units', () => {
    const [part] = render('-5', { text: '已登记', mention: { id: '7', name: '爱丽😀' } })
    expect(part?.payload).toMatchObject({
      text: '@爱丽😀 已登记',
      entities: [{ type: 'text_mention', offset: 0, length: 5, user: { id: 7 } }],
    })
  })
})

describe('cutting a long text', () => {
  it('cuts at lines, else at spaces, else between characters, and never inside one', () => {
    expect(splitText('12345\n789', 8)).toEqual(['12345', '789'])
    expect(splitText('12345 789', 8)).toEqual(['12345', '789'])
    expect(splitText('123456789', 8)).toEqual(['12345678', '9'])
    expect(splitText('1234567😀9', 8)).toEqual(['1234567', '😀9'])
    expect(splitText('', 8)).toEqual([''])
  })

  it('keeps every character, whatever the text', () => {
    const text = Array.from({ length: 3000 }, (_, index) =>
      index % 97 === 0 ? '\n' : index % 7 === 0 ? '😀' : '字',
    ).join('')
    const pieces = splitText(text, 400)
    expect(pieces.join('').replace(/\n/g, '')).toBe(text.replace(/\n/g, ''))
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(400)
      // Half a character cannot be encoded.
      expect(() => encodeURIComponent(piece)).not.toThrow()
    }
  })
})
