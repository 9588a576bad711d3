import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createSandboxChannel, type SandboxChannel } from '../../src/channels/sandbox/index.js'
import type { SandboxConversation, SandboxMessage, SandboxPerson } from '../../src/channels/sandbox/types.js'
import type { ChannelHarness, Group, Person, Place, Seen } from '../support/channel-harness.js'

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')
/** More than the contract refuses in a row. */
const ATTEMPTS = 6

/** The sandbox with its page played by the test: a page tries again, under the same id, what was not taken. */
export async function createSandboxHarness(): Promise<ChannelHarness & { readonly channel: SandboxChannel }> {
  const mediaFolder = mkdtempSync(join(tmpdir(), 'linli-media-'))
  const people: SandboxPerson[] = []
  const conversations: SandboxConversation[] = []
  const shown: SandboxMessage[] = []
  const seen = new Map<SandboxMessage, Seen>()
  const channel = createSandboxChannel({
    directory: async () => ({ people, conversations }),
    history: async (conversation) => shown.filter((message) => message.conversation === conversation),
    clock: { now: () => new Date() },
    mediaFolder,
  })
  channel.feed.subscribe(({ event }) => {
    if (event.kind === 'message') shown.push(event.message)
  })

  const idOf = (place: Place) => ('group' in place ? place.group.id : `private:${place.person.id}`)
  const place = (person: Person, group: Group | null) => idOf(group ? { group } : { person })

  async function untilTaken(attempt: () => Promise<unknown>): Promise<void> {
    for (let left = ATTEMPTS; ; left -= 1) {
      try {
        await attempt()
        return
      } catch (error) {
        if (left === 0) throw error
      }
    }
  }

  async function toSeen(message: SandboxMessage): Promise<Seen> {
    const [media] = message.media
    const bytes = media && (await channel.media.open(media.id))
    return {
      id: message.id,
      text: message.text,
      mention: message.mentions[0]?.name ?? null,
      choices: message.choices.map(({ label }) => label),
      replyTo: message.quote?.id ?? null,
      media: media && bytes ? { kind: media.kind, name: media.name, bytes: Buffer.from(bytes) } : null,
    }
  }

  const send = channel.send
  return {
    // The contract reads what was sent at once; the bytes of pictures are read from the folder before that.
    channel: Object.assign(channel, {
      send: async (...given: Parameters<typeof send>) => {
        const sent = await send(...given)
        for (const message of shown) if (!seen.has(message)) seen.set(message, await toSeen(message))
        return sent
      },
    }),
    tellsMessageIds: true,
    start: (receive) => channel.start(receive),
    async stop() {
      await channel.stop()
      rmSync(mediaFolder, { recursive: true, force: true })
    },
    person(name) {
      const externalId = `person-${people.length + 1}`
      people.push({ externalId, name, role: 'resident', roleLabel: '居民', home: '' })
      conversations.push({ id: `private:${externalId}`, name: '邻里', kind: 'private', members: [externalId] })
      return { id: externalId, name }
    },
    group(name) {
      if (people.length === 0)
        people.push({ externalId: 'admin', name: '管理员', role: 'manager', roleLabel: '', home: '' })
      const id = `group:${conversations.length + 1}`
      conversations.push({ id, name, kind: 'residents', members: 'everyone' })
      return { id, name }
    },
    conversation: idOf,
    async say(person, group, words, { mentionBot, quotes } = {}) {
      const id = randomUUID()
      await untilTaken(() =>
        channel.post({
          id,
          as: person.id,
          conversation: place(person, group),
          text: mentionBot ? `@邻里 ${words}` : words,
          ...(quotes ? { quote: { id: quotes.id, text: quotes.text } } : {}),
        }),
      )
    },
    async sendPhoto(person, group, caption = '') {
      const image = await channel.media.save(JPEG)
      await channel.post({ as: person.id, conversation: place(person, group), text: caption, images: [image] })
    },
    async press(person, where, message, label) {
      const choice = shown.find(({ id }) => id === message.id)?.choices.find((one) => one.label === label)
      if (!choice) throw new Error(`no button "${label}" on: ${message.text}`)
      await channel.press({ as: person.id, conversation: idOf(where), messageId: message.id, data: choice.data })
    },
    async setMembership(group, member) {
      const [someone] = people
      await channel.setMembership({ as: someone?.externalId ?? '', conversation: group.id, member })
    },
    sent: (where) =>
      shown.flatMap((message) => {
        const one = seen.get(message)
        return one && message.author === null && message.conversation === idOf(where) ? [one] : []
      }),
    async until(check) {
      while (!check()) await sleep(2)
    },
    failNext: () => undefined,
    allConfirmed: async () => undefined,
  }
}
