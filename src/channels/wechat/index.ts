import type { Logger } from 'pino'
import type { WechatyOptions as RuntimeOptions, Wechaty } from 'wechaty'
import { SendFailure } from '../../kernel/errors.js'
import type { Channel, ChannelLimits, ChannelStatus, Receive } from '../channel.js'
import { openFile } from './download.js'
import { listen } from './events.js'
import { createIntake, type Intake } from './intake.js'
import { TEXT_LENGTH } from './render.js'
import { sendMessage } from './send.js'
import { type SilenceWatch, watchSilence } from './silence.js'
import { texts } from './texts.js'

export interface WechatOptions {
  /** Name of the puppet's package, or a puppet itself. */
  readonly puppet: RuntimeOptions['puppet']
  readonly token?: string
  /** Path the login is remembered under; without it every start needs a scan. */
  readonly name?: string
  /** Most messages a minute and a day; accounts that send much are banned. */
  readonly perMinute?: number
  readonly perDay?: number
  /** No event for so long and the channel counts as offline. */
  readonly silenceMs?: number
  /** Pause between the parts of one message. */
  readonly partPauseMs?: number
  readonly retryDelayMs?: number
  readonly logger: Logger
}

const MINUTE_MS = 60_000

/** What a WeChat account can send without drawing attention. */
const LIMITS: ChannelLimits = {
  perConversationMs: 1000,
  betweenConversationsMs: 4000,
  perGroupPerMinute: 20,
  perMinute: 40,
  perDay: 500,
  textLength: TEXT_LENGTH,
  buttons: false,
}

/**
 * The WeChat channel over the Wechaty runtime, which is loaded at `start` only. `start` returns at once; `status` holds
 * the login link. Room and contact ids may change at every login.
 */
export function createWechatChannel(options: WechatOptions): Channel {
  const { logger, silenceMs = 10 * MINUTE_MS, partPauseMs = 1000, retryDelayMs = 1000 } = options
  let status: ChannelStatus = { state: 'starting', detail: texts.starting }
  let bot: Wechaty | null = null
  let intake: Intake | null = null
  let silence: SilenceWatch | null = null
  let running: Promise<void> = Promise.resolve()
  let stopping = false

  function report(state: ChannelStatus['state'], detail: string): void {
    if (status.state === state && status.detail === detail) return
    status = { state, detail }
    const loud = state !== 'online' || detail === texts.notStored
    logger[loud && !stopping ? 'warn' : 'info']({ channel: 'wechat', state }, detail)
  }

  const reportLogin = () => {
    if (bot?.isLoggedIn) report('online', texts.online(bot.currentUser.name()))
  }

  async function run(receive: Receive): Promise<void> {
    try {
      const runtime = await import('wechaty')
      const { puppet, token, name } = options
      const build = { ...(name ? { name } : {}), puppet, ...(token ? { puppetOptions: { token } } : {}) }
      const started = runtime.WechatyBuilder.build(build as RuntimeOptions)
      bot = started
      intake = createIntake({
        receive,
        retryDelayMs,
        logger,
        onStored: (stored) => {
          if (!stored) report(status.state, texts.notStored)
          else if (status.detail === texts.notStored) reportLogin()
        },
      })
      silence = watchSilence(silenceMs, {
        silence: () => {
          if (status.state !== 'waiting_for_login') report('offline', texts.silent(Math.round(silenceMs / MINUTE_MS)))
        },
        voice: () => {
          if (status.state === 'offline') reportLogin()
        },
      })
      listen(runtime, started, {
        logger,
        push: intake.push,
        heard: silence.heard,
        fault: (error) => logger.warn({ channel: 'wechat' }, redacted(error)),
        report: (state, detail) => {
          if (!stopping) report(state, detail)
        },
      })
      await started.start()
    } catch (error) {
      report('offline', texts.failed(redacted(error)))
    }
  }

  function redacted(error: unknown): string {
    const words = error instanceof Error ? error.message : String(error)
    return options.token ? words.replaceAll(options.token, '[token]') : words
  }

  return {
    name: 'wechat',
    limits: {
      ...LIMITS,
      perMinute: options.perMinute ?? LIMITS.perMinute,
      perDay: options.perDay ?? LIMITS.perDay,
    },
    async start(receive) {
      running = run(receive)
    },
    async send(conversation, message) {
      if (!bot) throw new SendFailure('unreachable', texts.notLoggedIn)
      return { externalId: await sendMessage(bot, conversation, message, partPauseMs) }
    },
    open: (reference, signal) => openFile(bot, reference, signal),
    async stop() {
      stopping = true
      await running
      silence?.stop()
      await intake?.stop()
      await bot?.stop()
      report('offline', texts.stopped)
    },
    status: () => status,
  }
}
