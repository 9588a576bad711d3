/** A usual Telegraf bot that stores each message with a prepared statement of better-sqlite3. */
import { Telegraf } from 'telegraf'
import { peer } from '../../peers.js'
import { file, serve } from '../serve.js'
import { BOT, INSERT, PATH, rowOf, SECRET, TOKEN, type Update, valuesOf } from '../update.js'

interface Connection {
  pragma(text: string): unknown
  prepare(sql: string): { run(values: readonly unknown[]): unknown }
}

const { default: Database } = await peer<{ default: new (file: string) => Connection }>('better-sqlite3')
const db = new Database(file)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
const insert = db.prepare(INSERT)

const bot = new Telegraf(TOKEN)
bot.botInfo = BOT as never
bot.on('message', (context) => {
  insert.run(valuesOf(rowOf(context.update as unknown as Update)))
})
bot.catch((error) => {
  throw error
})
serve(bot.webhookCallback(PATH, { secretToken: SECRET }))
