import type { Logger } from 'pino'
import type { Wechaty } from 'wechaty'
import type { ChannelStatus } from '../channel.js'
import type { Read } from './intake.js'
import { readMembership, readMessage } from './parse.js'
import { texts } from './texts.js'

/** The runtime's package, loaded when the channel starts. */
export type Runtime = typeof import('wechaty')

export interface Listener {
  readonly logger: Logger
  push(read: Read): void
  /** Called on every sign of life. */
  heard(): void
  report(state: ChannelStatus['state'], detail: string): void
  /** The puppet told of a fault. */
  fault(error: Error): void
}

/**
 * Listens to a bot that is not started yet. Messages and memberships are taken from the puppet itself: Wechaty's own
 * events come after look-ups that take differently long, so they may overtake each other.
 */
export function listen(runtime: Runtime, bot: Wechaty, listener: Listener): void {
  const { logger, push, heard, report } = listener
  bot.on('error', listener.fault)
  bot.on('scan', (code, status) => {
    const { Waiting, Timeout, Scanned, Confirmed } = runtime.ScanStatus
    const link = `https://wechaty.js.org/qrcode/${encodeURIComponent(code)}`
    if (status === Waiting || status === Timeout) report('waiting_for_login', texts.scan(link))
    if (status === Scanned || status === Confirmed) report('waiting_for_login', texts.scanned)
  })
  bot.on('login', (user) => report('online', texts.online(user.name())))
  bot.on('logout', (_user, reason) => report('waiting_for_login', texts.loggedOut(reason ?? '')))
  bot.on('friendship', () => logger.info({ channel: 'wechat' }, texts.friendRequest))
  bot.on('room-invite', () => logger.info({ channel: 'wechat' }, texts.invited))
  bot.on('puppet', (puppet) => {
    for (const sign of [
      'heartbeat',
      'dong',
      'ready',
      'login',
      'message',
      'room-join',
      'room-leave',
      'room-topic',
    ] as const) {
      puppet.on(sign, heard)
    }
    puppet.on('message', ({ messageId }) => push(() => readMessage(bot, messageId)))
    puppet.on('room-join', ({ roomId, inviteeIdList: members, inviterId: actor, timestamp }) =>
      push(() => readMembership(bot, { kind: 'joined', roomId, members, actor, timestamp })),
    )
    puppet.on('room-leave', ({ roomId, removeeIdList: members, removerId: actor, timestamp }) =>
      push(() => readMembership(bot, { kind: 'left', roomId, members, actor, timestamp })),
    )
  })
}
