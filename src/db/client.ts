import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { OperatorError } from '../kernel/errors.js'
import { PrismaClient as PostgresClient } from './generated/postgresql/client.js'
import { PrismaClient } from './generated/sqlite/client.js'
import { createInboxWriter, type InboxWriter, postgresInboxStore, sqliteInboxStore } from './inbox-writer.js'
import { createLane } from './lane.js'
import { migrate } from './migrate.js'
import { oneByOne } from './one-by-one.js'
import { pair, pairPostgres, sqliteSql, sqlOf } from './sql.js'
import { openConnection, sqliteAdapter } from './sqlite-adapter.js'
import type { Reader, Sql, Tx } from './transaction.js'
import { type Joining, runSqliteTurn, type TurnWork } from './turns.js'

export type Provider = 'sqlite' | 'postgresql'

export interface Database {
  readonly provider: Provider
  /** Path of the SQLite file; undefined on PostgreSQL. */
  readonly file: string | undefined
  /** Reads what is committed, on a connection of its own. */
  readonly read: Reader
  /** The same by plain SQL. */
  readonly sql: Sql
  /** One write transaction, alone in the process; rolled back whole when `work` throws. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** As `write`, for what happens at every message: most turns end without ever needing Prisma. */
  turn<T>(work: TurnWork<T>): Promise<T>
  /** The prepared group commit of the inbox. */
  readonly inbox: InboxWriter
  /**
   * Empties SQLite's write-ahead log within half a minute: pages that were overwritten live on in it, and with them
   * words that were dropped so that nobody can trace them. Nothing to do on PostgreSQL, whose log is the operator's.
   */
  forgetSoon(): void
  /** The same at once. */
  forget(): Promise<void>
  /** Names of the migrations this start applied. */
  readonly applied: readonly string[]
  close(): Promise<void>
}

/** A turn waits behind others rather than fail; ms. */
const MAX_WAIT_MS = 60_000
const MAX_TURN_MS = 60_000
const FORGET_WITHIN_MS = 30_000

/**
 * Opens the database named by `url` (`file:./data/linli.db` or `postgresql://…`) and brings its schema up to date.
 * @throws OperatorError when the address is of neither kind.
 */
export async function openDatabase(url: string): Promise<Database> {
  if (url.startsWith('file:')) return openSqlite(url)
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url)
  throw new OperatorError(`DATABASE_URL must start with file: or postgresql://, not ${url.split(':')[0]}:`)
}

async function openSqlite(url: string): Promise<Database> {
  const file = resolve(url.slice('file:'.length))
  mkdirSync(dirname(file), { recursive: true })
  const applied = await migrateFile(file)
  const connection = openConnection(file)
  const reading = openConnection(file, { readonly: true })
  const joining: Joining = { open: false }
  const client = (factory: SqlMigrationAwareDriverAdapterFactory) =>
    new PrismaClient({ adapter: factory, transactionOptions: { maxWait: MAX_WAIT_MS, timeout: MAX_TURN_MS } })
  const writer = client(sqliteAdapter(() => connection, { joining }))
  const sql = sqliteSql(connection)
  const reader = pair(client(sqliteAdapter(() => reading)), sqliteSql(reading))
  const lane = createLane()
  let timer: NodeJS.Timeout | undefined
  const forget = () => {
    clearTimeout(timer)
    timer = undefined
    return lane.run(() => void connection.pragma('wal_checkpoint(TRUNCATE)'))
  }
  return {
    provider: 'sqlite',
    file,
    read: reader,
    sql: sqlOf(reader),
    write: (work) => lane.run(() => writer.$transaction((tx) => work(pair(tx, sql)))),
    turn: (work) => lane.run(() => runSqliteTurn(connection, sql, writer, joining, work)),
    inbox: createInboxWriter(sqliteInboxStore(connection), lane),
    forgetSoon: () => {
      timer ??= setTimeout(() => void forget().catch(() => undefined), FORGET_WITHIN_MS).unref()
    },
    forget,
    applied,
    close: async () => {
      await lane.idle()
      await forget()
      await Promise.all([writer.$disconnect(), reader.$disconnect()])
    },
  }
}

/**
 * Migrates on a connection of its own. The engine asks to lock the file for itself alone, which libsql cannot undo before
 * the process ends: that one pragma is passed over.
 */
async function migrateFile(file: string): Promise<string[]> {
  const connection = openConnection(file)
  const passOver = /locking_mode\s*=\s*EXCLUSIVE/i
  const names = await migrate(
    sqliteAdapter(() => connection, { passOver }),
    'sqlite',
  )
  connection.close()
  return names
}

async function openPostgres(url: string): Promise<Database> {
  const factory = oneByOne(new PrismaPg({ connectionString: url }))
  const applied = await migrate(factory, 'postgresql')
  // The twin is generated from the same models; only the connector differs.
  const client = pairPostgres(
    new PostgresClient({
      adapter: factory,
      transactionOptions: { maxWait: MAX_WAIT_MS, timeout: MAX_TURN_MS },
    }) as unknown as PrismaClient,
  )
  const lane = createLane()
  const store = postgresInboxStore(url)
  return {
    provider: 'postgresql',
    file: undefined,
    read: client,
    sql: sqlOf(client),
    write: (work) => lane.run(() => client.$transaction((tx) => work(pairPostgres(tx)))),
    turn: (work) =>
      lane.run(() =>
        client.$transaction((tx) => {
          pairPostgres(tx)
          return work(sqlOf(tx), async () => tx)
        }),
      ),
    inbox: createInboxWriter(store, lane),
    forgetSoon: () => undefined,
    forget: async () => undefined,
    applied,
    close: async () => {
      await lane.idle()
      await store.close()
      await client.$disconnect()
    },
  }
}
