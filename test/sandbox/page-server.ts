import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { createSandboxChannel, type SandboxChannel } from '../../src/channels/sandbox/index.js'
import type { SandboxDirectory, SandboxMessage } from '../../src/channels/sandbox/types.js'
import { demoPeople } from '../../src/demo/people.js'
import { type IncomingMessage, incomingSchema } from '../../src/kernel/message.js'
import { sandboxApp } from '../../src/web/sandbox/index.js'

/** A picture of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const GROUPS = [
  { id: 'group:residents-1', name: '百合一区居民群', kind: 'residents' },
  { id: 'group:residents-2', name: '百合二区居民群', kind: 'residents' },
  { id: 'group:workers', name: '百合社区工作群', kind: 'workers' },
  { id: 'group:subdistrict', name: '百丈街道联络群', kind: 'subdistrict' },
] as const

const directory: SandboxDirectory = {
  people: demoPeople.map(({ id, name, role, roleLabel, homeLabel }) => ({
    externalId: id,
    name,
    role: role ?? 'stranger',
    roleLabel,
    home: homeLabel,
  })),
  conversations: [
    ...GROUPS.map((group) => ({
      ...group,
      members: demoPeople.filter(({ groups }) => groups.includes(group.id)).map(({ id }) => id),
    })),
    ...demoPeople.map(({ id }) => ({ id: `private:${id}`, name: '邻里', kind: 'private', members: [id] })),
  ],
}

export interface PageServer {
  readonly url: string
  readonly channel: SandboxChannel
  /** What the page handed in, oldest first. */
  readonly taken: readonly IncomingMessage[]
  /** Refuses the next `count` messages. */
  refuse(count: number): void
  /** Cuts all connections, as a restart does. */
  cut(): void
  stop(): Promise<void>
}

export interface PageServerOptions {
  /** Without it the page has no clock. */
  readonly movableClock?: boolean
  /** When the clock of the service begins; default now. */
  readonly startAt?: Date
  readonly port?: number
}

/** The page and its interface over real HTTP, with a back end that answers by a script. */
export async function startPageServer(options: PageServerOptions = {}): Promise<PageServer> {
  const mediaFolder = mkdtempSync(join(tmpdir(), 'linli-page-'))
  const shown: SandboxMessage[] = []
  const taken: IncomingMessage[] = []
  let offset = options.startAt ? options.startAt.getTime() - Date.now() : 0
  let refusing = 0
  const now = () => new Date(Date.now() + offset)
  const channel = createSandboxChannel({
    directory: async () => directory,
    history: async (conversation, before, limit) =>
      shown
        .filter((message) => message.conversation === conversation && message.at <= (before ?? Number.MAX_SAFE_INTEGER))
        .slice(-limit),
    clock: {
      now,
      ...(options.movableClock
        ? {
            advance: async (ms: number) => {
              offset += ms
            },
          }
        : {}),
    },
    mediaFolder,
  })
  channel.feed.subscribe(({ event }) => {
    if (event.kind === 'message') shown.push(event.message)
    const alter = (id: string, change: (message: SandboxMessage) => SandboxMessage) => {
      const index = shown.findIndex((message) => message.id === id)
      const found = shown[index]
      if (found) shown[index] = change(found)
    }
    if (event.kind === 'pressed')
      alter(event.messageId, (message) => ({ ...message, pressed: [...message.pressed, event.press] }))
    if (event.kind === 'edited') alter(event.messageId, (message) => ({ ...message, text: event.text, edited: true }))
  })
  await channel.start(async (messages) => {
    if (refusing > 0) {
      refusing -= 1
      throw new Error('the disk is full')
    }
    for (const message of messages.map((one) => incomingSchema.parse(one))) {
      taken.push(message)
      setTimeout(() => void answer(channel, message), 20)
    }
  })
  const app = new Hono().route('/sandbox', sandboxApp(channel, { timezone: 'Asia/Shanghai' }))
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sandbox`,
    channel,
    taken,
    refuse: (count) => {
      refusing = count
    },
    cut: () => server.closeAllConnections(),
    async stop() {
      await channel.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(mediaFolder, { recursive: true, force: true })
    },
  }
}

/** What a short script answers; enough to see every kind of message. */
async function answer(channel: SandboxChannel, message: IncomingMessage): Promise<void> {
  const { conversation, sender, event } = message
  if (event.kind === 'button') {
    await channel.send(conversation, {
      text: event.data === 'accept' ? '已接单 0007，请在 11-23 17:30 前联系居民。' : '好的。',
      ...(event.messageId ? { replyTo: event.messageId } : {}),
    })
    if (event.data === 'accept')
      await channel.send('private:resident-aili', { text: '王芳已接单您报的电梯（0007），很快联系您。' })
    return
  }
  if (event.kind !== 'text') return
  if (/电梯/.test(event.text) && !message.isPrivate) {
    await channel.send(conversation, {
      text: '已登记 BH-202611-0007（3幢2单元·电梯），网格员王芳会在1个工作日内联系您。',
      mention: sender,
      ...(message.messageId ? { replyTo: message.messageId } : {}),
    })
    await channel.send('group:workers', {
      text: `【待接单】BH-202611-0007 公共设施·电梯\n3幢2单元 | 报：${sender.name} 11-22 09:14\n“${event.text}”\n接单时限 11-23 17:30 | 同幢近30天第3次`,
      choices: [
        { label: '接单', data: 'accept' },
        { label: '转派', data: 'transfer' },
        { label: '不受理', data: 'refuse' },
        { label: '不是诉求', data: 'chatter' },
      ],
    })
    await channel.send('private:worker-wangfang', { text: '您有一件新诉求：0007 3幢2单元电梯，卡片在工作群。' })
    return
  }
  if (/榜单/.test(event.text)) {
    await channel.send(conversation, {
      text: '11 月走访：142/150 户次',
      image: { bytes: Buffer.from(PIXEL, 'base64'), mime: 'image/png', alt: '本月走访榜单' },
      file: { bytes: Buffer.from('a,b'), mime: 'text/csv', name: '走访 11月.csv' },
    })
    return
  }
  if (event.addressed) await channel.send(conversation, { text: `听到了：${event.text || '（图片）'}` })
}
