import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { type Clock, systemClock } from '../../kernel/clock.js'
import { OperatorError } from '../../kernel/errors.js'
import { createBackoff } from '../backoff.js'
import type { Channel, ChannelLimits, ChannelStatus, Receive } from '../channel.js'
import { ApiFault, createApi } from './api.js'
import { openFile } from './download.js'
import type { Edge } from './edge.js'
import { poll } from './polling.js'
import { TEXT_LENGTH } from './render.js'
import { sendParts } from './send.js'
import { texts } from './texts.js'
import { createWebhookHandler, registerWebhook } from './webhook.js'

export interface TelegramOptions {
  readonly token: string
  /** Address of a Bot API server; default Telegram's own. */
  readonly apiRoot?: string
  /** Public address Telegram shall deliver to; without it the channel polls. */
  readonly webhookUrl?: string
  /** Default: a new one at every start, which Telegram is told. */
  readonly webhookSecret?: string
  readonly pollTimeoutSeconds?: number
  /** First pause after a fault; doubles up to a minute. */
  readonly retryDelayMs?: number
  readonly clock?: Clock
  readonly logger: Logger
}

/** Telegram's rules: 30 messages a second in all, 1 a second to a chat, 20 a minute to a group. No daily bound. */
const LIMITS: ChannelLimits = {
  perConversationMs: 1000,
  betweenConversationsMs: 34,
  perGroupPerMinute: 20,
  perMinute: 1800,
  perDay: 30 * 86_400,
  textLength: TEXT_LENGTH,
  buttons: true,
}
const LONGEST_PAUSE_MS = 60_000

/**
 * The Telegram channel. `start` returns at once and keeps trying while Telegram cannot be reached; `status` tells.
 * @throws OperatorError if the webhook secret has signs that Telegram does not take.
 */
export function createTelegramChannel(options: TelegramOptions): Channel {
  const { token, webhookUrl, retryDelayMs = 1000, clock = systemClock, logger } = options
  const secret = options.webhookSecret ?? randomBytes(32).toString('hex')
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(secret)) throw new OperatorError(texts.badSecret)
  const api = createApi(token, options.apiRoot ?? 'https://api.telegram.org')
  const stopping = new AbortController()
  const backoff = createBackoff(retryDelayMs, LONGEST_PAUSE_MS, stopping.signal)
  let status: ChannelStatus = { state: 'starting', detail: texts.starting }
  let wellDetail: string = texts.starting
  let edge: Edge | null = null
  let running: Promise<void> = Promise.resolve()

  function report(state: ChannelStatus['state'] = 'online', detail = wellDetail): void {
    if (status.state === state && status.detail === detail) return
    status = { state, detail }
    const loud = state === 'offline' || detail === texts.notStored
    logger[loud ? 'warn' : 'info']({ channel: 'telegram', state }, detail)
  }

  async function meet(receive: Receive): Promise<Edge | null> {
    while (!stopping.signal.aborted) {
      try {
        const me = await api.call('getMe', {}, { signal: stopping.signal })
        backoff.reset()
        const username = me.username ?? ''
        wellDetail = texts.online(username)
        if (!me.can_read_all_group_messages) {
          wellDetail += `\n${texts.privacyMode(username)}`
          logger.warn({ channel: 'telegram' }, texts.privacyMode(username))
        }
        const bot = { id: String(me.id), username }
        return { api, bot, receive, clock, logger, backoff, signal: stopping.signal, report }
      } catch (error) {
        if (stopping.signal.aborted) return null
        const fault = error instanceof ApiFault ? error : null
        const refused = fault?.code === 401 || fault?.code === 404
        report('offline', refused ? texts.tokenRefused : texts.unreachable(fault?.message ?? String(error)))
        await backoff.wait()
      }
    }
    return null
  }

  async function run(receive: Receive): Promise<void> {
    edge = await meet(receive)
    if (!edge) return
    if (webhookUrl) await registerWebhook(edge, webhookUrl, secret)
    else await poll(edge, options.pollTimeoutSeconds ?? 50)
  }

  return {
    name: 'telegram',
    limits: LIMITS,
    async start(receive) {
      running = run(receive)
    },
    async send(conversation, message) {
      return { externalId: await sendParts(api, conversation, message, retryDelayMs) }
    },
    open: (reference, signal) => openFile(api, reference, signal),
    async stop() {
      stopping.abort()
      await running
      api.close()
      report('offline', texts.stopped)
    },
    status: () => status,
    ...(webhookUrl
      ? { webhook: { path: new URL(webhookUrl).pathname, handle: createWebhookHandler(secret, () => edge) } }
      : {}),
  }
}
