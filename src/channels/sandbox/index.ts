import { randomUUID } from 'node:crypto'
import { FetchFailure, SendFailure } from '../../kernel/errors.js'
import { type IncomingInput, incomingSchema } from '../../kernel/message.js'
import type { Channel, ChannelLimits, Receive } from '../channel.js'
import { createFeed, type Feed } from './feed.js'
import { createMediaFolder, type MediaFolder } from './media.js'
import { envelope, findSpeaker, type SandboxPost, type Speaker, textEvent } from './parse.js'
import { texts } from './texts.js'
import { type SandboxDirectory, SandboxFault, type SandboxMedia, type SandboxMessage } from './types.js'
import { BOT_MESSAGE, REFERENCE, viewIncoming, viewOutgoing } from './view.js'

/** What the sandbox needs of the service around it. */
export interface SandboxPorts {
  /** Everybody and every conversation, as of now. */
  directory(): Promise<SandboxDirectory>
  /** The newest `limit` messages of a conversation at or before `before` (ms since 1970; null for now), oldest first. */
  history(conversation: string, before: number | null, limit: number): Promise<readonly SandboxMessage[]>
  /** `advance` moves the clock of a demonstration forward by ms; without it the page shows no clock. */
  readonly clock: { now(): Date; advance?(ms: number): Promise<void> }
  /** Folder of pictures and files; made when first used. */
  readonly mediaFolder: string
}

export interface SandboxChannel extends Channel, Pick<SandboxPorts, 'directory' | 'history'> {
  /** Says something; resolves once it is stored. @throws SandboxFault, or what the inbox threw: nothing was stored. */
  post(post: SandboxPost): Promise<SandboxMessage>
  /** Presses a button of the bot's message; resolves once it is stored. Throws as `post`. */
  press(press: {
    readonly id?: string
    readonly as: string
    readonly conversation: string
    readonly messageId: string
    readonly data: string
  }): Promise<void>
  /** Changes what one said; resolves once it is stored. Throws as `post`. */
  editMessage(edit: {
    readonly id?: string
    readonly as: string
    readonly conversation: string
    readonly messageId: string
    readonly text: string
  }): Promise<void>
  /** Puts the bot into a group or out of it. Throws as `post`. */
  setMembership(change: { readonly as: string; readonly conversation: string; readonly member: boolean }): Promise<void>
  readonly media: MediaFolder
  readonly feed: Pick<Feed, 'subscribe' | 'since' | 'lastId'>
  readonly clock: {
    now(): Date
    /** Moves the clock forward by ms and tells the open pages; undefined where it cannot be moved. */
    readonly advance?: (ms: number) => Promise<void>
  }
}

/** Our own page has no limits; these are large numbers, not infinities, so that sums with them stay numbers. */
const LIMITS: ChannelLimits = {
  perConversationMs: 0,
  betweenConversationsMs: 0,
  perGroupPerMinute: 1_000_000,
  perMinute: 1_000_000,
  perDay: 1_000_000_000,
  textLength: 1_000_000,
  buttons: true,
}

const NAME = 'sandbox'
/** How often a moving clock is shown. */
const CLOCK_SHOWN_MS = 250
/** How many messages back one's own words can still be changed. */
const EDITABLE = 200

/** Our own chat page as a platform. It keeps no conversation: the database does, and is asked through `history`. */
export function createSandboxChannel(ports: SandboxPorts): SandboxChannel {
  const { clock } = ports
  const feed = createFeed()
  const media = createMediaFolder(ports.mediaFolder)
  let state: 'starting' | 'online' | 'offline' = 'starting'
  let receive: Receive | undefined

  /** A long move runs what falls due on the way: the pages see the hands turn. */
  async function showing(move: Promise<void> | undefined): Promise<void> {
    const tell = () => feed.publish({ kind: 'clock', now: clock.now().getTime() })
    const turning = setInterval(tell, CLOCK_SHOWN_MS)
    try {
      await move
    } finally {
      clearInterval(turning)
      tell()
    }
  }

  /** Stores one event of a speaker; `make` sees who speaks where. */
  async function accept(
    as: string,
    conversation: string,
    externalId: string,
    make: (speaker: Speaker) => Pick<IncomingInput, 'event' | 'messageId'>,
  ) {
    if (!receive) throw new SandboxFault('offline')
    const speaker = findSpeaker(await ports.directory(), as, conversation)
    const base = envelope(NAME, speaker, clock.now())
    const message = incomingSchema.parse({ ...base, externalId, ...make(speaker) })
    await receive([message])
    return message
  }

  return {
    name: NAME,
    limits: LIMITS,
    directory: ports.directory,
    history: ports.history,
    media,
    feed,
    clock: {
      now: () => clock.now(),
      ...(clock.advance ? { advance: (ms: number) => showing(clock.advance?.(ms)) } : {}),
    },
    async start(hand) {
      receive = hand
      state = 'online'
    },
    async open(reference) {
      const bytes = await media.open(reference.slice(REFERENCE.length))
      if (!bytes) throw new FetchFailure('gone', 'no such picture in the sandbox')
      return (async function* () {
        yield bytes
      })()
    },
    async stop() {
      receive = undefined
      state = 'offline'
      feed.close()
    },
    status: () => ({ state, detail: state === 'offline' ? texts.stopped : texts[state] }),

    async post(post) {
      const id = `m:${post.id ?? randomUUID()}`
      const message = await accept(post.as, post.conversation, id, ({ conversation }) => ({
        messageId: id,
        event: textEvent(post, conversation.kind === 'private'),
      }))
      const view = viewIncoming(message)
      if (!view) throw new Error('a text has a view')
      feed.publish({ kind: 'message', message: view })
      return view
    },
    async press({ id = randomUUID(), as, conversation, messageId, data }) {
      const event = { kind: 'button', data, messageId } as const
      const { sender } = await accept(as, conversation, `p:${id}`, () => ({ event }))
      feed.publish({ kind: 'pressed', conversation, messageId, press: { data, by: sender } })
    },
    async editMessage({ id = randomUUID(), as, conversation, messageId, text }) {
      const said = await ports.history(conversation, null, EDITABLE)
      if (!said.some((message) => message.id === messageId && message.author?.id === as))
        throw new SandboxFault('not_yours')
      await accept(as, conversation, `e:${id}`, () => ({ messageId, event: { kind: 'edited', text } }))
      feed.publish({ kind: 'edited', conversation, messageId, text })
    },
    async setMembership({ as, conversation, member }) {
      await accept(as, conversation, `j:${randomUUID()}`, () => ({ event: { kind: member ? 'joined' : 'left' } }))
    },
    async send(conversation, message) {
      if (state !== 'online') throw new SendFailure('unreachable', 'the sandbox is not running')
      const { image, file } = message
      const shown: SandboxMedia[] = [
        ...(image ? [{ kind: 'image' as const, id: await media.save(image.bytes), name: image.alt }] : []),
        ...(file ? [{ kind: 'file' as const, id: await media.save(file.bytes), name: file.name }] : []),
      ]
      const id = `${BOT_MESSAGE}${randomUUID()}`
      feed.publish({ kind: 'message', message: viewOutgoing(id, conversation, clock.now().getTime(), message, shown) })
      return { externalId: id }
    },
  }
}
