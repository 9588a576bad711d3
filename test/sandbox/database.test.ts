import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createSandboxChannel, type SandboxChannel } from '../../src/channels/sandbox/index.js'
import type { SandboxPerson } from '../../src/channels/sandbox/types.js'
import { type Database, openDatabase } from '../../src/db/client.js'
import { demoPeople, seedDemo } from '../../src/demo/index.js'
import { createInbox } from '../../src/inbox/inbox.js'
import { maker } from '../../src/kernel/making.js'
import type { StoredMessage } from '../../src/kernel/message.js'
import { surveysModule } from '../../src/modules/surveys/index.js'
import { recordSent } from '../../src/outbox/record.js'
import { createWorkshop } from '../../src/outbox/workshop.js'
import { sandboxDirectory } from '../../src/web/sandbox/directory.js'
import { sandboxHistory } from '../../src/web/sandbox/history.js'

const GROUP = 'group:residents-1'
const WORKERS = 'group:workers'

let folder: string
let db: Database
let channel: SandboxChannel
let time: number
const now = () => new Date(time)

/** Opens the same database and folder, as a start of the service does. */
async function start(): Promise<void> {
  db = await openDatabase(`file:${folder}/linli.db`)
  channel = createSandboxChannel({
    directory: sandboxDirectory(db.read, demoPeople, now),
    history: sandboxHistory(db.read),
    clock: { now },
    mediaFolder: join(folder, 'media'),
  })
  await channel.start(createInbox(db, now, () => undefined).receive)
}

async function stop(): Promise<void> {
  await channel.stop()
  await db.close()
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-sandbox-'))
  time = Date.parse('2026-11-22T09:14:00+08:00')
  await start()
  await seedDemo(db, now())
})
afterEach(async () => {
  await stop()
  rmSync(folder, { recursive: true })
})

const say = (as: string, conversation: string, text: string) => {
  time += 1000
  return channel.post({ as, conversation, text })
}

/** Sends as the outbox does: a row, the channel, the row again. */
async function botSays(conversation: string, stored: StoredMessage): Promise<string> {
  time += 1000
  const ignore = () => undefined
  const logger = { info: ignore, warn: ignore, error: ignore, debug: ignore }
  const modules = [{ ...surveysModule, makers: [drawing] }]
  const completed = await createWorkshop({ db, modules, clock: { now }, logger }).complete(stored)
  const { externalId } = await channel.send(conversation, completed.message)
  const { id } = await db.write((tx) =>
    tx.outboxMessage.create({
      data: {
        key: `test:${externalId}`,
        channel: 'sandbox',
        conversation,
        payload: JSON.parse(JSON.stringify(stored)),
        priority: 'reply',
        notBefore: now(),
        createdAt: now(),
      },
    }),
  )
  await recordSent(db, id, externalId, now(), stored.attach ? completed : null)
  return externalId
}

const drawing = maker<null>({
  name: 'test.drawing',
  input: z.null(),
  make: async () => ({ image: { bytes: Buffer.from('GIF89a'), mime: 'image/gif', alt: '榜单' } }),
})

describe('the conversation in the database', () => {
  it('is the same after a restart as it was live, with presses, edits, quotes and pictures', async () => {
    const live: unknown[] = []
    channel.feed.subscribe(({ event }) => {
      if (event.kind === 'message' && event.message.conversation === GROUP) live.push(event.message)
    })
    const said = await say('resident-aili', GROUP, '@邻里 报事 3幢2单元电梯又坏了')
    await botSays(GROUP, {
      text: '已登记 0001',
      mention: { id: 'resident-aili', name: '爱丽' },
      replyTo: said.id,
      attach: drawing.recipe(null),
      choices: [{ label: '附议', data: 't:0' }],
    })
    await stop()
    await start()
    const kept = await channel.history(GROUP, null, 50)
    expect(kept).toEqual(live)
    expect(kept.map(({ text }) => text)).toEqual(['@邻里 报事 3幢2单元电梯又坏了', '@爱丽 已登记 0001'])
    expect(await channel.media.open(kept[1]?.media[0]?.id ?? '')).not.toBeNull()
  })

  it('keeps who pressed and what was edited, in the conversation where it happened', async () => {
    const said = await say('resident-aili', GROUP, '3幢电梯坏了')
    const card = await botSays(WORKERS, { text: '【待接单】0001', choices: [{ label: '接单', data: 't:0' }] })
    time += 1000
    const change = { as: 'resident-aili', conversation: GROUP, messageId: said.id, text: '5幢电梯坏了' }
    await channel.editMessage(change)
    await channel.press({ as: 'worker-wangfang', conversation: WORKERS, messageId: card, data: 't:0' })
    await stop()
    await start()
    expect(await channel.history(GROUP, null, 50)).toMatchObject([{ text: '5幢电梯坏了', edited: true, pressed: [] }])
    expect(await channel.history(WORKERS, null, 50)).toMatchObject([
      { id: card, pressed: [{ data: 't:0', by: { id: 'worker-wangfang', name: '王芳' } }] },
    ])
  })

  it('is read page by page, newest first, oldest on top', async () => {
    for (const text of ['一', '二', '三', '四']) {
      await say('resident-aili', GROUP, text)
      await botSays(GROUP, { text: `${text}，听到了` })
    }
    const texts = async (before: number | null) => (await channel.history(GROUP, before, 3)).map(({ text }) => text)
    expect(await texts(null)).toEqual(['三，听到了', '四', '四，听到了'])
    const [oldest] = await channel.history(GROUP, null, 3)
    expect(await texts(oldest?.at ?? 0)).toEqual(['二，听到了', '三', '三，听到了'])
  })

  it('shows what a crash left unsure, and not what was never sent', async () => {
    await botSays(GROUP, { text: '发了一半' })
    await botSays(GROUP, { text: '没发出去' })
    await db.write(async (tx) => {
      const rows = await tx.outboxMessage.findMany({ orderBy: { id: 'asc' } })
      const unsure = { status: 'unknown', externalId: null }
      await tx.outboxMessage.update({ where: { id: rows[0]?.id }, data: unsure })
      await tx.outboxMessage.update({ where: { id: rows[1]?.id }, data: { status: 'failed' } })
    })
    expect((await channel.history(GROUP, null, 50)).map(({ text }) => text)).toEqual(['发了一半'])
  })
})

describe('the people in the database', () => {
  const find = async (id: string) => (await channel.directory()).people.find((one) => one.externalId === id)

  it('are everybody of the demo, in its order, with home and role', async () => {
    const { people, conversations } = await channel.directory()
    expect(people.map(({ externalId }) => externalId)).toEqual(demoPeople.map(({ id }) => id))
    expect(people.map(({ home }) => home)).toEqual(demoPeople.map(({ homeLabel }) => homeLabel))
    expect(people.map(({ roleLabel }) => roleLabel)).toEqual(demoPeople.map(({ roleLabel }) => roleLabel))
    for (const { id, groups } of demoPeople) {
      const mine = conversations.filter(({ members }) => members.includes(id)).map((one) => one.id)
      expect(mine.sort()).toEqual([...groups, `private:${id}`].sort())
    }
    expect(conversations.find(({ id }) => id === WORKERS)).toMatchObject({ kind: 'workers', name: '百合社区工作群' })
  })

  it('are shown with the role they have now', async () => {
    const before: SandboxPerson | undefined = await find('resident-aili')
    expect(before).toMatchObject({ role: 'resident', roleLabel: '居民' })
    await db.write(async (tx) => {
      const account = await tx.account.findFirstOrThrow({ where: { externalId: 'resident-aili' } })
      const community = await tx.community.findFirstOrThrow()
      const scope = { scopeKind: 'community', scopeId: community.id }
      const personId = account.personId ?? 0
      await tx.roleGrant.create({ data: { personId, role: 'coordinator', ...scope, startsAt: now() } })
    })
    expect(await find('resident-aili')).toMatchObject({ role: 'coordinator', roleLabel: '协管员' })
  })

  it('include accounts that no list knows, in the groups of their role', async () => {
    const data = { channel: 'sandbox', externalId: 'newcomer', displayName: '新邻居', createdAt: now() }
    await db.write((tx) => tx.account.create({ data }))
    expect(await find('newcomer')).toMatchObject({ name: '新邻居', role: 'stranger', roleLabel: '未登记的人' })
    const { conversations } = await channel.directory()
    const mine = conversations.filter(({ members }) => members.includes('newcomer')).map(({ id }) => id)
    expect(mine).toEqual([GROUP, 'group:residents-2', 'private:newcomer'])
  })
})
