/**
 * Koishi's own HTTP server and database, one `create` a message. Its dispatch through sessions and middleware is left
 * out, which flatters it; so does its SQLite, a WebAssembly build that never calls fsync.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openConnection } from '../../../src/db/sqlite-adapter.js'
import { peer } from '../../peers.js'
import { file, tell } from '../serve.js'
import { PATH, rowOf, SECRET, SECRET_HEADER } from '../update.js'

interface Exchange {
  readonly headers: Readonly<Record<string, unknown>>
  readonly request: { readonly body: Parameters<typeof rowOf>[0] }
  status: number
  body: string
}

interface App {
  plugin(plugin: unknown, options: object): void
  start(): Promise<void>
  readonly model: { extend(table: string, fields: object, options: object): void }
  readonly database: { create(table: string, row: object): Promise<unknown> }
  readonly server: { post(path: string, handle: (exchange: Exchange) => Promise<void>): void }
}

interface Plugin {
  readonly default: unknown
}

/** The same table and indexes, in the column types that Koishi would otherwise rewrite them to; its build has no WAL. */
function retype(): void {
  const db = openConnection(file)
  const made = db.prepare(`SELECT sql FROM sqlite_master WHERE tbl_name = 'InboxMessage' AND sql NOT NULL`).all()
  db.exec('DROP TABLE "InboxMessage"')
  for (const { sql } of made as { sql: string }[])
    db.exec(sql.replaceAll('JSONB', 'TEXT').replaceAll('DATETIME', 'INTEGER'))
  db.pragma('journal_mode = DELETE')
  db.close()
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

retype()
const port = await freePort()
const { App } = await peer<{ App: new () => App }>('koishi')
const app = new App()
app.plugin((await peer<Plugin>('@koishijs/plugin-server')).default, { host: '127.0.0.1', port, maxPort: port })
app.plugin((await peer<Plugin>('@minatojs/driver-sqlite')).default, { path: file })
app.model.extend(
  'InboxMessage',
  {
    id: 'unsigned',
    channel: { type: 'text', nullable: false },
    externalId: { type: 'text', nullable: false },
    conversation: { type: 'text', nullable: false },
    messageId: 'text',
    payload: { type: 'json', nullable: false },
    receivedAt: { type: 'timestamp', nullable: false },
    status: { type: 'text', nullable: false, initial: 'received' },
    attempts: { type: 'integer', nullable: false, initial: 0 },
    error: 'text',
    handledAt: 'timestamp',
  },
  { autoInc: true, unique: [['channel', 'externalId']] },
)
await app.start()
app.server.post(PATH, async (exchange) => {
  if (exchange.headers[SECRET_HEADER] !== SECRET) {
    exchange.status = 401
    return
  }
  const { receivedAt, ...row } = rowOf(exchange.request.body)
  await app.database.create('InboxMessage', { ...row, receivedAt: new Date(receivedAt) })
  exchange.status = 200
  exchange.body = ''
})
tell({ port })
