import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { types } from 'wechaty'
import { createWechatChannel } from '../../src/channels/wechat/index.js'
import { parseQuote } from '../../src/channels/wechat/quote.js'
import { render } from '../../src/channels/wechat/render.js'
import { createTestInbox, type TestInbox } from '../support/test-inbox.js'
import { createWechatHarness, type WechatHarness } from '../support/wechat-harness.js'

const until = (check: () => boolean) => vi.waitUntil(check, { timeout: 8000, interval: 5 })

describe('WeChat at the edge', () => {
  let harness: WechatHarness
  let inbox: TestInbox
  const status = () => harness.channel.status()

  beforeEach(async () => {
    harness = await createWechatHarness()
    inbox = createTestInbox()
  })
  afterEach(() => harness.stop())

  it('shows the login link, then the scan, then who is logged in, then the logout', async () => {
    await harness.startOnly(inbox.receive)
    harness.mocker.scan('https://login.weixin.qq.com/l/abc==', types.ScanStatus.Waiting)
    await until(() => status().state === 'waiting_for_login')
    expect(status().detail).toContain('https://wechaty.js.org/qrcode/https%3A%2F%2Flogin.weixin.qq.com%2Fl%2Fabc%3D%3D')
    harness.mocker.scan('', types.ScanStatus.Scanned)
    await until(() => status().detail.includes('已扫码'))
    harness.mocker.login(harness.self)
    await until(() => status().state === 'online')
    expect(status().detail).toContain('邻里')
    await harness.puppet.logout('手机上退出')
    await until(() => status().state === 'waiting_for_login')
    expect(status().detail).toContain('手机上退出')
    await expect(harness.channel.send('contact-1', { text: '在吗' })).rejects.toMatchObject({ kind: 'unreachable' })
  })

  it('sends nothing, and says so, before it is logged in', async () => {
    await expect(harness.channel.send('contact-1', { text: '在吗' })).rejects.toMatchObject({ kind: 'unreachable' })
  })

  it('refuses a conversation that WeChat does not know, and tells how to mend it', async () => {
    await harness.start(inbox.receive)
    for (const id of ['gone@chatroom', 'gone']) {
      const failure = await harness.channel.send(id, { text: '在吗' }).catch((error: unknown) => error)
      expect(failure).toMatchObject({ kind: 'rejected', message: expect.stringContaining('bind-chat') })
    }
  })

  it('leaves its own words and official accounts alone', async () => {
    await harness.start(inbox.receive)
    const ailee = harness.person('爱丽')
    const group = harness.group('群', ailee)
    const official = harness.mocker.createContact({ id: 'gh_1', name: '公众号', type: types.Contact.Official })
    harness.self.say('我说的').to(harness.mocker.RoomMock.load(group.id))
    official.say('推送').to(harness.self)
    await harness.say(ailee, group, '大家好')
    const [message, ...more] = await inbox.until(1)
    expect(message?.event).toMatchObject({ text: '大家好' })
    expect(more).toEqual([])
  })

  it('hears nothing of others who join', async () => {
    await harness.start(inbox.receive)
    const ailee = harness.person('爱丽')
    const group = harness.group('群', ailee)
    const change = { roomId: group.id, inviterId: ailee.id, timestamp: Date.now() }
    harness.puppet.emit('room-join', { ...change, inviteeIdList: [harness.person('老周').id] })
    await harness.say(ailee, group, '欢迎')
    expect((await inbox.until(1)).map(({ event }) => event.kind)).toEqual(['text'])
  })

  it('keeps the order even when the first message takes long to look up', async () => {
    await harness.start(inbox.receive)
    const ailee = harness.person('爱丽')
    const group = harness.group('群', ailee)
    const payload = harness.puppet.messageRawPayload.bind(harness.puppet)
    let slow = true
    harness.puppet.messageRawPayload = async (id: string) => {
      const wait = slow ? 50 : 0
      slow = false
      await new Promise((resolve) => setTimeout(resolve, wait))
      return payload(id)
    }
    for (const text of ['一', '二', '三']) await harness.say(ailee, group, text)
    const taken = await inbox.until(3)
    expect(taken.map(({ event }) => event.kind === 'text' && event.text)).toEqual(['一', '二', '三'])
  })

  it('tries again to read a message that the puppet did not give out at first', async () => {
    await harness.start(inbox.receive)
    const payload = harness.puppet.messageRawPayload.bind(harness.puppet)
    let failures = 3
    harness.puppet.messageRawPayload = async (id: string) => {
      failures -= 1
      if (failures >= 0) throw new Error('14 UNAVAILABLE')
      return payload(id)
    }
    await harness.say(harness.person('爱丽'), null, '在吗')
    expect((await inbox.until(1))[0]?.event).toMatchObject({ text: '在吗' })
  })

  it('answers to its name in the room, and does not take a neighbour for itself', async () => {
    await harness.start(inbox.receive)
    const ailee = harness.person('爱丽')
    const group = harness.group('群', ailee)
    const dashes = '- - - - - - - - - - - - - - -'
    await harness.say(ailee, group, `「老周：谁家的车挡路」\n${dashes}\n我家的，马上挪`)
    await harness.say(ailee, group, '@邻里小厨 今天有包子吗')
    await harness.say(ailee, group, '@邻里\u2005进度')
    const [reply, shop, asked] = await inbox.until(3)
    expect(reply?.event).toMatchObject({
      text: '我家的，马上挪',
      quoted: { text: '谁家的车挡路' },
      addressed: false,
    })
    expect(shop?.event).toMatchObject({ text: '@邻里小厨 今天有包子吗', addressed: false })
    expect(asked?.event).toMatchObject({ text: '进度', addressed: true })
  })

  it('takes the budget of a day from its options', () => {
    expect(harness.channel.limits.perDay).toBe(500)
    const channel = createWechatChannel({ puppet: harness.puppet, perDay: 80, logger: harness.logger })
    expect(channel.limits.perDay).toBe(80)
  })
})

describe('a silent WeChat', () => {
  it('counts as offline until something is heard', async () => {
    const harness = await createWechatHarness({ silenceMs: 300 })
    const inbox = createTestInbox()
    await harness.start(inbox.receive)
    await until(() => harness.channel.status().state === 'offline')
    expect(harness.channel.status().detail).toContain('没有任何动静')
    harness.puppet.emit('heartbeat', { data: 'beat' })
    await until(() => harness.channel.status().state === 'online')
    await harness.stop()
  })
})

describe('a WeChat that never comes up', () => {
  it('counts as offline too', async () => {
    const harness = await createWechatHarness({ silenceMs: 30 })
    await harness.startOnly(createTestInbox().receive)
    await until(() => harness.channel.status().state === 'offline')
    await harness.stop()
  })
})

describe('a WeChat that cannot start', () => {
  it('says why and does not take the service down', async () => {
    const harness = await createWechatHarness({
      puppet: 'wechaty-puppet-that-is-not-installed' as never,
      token: 'tkn-1',
    })
    await harness.channel.start(createTestInbox().receive)
    await until(() => harness.channel.status().state === 'offline')
    expect(harness.channel.status().detail).toContain('wechaty-puppet-that-is-not-installed')
    await harness.stop()
  })
})

describe('what a quoting message of WeChat holds', () => {
  it.each([
    ['「爱丽：电梯坏了」\n- - - - - - - - - - - - - - -\n修好了吗', ['爱丽', '电梯坏了', '修好了吗']],
    ['「王芳:第一行\n第二行」\n- - - - - - - - - - - - - - -\n好\n的', ['王芳', '第一行\n第二行', '好\n的']],
    ['「邻里：他说「好」」\n—————————————————\n1', ['邻里', '他说「好」', '1']],
  ])('%s', (text, [name, quoted, said]) => {
    expect(parseQuote(text)).toEqual({ name, quoted, said })
  })

  it.each(['「爱丽：电梯坏了」', '- - - - - -\n好', '他说「好：的」\n- - - - - -\n嗯', ''])(
    'is no quote: %s',
    (text) => {
      expect(parseQuote(text)).toBeNull()
    },
  )
})

describe('how choices look on WeChat', () => {
  const choices = (...labels: string[]) => labels.map((label) => ({ label, data: label }))

  it('stand in one line while they fit, else one a line', () => {
    expect(render({ text: '待接单', choices: choices('接单', '转派') }, false)).toEqual([
      { kind: 'text', text: '待接单\n1 接单  2 转派\n（回复数字）' },
    ])
    const [part] = render({ text: '请选', choices: choices('物业报修', '自行维修，可推荐师傅', '业委会') }, false)
    expect(part).toEqual({
      kind: 'text',
      text: '请选\n1 物业报修\n2 自行维修，可推荐师傅\n3 业委会\n（回复数字）',
    })
  })

  it('say in a group that the number has to quote the message', () => {
    expect(render({ text: '待接单', choices: choices('接单') }, true)).toEqual([
      { kind: 'text', text: '待接单\n1 接单\n（引用本条消息，回复数字）' },
    ])
  })
})
