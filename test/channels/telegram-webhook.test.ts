import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTelegramHarness, type TelegramHarness } from '../support/telegram-harness.js'
import { createTestInbox, type TestInbox } from '../support/test-inbox.js'

const UPDATE = {
  update_id: 9001,
  message: {
    message_id: 1,
    date: 1_795_310_000,
    from: { id: 7, is_bot: false, first_name: '爱丽' },
    chat: { id: -100, type: 'group', title: '群' },
    text: '电梯坏了',
  },
}

describe('the Telegram webhook', () => {
  let harness: TelegramHarness
  let inbox: TestInbox

  beforeEach(async () => {
    harness = await createTelegramHarness({ webhook: true })
    inbox = createTestInbox()
    await harness.start(inbox.receive)
  })
  afterEach(() => harness.stop())

  async function post(body: string, secret: string | null = harness.webhook?.secret ?? ''): Promise<number> {
    const headers = new Headers(secret === null ? [] : [['x-telegram-bot-api-secret-token', secret]])
    const response = await fetch(harness.webhook?.url ?? '', { method: 'POST', body, headers })
    await response.arrayBuffer()
    return response.status
  }
  const good = JSON.stringify(UPDATE)

  it('answers 200 once the update is stored', async () => {
    expect(await post(good)).toBe(200)
    expect(inbox.taken.map(({ externalId }) => externalId)).toEqual(['update:9001'])
  })

  it('answers 503 when it could not be stored, so that Telegram delivers again', async () => {
    inbox.refuse(1)
    expect(await post(good)).toBe(503)
    expect(inbox.taken).toEqual([])
    expect(await post(good)).toBe(200)
  })

  it('takes nothing without the right secret', async () => {
    const secret = harness.webhook?.secret ?? ''
    const wrong = [null, '', 'wrong', `${secret}x`, secret.slice(1), secret.toUpperCase(), 'x'.repeat(5000)]
    for (const given of wrong) expect(await post(good, given), `secret ${given}`).toBe(401)
    expect(inbox.taken).toEqual([])
  })

  it('answers 400 to what is no update, and lives on', async () => {
    const bodies = [
      '',
      'not json',
      '{"update_id":1,',
      'null',
      '[]',
      '7',
      '{"__proto__":{"update_id":1}}',
      '{"update_id":1,"message":{}}',
      '{"update_id":1,"message":{"chat":{"id":"; DROP TABLE"},"from":{"id":1}}}',
      `{"update_id":1,"message":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
      JSON.stringify({ ...UPDATE, padding: 'x'.repeat(2_000_000) }),
    ]
    for (const body of bodies) expect(await post(body), body.slice(0, 60)).toBe(400)
    expect(inbox.taken).toEqual([])
    expect(await post(good)).toBe(200)
  })

  it('confirms kinds of updates it does not know', async () => {
    expect(await post('{"update_id":3,"message_reaction":{"chat":{"id":1}}}')).toBe(200)
    expect(inbox.taken).toEqual([])
  })

  it('takes POST alone', async () => {
    const response = await fetch(harness.webhook?.url ?? '')
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('takes nothing after it was stopped', async () => {
    await harness.channel.stop()
    expect(await post(good)).toBe(503)
    expect(inbox.taken).toEqual([])
  })

  it('takes many at once, each once', async () => {
    const bodies = Array.from({ length: 200 }, (_, index) => JSON.stringify({ ...UPDATE, update_id: index }))
    const answers = await Promise.all(bodies.map((body) => post(body)))
    expect(new Set(answers)).toEqual(new Set([200]))
    expect(new Set(inbox.taken.map(({ externalId }) => externalId)).size).toBe(200)
  })
})

describe('the secret of the webhook', () => {
  it('must be one that Telegram takes', async () => {
    await expect(createTelegramHarness({ webhook: true, channel: { webhookSecret: '密码' } })).rejects.toThrow(
      'TELEGRAM_WEBHOOK_SECRET',
    )
  })
})
