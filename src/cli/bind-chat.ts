import type { Database } from '../db/client.js'
import { OperatorError } from '../kernel/errors.js'
import { communityByCode, withDatabase } from './session.js'
import { texts } from './texts.js'

interface BindOptions {
  readonly list?: boolean
  readonly channel?: string
  readonly id?: string
  readonly community?: string
  readonly kind: string
  readonly grid?: string
  readonly name?: string
}

export async function runBindChat(options: BindOptions): Promise<void> {
  await withDatabase((db) => (options.list ? list(db) : bind(db, options)))
}

async function list(db: Database): Promise<void> {
  const chats = await db.read.chat.findMany({
    where: { kind: { not: 'private' }, active: true },
    include: { community: { select: { code: true } } },
    orderBy: [{ channel: 'asc' }, { id: 'asc' }],
  })
  if (chats.length === 0) console.error(texts.bindChat.none)
  for (const { channel, externalId, name, kind, community } of chats)
    console.log([channel, externalId, texts.bindChat.kinds[kind] ?? kind, community?.code ?? '-', name].join('\t'))
}

async function bind(db: Database, options: BindOptions): Promise<void> {
  const { channel, id, community: code, kind, grid: gridCode, name } = options
  if (!channel || !id || !code) throw new OperatorError(texts.bindChat.needs)
  const community = await communityByCode(db.read, code)
  const grid = gridCode ? await db.read.grid.findUnique({ where: { code: gridCode } }) : null
  if (gridCode && grid?.communityId !== community.id) throw new OperatorError(texts.noGrid(gridCode, community.code))
  const said = { kind, communityId: community.id, gridId: grid?.id ?? null, active: true, ...(name ? { name } : {}) }
  const chat = await db.write((tx) =>
    tx.chat.upsert({
      where: { channel_externalId: { channel, externalId: id } },
      create: { channel, externalId: id, createdAt: new Date(), ...said },
      update: said,
    }),
  )
  console.log(texts.bindChat.bound(chat.name || chat.externalId, community.name, texts.bindChat.kinds[kind] ?? kind))
}
