import type Libsql from 'libsql'
import type { PrismaClient } from './generated/sqlite/client.js'
import { pair } from './sql.js'
import type { Sql, Tx } from './transaction.js'

/** The transaction of a turn: plain SQL from the start, Prisma's client in the same transaction once it is asked for. */
export type TurnWork<T> = (sql: Sql, open: () => Promise<Tx>) => Promise<T>

/** A transaction that Prisma joins rather than begins. */
export interface Joining {
  /** True while a transaction is open that Prisma did not begin. */
  open: boolean
}

/** Runs one write transaction that opens Prisma's part of it only when it is needed. Called inside the writer lane. */
export async function runSqliteTurn<T>(
  connection: Libsql.Database,
  sql: Sql,
  writer: PrismaClient,
  joining: Joining,
  work: TurnWork<T>,
): Promise<T> {
  let joined: ReturnType<typeof join> | undefined
  connection.exec('BEGIN IMMEDIATE')
  joining.open = true
  try {
    const result = await work(sql, () => {
      joined ??= join(writer, sql)
      return joined.tx
    })
    if (joined) await joined.end()
    else connection.exec('COMMIT')
    return result
  } catch (error) {
    if (joined) await joined.end(error).catch(() => undefined)
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  } finally {
    joining.open = false
  }
}

/** Prisma's transaction is held open until `end`: with an error it is rolled back. */
function join(writer: PrismaClient, sql: Sql) {
  let finish: (error?: unknown) => void = () => undefined
  const ended = new Promise<void>((resolve, reject) => {
    finish = (error) => (error === undefined ? resolve() : reject(error))
  })
  ended.catch(() => undefined)
  let whole: Promise<void> = Promise.resolve()
  const tx = new Promise<Tx>((resolve, reject) => {
    whole = writer.$transaction((client) => {
      resolve(pair(client, sql))
      return ended
    })
    whole.catch(reject)
  })
  return {
    tx,
    end: async (error?: unknown) => {
      finish(error)
      await whole
    },
  }
}
