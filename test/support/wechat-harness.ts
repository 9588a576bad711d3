import { setTimeout as sleep } from 'node:timers/promises'
import { FileBox, type FileBoxInterface } from 'file-box'
import { type Logger, pino } from 'pino'
import { log } from 'wechaty'
import { mock, PuppetMock } from 'wechaty-puppet-mock'
import type { WechatOptions } from '../../src/channels/wechat/index.js'
import { createWechatChannel } from '../../src/channels/wechat/index.js'
import type { ChannelHarness, FaultKinds, Place, Seen } from './channel-harness.js'

export interface WechatHarness extends ChannelHarness {
  readonly mocker: mock.Mocker
  readonly puppet: PuppetMock
  readonly logger: Logger
  /** The bot's own account. */
  readonly self: mock.ContactMock
  /** Starts the channel without logging in. */
  startOnly(receive: Parameters<ChannelHarness['start']>[0]): Promise<void>
}

/** The dashes WeChat puts between what is quoted and the reply. */
const DASHES = '- - - - - - - - - - - - - - -'

/** A puppet does not tell whether what it failed at was done. */
export const WECHAT_FAULTS: FaultKinds = { down: 'unknown', cut: 'unknown' }

/** The WeChat channel over the real Wechaty runtime, whose far side is the mock puppet. */
export async function createWechatHarness(options: Partial<WechatOptions> = {}): Promise<WechatHarness> {
  log.level('silent')
  const mocker = new mock.Mocker()
  const puppet = new PuppetMock({ mocker })
  const self = mocker.createContact({ id: 'bot', name: '邻里' })
  const logger = pino({ level: 'silent' })
  const channel = createWechatChannel({
    puppet,
    partPauseMs: 1,
    retryDelayMs: 5,
    logger,
    ...options,
  })
  let people = 0
  let groups = 0
  let clock = Date.now()
  let fault: 'down' | 'cut' | null = null
  const send = puppet.messageSendText.bind(puppet)
  puppet.messageSendText = async (conversation: string, text: string) => {
    const failing = fault
    fault = null
    if (failing === 'down') throw new Error('14 UNAVAILABLE: connection refused')
    await send(conversation, text)
    if (failing === 'cut') throw new Error('13 INTERNAL: Received RST_STREAM')
  }

  const contact = (person: { id: string }) => mocker.ContactMock.load(person.id)
  const target = (person: { id: string }, group: { id: string } | null) =>
    group
      ? { conversation: mocker.RoomMock.load(group.id), from: contact(person) }
      : { conversation: self, from: contact(person) }
  const say = (
    person: { id: string },
    group: { id: string } | null,
    what: string | FileBoxInterface,
    mentions: mock.ContactMock[] = [],
  ) => {
    const { conversation, from } = target(person, group)
    from.say(what, mentions).to(conversation)
  }
  const startOnly: WechatHarness['startOnly'] = async (receive) => {
    const ready = new Promise<void>((resolve) => puppet.once('start', () => resolve()))
    await channel.start(receive)
    await ready
  }

  return {
    channel,
    mocker,
    puppet,
    logger,
    self,
    startOnly,
    tellsMessageIds: false,
    async start(receive) {
      await startOnly(receive)
      mocker.login(self)
      while (channel.status().state !== 'online') await sleep(2)
    },
    stop: () => channel.stop(),
    person: (name) => {
      people += 1
      mocker.createContact({ id: `contact-${people}`, name })
      return { id: `contact-${people}`, name }
    },
    group: (name, ...members) => {
      groups += 1
      const id = `room-${groups}@chatroom`
      mocker.createRoom({ id, topic: name, memberIdList: [self.id, ...members.map((person) => person.id)] })
      return { id, name }
    },
    conversation: (place) => placeId(place),
    async say(person, group, text, { mentionBot, quotes } = {}) {
      const quoting = quotes ? `「${self.payload.name}：${quotes.text}」\n${DASHES}\n${text}` : text
      say(person, group, mentionBot ? `@${self.payload.name}\u2005${quoting}` : quoting, mentionBot ? [self] : [])
    },
    async sendPhoto(person, group) {
      say(person, group, FileBox.fromBase64('/9j/4AAQ', 'photo.jpg'))
    },
    async press(person, place, message, label) {
      const number = message.choices.indexOf(label) + 1
      if (number === 0) throw new Error(`no choice "${label}" in: ${message.text}`)
      say(person, 'group' in place ? place.group : null, String(number))
    },
    async setMembership(group, member) {
      clock += 1000
      const change = { roomId: group.id, timestamp: clock }
      const by = mocker.createContact({ id: `manager-${clock}`, name: '群主' }).id
      if (member) puppet.emit('room-join', { ...change, inviteeIdList: [self.id], inviterId: by })
      else puppet.emit('room-leave', { ...change, removeeIdList: [self.id], removerId: by })
    },
    sent: (place) =>
      [...mocker.cacheMessagePayload.values()]
        .filter((payload) => payload.talkerId === self.id && (payload.roomId ?? payload.listenerId) === placeId(place))
        .map((payload) => toSeen(mocker, payload.id, payload.text ?? '')),
    async until(check) {
      while (!check()) await sleep(2)
    },
    failNext(kind) {
      if (kind !== 'down' && kind !== 'cut') throw new Error(`WeChat has no fault ${kind}`)
      fault = kind
    },
    allConfirmed: async () => undefined,
  }
}

function placeId(place: Place): string {
  return 'group' in place ? place.group.id : place.person.id
}

function toSeen(mocker: mock.Mocker, id: string, text: string): Seen {
  const file = mocker.cacheFileBoxPayload.get(id)
  const media = file ? FileBox.fromJSON(file) : null
  const choices = /（(?:引用本条消息，)?回复数字）/.test(text) ? [...text.matchAll(/(?:^| {2})\d+ (\S+)/gm)] : []
  return {
    id,
    text,
    mention: /^@(\S+) /.exec(text)?.[1] ?? null,
    choices: choices.map(([, label]) => label ?? ''),
    replyTo: null,
    media: media && {
      kind: /^image\//.test(media.mediaType) ? 'image' : 'file',
      name: media.name,
      bytes: Buffer.from(file && 'base64' in file ? file.base64 : '', 'base64'),
    },
  }
}
