import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  createTelegramHarness,
  type TelegramHarness,
  type TelegramHarnessOptions,
} from '../support/telegram-harness.js'
import { createTestInbox } from '../support/test-inbox.js'

const running: TelegramHarness[] = []
async function make(options: TelegramHarnessOptions = {}): Promise<TelegramHarness> {
  const harness = await createTelegramHarness(options)
  running.push(harness)
  return harness
}
afterEach(async () => {
  for (const harness of running.splice(0)) await harness.stop()
})
const until = (check: () => boolean) => vi.waitUntil(check, { timeout: 8000, interval: 5 })

describe('Telegram at the edge', () => {
  it('confirms a batch only after it was stored', async () => {
    const harness = await make()
    const inbox = createTestInbox()
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    let handed = 0
    await harness.start(async (messages) => {
      handed += messages.length
      await gate
      await inbox.receive(messages)
    })
    await harness.say(harness.person('爱丽'), null, '在吗')
    await until(() => handed === 1)
    expect(harness.server.pending()).toBe(1)
    open()
    await harness.allConfirmed()
    expect(inbox.taken.length).toBe(1)
  })

  it('confirms what it leaves alone', async () => {
    const harness = await make()
    const inbox = createTestInbox()
    await harness.start(inbox.receive)
    harness.server.deliver({ poll: { id: '1' } })
    harness.server.deliver({ message: { broken: true } })
    await harness.say(harness.person('爱丽'), null, '在吗')
    await harness.allConfirmed()
    expect(inbox.taken.length).toBe(1)
  })

  it('goes on when update ids start again from a lower number', async () => {
    // Polls that end at once: the server then forgets nothing between two of them but what they confirm.
    const harness = await make({ channel: { pollTimeoutSeconds: 0 } })
    const inbox = createTestInbox()
    await harness.start(inbox.receive)
    const update = (update_id: number, text: string) => {
      const from = { id: 7, is_bot: false, first_name: '爱丽' }
      harness.server.deliver({
        update_id,
        message: { message_id: update_id, date: 1, from, chat: { id: 7, type: 'private' }, text },
      })
    }
    update(90_000, '以前')
    await harness.allConfirmed()
    const polls = harness.server.calls.length
    await until(() => harness.server.calls.length >= polls + 3)
    update(12, '后来')
    await inbox.until(2)
    await harness.allConfirmed()
    expect(inbox.taken.map(({ externalId }) => externalId)).toEqual(['update:90000', 'update:12'])
  })

  it('stops the spinner of a pressed button, but only once the press is stored', async () => {
    for (const webhook of [false, true]) {
      const harness = await make({ webhook })
      const inbox = createTestInbox()
      await harness.start(inbox.receive)
      const wang = harness.person('王芳')
      await harness.channel.send(wang.id, { text: '待接单', choices: [{ label: '接单', data: 'a' }] })
      const [card] = harness.sent({ person: wang })
      if (!card) throw new Error('no card')
      inbox.refuse(1)
      await harness.press(wang, { person: wang }, card, '接单')
      await harness.until(() => harness.server.acknowledged.length > 0)
      await harness.allConfirmed()
      expect(inbox.refusals()).toBe(1)
      expect(inbox.taken.length).toBe(1)
      expect(harness.server.acknowledged.length).toBe(1)
    }
  })

  it('says that another program receives with the same token, and goes on when that ends', async () => {
    const harness = await make()
    const inbox = createTestInbox()
    const description = 'Conflict: terminated by other getUpdates request'
    for (let time = 0; time < 3; time += 1) harness.server.fail({ kind: 'error', code: 409, description }, 'getUpdates')
    const seen: string[] = []
    const watch = setInterval(() => seen.push(harness.channel.status().detail), 1)
    await harness.start(inbox.receive)
    clearInterval(watch)
    expect(seen.some((detail) => detail.includes('409'))).toBe(true)
    await harness.say(harness.person('爱丽'), null, '在吗')
    await inbox.until(1)
  })

  it('rides out faults of the network and of Telegram', async () => {
    const harness = await make()
    const inbox = createTestInbox()
    harness.server.fail({ kind: 'cut' }, 'getMe')
    harness.server.fail({ kind: 'error', code: 502, description: 'Bad Gateway' }, 'deleteWebhook')
    harness.server.fail({ kind: 'cut' }, 'getUpdates')
    await harness.say(harness.person('爱丽'), null, '在吗')
    await harness.start(inbox.receive)
    await inbox.until(1)
    await harness.allConfirmed()
    expect(inbox.taken.length).toBe(1)
  })

  it('registers its webhook again until Telegram agrees', async () => {
    const harness = await make({ webhook: true })
    harness.server.fail({ kind: 'error', code: 400, description: 'Bad Request: bad webhook' }, 'setWebhook')
    await harness.start(createTestInbox().receive)
    expect(harness.server.calls.filter((call) => call === 'setWebhook').length).toBe(2)
  })

  it('says loudly, in both languages, that privacy mode hides group talk', async () => {
    const harness = await make({ server: { canReadAllGroupMessages: false } })
    await harness.start(createTestInbox().receive)
    const { state, detail } = harness.channel.status()
    expect(state).toBe('online')
    expect(detail).toContain('隐私模式')
    expect(detail).toContain('Privacy mode is ON')
    expect(detail).toContain('/setprivacy')
    const open = await make()
    await open.start(createTestInbox().receive)
    expect(open.channel.status().detail).not.toContain('隐私模式')
  })

  it('says that a token is refused, and never writes the token down', async () => {
    const lines: string[] = []
    const sink = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk))
        done()
      },
    })
    const token = '424242:SECRETsecretSECRET'
    const logger = pino({ level: 'trace' }, sink)
    const refused = await make({ channel: { token, logger } })
    await refused.channel.start(createTestInbox().receive)
    await until(() => refused.channel.status().detail.includes('TELEGRAM_BOT_TOKEN'))
    const nowhere = await make({ channel: { token, logger, apiRoot: 'http://127.0.0.1:1' } })
    await nowhere.channel.start(createTestInbox().receive)
    await until(() => nowhere.channel.status().state === 'offline')
    const failure = await nowhere.channel.send('7', { text: '在吗' }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ kind: 'unreachable' })
    logger.error({ err: failure }, 'a send failed')
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.join('')).not.toContain('SECRETsecret')
    expect(nowhere.channel.status().detail).not.toContain('SECRETsecret')
  })
})

describe('sending to Telegram', () => {
  it('tells of each refusal of the API what it means', async () => {
    const harness = await make()
    const kindOf = async (code: number, description: string) => {
      harness.server.fail({ kind: 'error', code, description })
      const failure = await harness.channel.send('7', { text: '在吗' }).catch((error: unknown) => error)
      return (failure as { kind?: string }).kind
    }
    expect(await kindOf(401, 'Unauthorized')).toBe('unreachable')
    expect(await kindOf(403, "Forbidden: bot can't initiate conversation with a user")).toBe('blocked')
    expect(await kindOf(400, 'Bad Request: chat not found')).toBe('rejected')
    expect(await kindOf(429, 'Too Many Requests')).toBe('throttled')
    expect(await kindOf(500, 'Internal Server Error')).toBe('unreachable')
    expect(await kindOf(503, 'Service Unavailable')).toBe('unreachable')
    expect(await kindOf(504, 'Gateway Timeout')).toBe('unknown')
  })

  it('meets limits that are enforced with the wait they ask for', async () => {
    const harness = await make({ server: { enforceLimits: true } })
    await harness.channel.send('-5', { text: '一' })
    await expect(harness.channel.send('-5', { text: '二' })).rejects.toMatchObject({
      kind: 'throttled',
      details: { retryAfterMs: 1000 },
    })
    await harness.channel.send('-6', { text: '别处' })
  })

  it('waits and goes on when a later part is held up, and repeats no part', async () => {
    const harness = await make()
    const held = { kind: 'error', code: 429, description: 'Too Many Requests', parameters: { retry_after: 0 } } as const
    harness.server.fail(held, 'sendMessage', 1)
    harness.server.fail({ kind: 'error', code: 500, description: 'Internal Server Error' }, 'sendMessage', 2)
    await harness.channel.send('7', { text: `${'甲'.repeat(4096)}${'乙'.repeat(100)}` })
    expect(harness.server.sent.map(({ text }) => text[0])).toEqual(['甲', '乙'])
    expect(harness.server.calls.length).toBe(4)
  })

  it('leaves the end unknown when a later part fails for good', async () => {
    const harness = await make()
    harness.server.fail({ kind: 'error', code: 403, description: 'Forbidden: bot was kicked' }, 'sendMessage', 1)
    const send = harness.channel.send('7', { text: '甲'.repeat(5000) })
    await expect(send).rejects.toMatchObject({ kind: 'unknown', message: expect.stringContaining('part 2 of 2') })
    expect(harness.server.sent.length).toBe(1)
  })
})
