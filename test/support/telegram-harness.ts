import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import type { TelegramOptions } from '../../src/channels/telegram/index.js'
import { createTelegramChannel } from '../../src/channels/telegram/index.js'
import type { SentRecord } from './bot-api-methods.js'
import { type BotApiOptions, type BotApiServer, type Fault, startBotApiServer } from './bot-api-server.js'
import type { ChannelHarness, FarFault, FaultKinds, Group, Person, Place, SayOptions, Seen } from './channel-harness.js'

export interface TelegramHarness extends ChannelHarness {
  readonly server: BotApiServer
  /** Where Telegram delivers to, and with which secret; null when polling. */
  readonly webhook: { readonly url: string; readonly secret: string } | null
}

export interface TelegramHarnessOptions {
  readonly webhook?: boolean
  readonly server?: BotApiOptions
  readonly channel?: Partial<TelegramOptions>
}

const FAULTS: Readonly<Record<FarFault, Fault>> = {
  throttled: {
    kind: 'error',
    code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  },
  blocked: { kind: 'error', code: 403, description: 'Forbidden: bot was blocked by the user' },
  rejected: { kind: 'error', code: 400, description: 'Bad Request: have no rights to send a message' },
  migrated: {
    kind: 'error',
    code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: -1009 },
  },
  down: { kind: 'error', code: 500, description: 'Internal Server Error' },
  gateway: { kind: 'error', code: 502, description: 'Bad Gateway' },
  cut: { kind: 'cut' },
}

export const TELEGRAM_FAULTS: FaultKinds = {
  throttled: 'throttled',
  blocked: 'blocked',
  rejected: 'rejected',
  migrated: 'migrated',
  down: 'unreachable',
  gateway: 'unknown',
  cut: 'unknown',
}

/** The Telegram channel against a Bot API server of this machine, over real HTTP. */
export async function createTelegramHarness(options: TelegramHarnessOptions = {}): Promise<TelegramHarness> {
  const server = await startBotApiServer(options.server)
  const host = createServer((request, response) => {
    if (channel.webhook && request.url === channel.webhook.path) channel.webhook.handle(request, response)
    else response.writeHead(404).end()
  })
  host.listen(0, '127.0.0.1')
  await once(host, 'listening')
  const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/hooks/telegram`
  const secret = randomBytes(16).toString('hex')
  const channel = createTelegramChannel({
    token: server.token,
    apiRoot: server.url,
    pollTimeoutSeconds: 20,
    retryDelayMs: 5,
    logger: pino({ level: 'silent' }),
    ...(options.webhook ? { webhookUrl: url, webhookSecret: secret } : {}),
    ...options.channel,
  })
  let nextPerson = 5000
  let nextGroup = -4000

  const chatOf = (person: Person, group: Group | null) =>
    group
      ? { id: Number(group.id), type: 'group', title: group.name }
      : { id: Number(person.id), type: 'private', first_name: person.name }
  const userOf = (person: Person) => ({ id: Number(person.id), is_bot: false, first_name: person.name })
  const now = () => Math.floor(Date.now() / 1000)

  function deliverMessage(person: Person, group: Group | null, content: object): void {
    const message_id = server.nextMessageId()
    server.deliver({
      message: { message_id, date: now(), from: userOf(person), chat: chatOf(person, group), ...content },
    })
  }

  return {
    channel,
    server,
    webhook: options.webhook ? { url, secret } : null,
    tellsMessageIds: true,
    async start(receive) {
      await channel.start(receive)
      while (channel.status().state !== 'online') await sleep(2)
    },
    async stop() {
      await channel.stop()
      await server.stop()
      host.closeAllConnections()
      host.close()
    },
    person: (name) => ({ id: String(++nextPerson), name }),
    group: (name) => ({ id: String(--nextGroup), name }),
    conversation: (place) => placeId(place),
    async say(person, group, text, { mentionBot, quotes }: SayOptions = {}) {
      const name = `@${server.bot.username}`
      const entities = mentionBot ? [{ type: 'mention', offset: 0, length: name.length }] : []
      deliverMessage(person, group, {
        text: mentionBot ? `${name} ${text}` : text,
        ...(entities.length > 0 ? { entities } : {}),
        ...(quotes ? { reply_to_message: originalOf(server, quotes) } : {}),
      })
    },
    async sendPhoto(person, group, caption) {
      const size = (file_id: string, width: number) => ({ file_id, file_unique_id: file_id, width, height: width })
      const photo = [size('small', 90), size('large', 1280), size('middle', 320)]
      deliverMessage(person, group, { photo, ...(caption ? { caption } : {}) })
    },
    async press(person, place, message, label) {
      const record = server.sent.find(({ messageId }) => String(messageId) === message.id)
      const button = record?.buttons.flat().find(({ text }) => text === label)
      if (!button) throw new Error(`no button "${label}" on: ${message.text}`)
      const group = 'group' in place ? place.group : null
      server.deliver({
        callback_query: {
          id: randomBytes(8).toString('hex'),
          from: userOf(person),
          chat_instance: '1',
          data: button.callback_data,
          message: { ...originalOf(server, message), chat: chatOf(person, group) },
        },
      })
    },
    async setMembership(group, member) {
      const user = { id: server.bot.id, is_bot: true, first_name: 'bot' }
      const [before, after] = member ? ['left', 'member'] : ['member', 'kicked']
      server.deliver({
        my_chat_member: {
          chat: { id: Number(group.id), type: 'group', title: group.name },
          from: { id: 42, is_bot: false, first_name: '管理员' },
          date: now(),
          old_chat_member: { user, status: before },
          new_chat_member: { user, status: after },
        },
      })
    },
    sent: (place) => server.sent.filter(({ chat }) => chat === placeId(place)).map(toSeen),
    until: (check) => server.until(check),
    failNext: (fault) => server.fail(FAULTS[fault]),
    allConfirmed: () => server.until(() => server.pending() === 0),
  }
}

function placeId(place: Place): string {
  return 'group' in place ? place.group.id : place.person.id
}

function originalOf(server: BotApiServer, { id, text }: Seen): object {
  const from = { id: server.bot.id, is_bot: true, first_name: '邻里', username: server.bot.username }
  return { message_id: Number(id), date: 1, from, text }
}

function toSeen({ messageId, text, entities, buttons, replyTo, media }: SentRecord): Seen {
  const mention = entities.find(({ type }) => type === 'text_mention')
  return {
    id: String(messageId),
    text,
    mention: mention ? text.slice(mention.offset + 1, mention.offset + mention.length) : null,
    choices: buttons.flat().map((button) => button.text),
    replyTo: replyTo === null ? null : String(replyTo),
    media: media && { kind: media.kind === 'photo' ? 'image' : 'file', name: media.name, bytes: media.bytes },
  }
}
