/** A usual Telegraf bot that stores each message with Prisma over its better-sqlite3 adapter, then is done with it. */
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { Telegraf } from 'telegraf'
import { PrismaClient } from '../../../src/db/generated/sqlite/client.js'
import { peer } from '../../peers.js'
import { file, serve } from '../serve.js'
import { BOT, PATH, rowOf, SECRET, TOKEN, type Update } from '../update.js'

interface Adapter {
  readonly PrismaBetterSqlite3: new (options: { url: string }) => SqlDriverAdapterFactory
}

const { PrismaBetterSqlite3 } = await peer<Adapter>('@prisma/adapter-better-sqlite3')
const prisma = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}` }) })
await prisma.$queryRawUnsafe('PRAGMA journal_mode = WAL')
await prisma.$executeRawUnsafe('PRAGMA synchronous = FULL')

const bot = new Telegraf(TOKEN)
bot.botInfo = BOT as never
bot.on('message', async (context) => {
  const { receivedAt, ...row } = rowOf(context.update as unknown as Update)
  await prisma.inboxMessage.create({ data: { ...row, receivedAt: new Date(receivedAt) }, select: { id: true } })
})
bot.catch((error) => {
  throw error
})
serve(bot.webhookCallback(PATH, { secretToken: SECRET }))
