import type { Channel } from '../../src/channels/channel.js'
import type { Database } from '../../src/db/client.js'
import { pair, sqlOf } from '../../src/db/sql.js'
import type { Sql, Tx } from '../../src/db/transaction.js'
import type { FileFolder } from '../../src/files/index.js'
import type { Point } from './points.js'

/** Dies on the spot, as when the power goes: no handler, no flush, nothing is closed. */
function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('unreachable')
}

/** What a transaction was for, by what it wrote. */
type Purpose = 'turn' | 'claim' | 'record' | 'job' | 'fetch-claim' | 'keep'

function purposeOf(model: string, method: string): Purpose | null {
  if (model === 'keptFile' && method === 'upsert') return 'keep'
  return model === 'jobCursor' && method === 'updateMany' ? 'job' : null
}

function purposeOfSql(text: string): Purpose | null {
  if (text.startsWith('UPDATE "InboxMessage" SET status')) return 'turn'
  if (text.startsWith(`UPDATE "Attachment" SET status = 'fetching'`)) return 'fetch-claim'
  if (text.startsWith(`UPDATE "OutboxMessage" SET status = 'sending'`)) return 'claim'
  if (text.startsWith(`UPDATE "OutboxMessage" SET status = 'sent'`)) return 'record'
  return null
}

/** Plain SQL, with its writes listened to. */
function listeningSql(sql: Sql, heard: (purpose: Purpose) => void): Sql {
  const hear = (text: string): string => {
    const purpose = purposeOfSql(text)
    if (purpose) heard(purpose)
    return text
  }
  return {
    ...sql,
    row: (text, values) => sql.row(hear(text), values),
    run: (text, values) => sql.run(hear(text), values),
  }
}

/** Prisma's transaction, with its writes listened to. */
function listening(tx: Tx, heard: (purpose: Purpose) => void): Tx {
  const bound = (target: object, name: string | symbol): unknown => {
    const value: unknown = Reflect.get(target, name)
    return typeof value === 'function' ? value.bind(target) : value
  }
  return new Proxy(tx, {
    get: (target, model) => {
      const value = bound(target, model)
      if (typeof model === 'symbol' || model.startsWith('$') || typeof value !== 'object' || value === null)
        return value
      return new Proxy(value, {
        get: (delegate, method) => {
          const call = bound(delegate, method)
          if (typeof call !== 'function') return call
          return (args: unknown) => {
            const purpose = purposeOf(model, String(method))
            if (purpose) heard(purpose)
            return call(args)
          }
        },
      })
    },
  })
}

/** A database that dies at one point. */
export function dyingDatabase(db: Database, at: Point): Database {
  const dies = (purposes: ReadonlySet<Purpose>, when: 'before' | 'after') =>
    [...purposes].some((purpose) => at === `${purpose}:${when}-commit`)
  /** Runs a transaction, and dies before or after its commit when it is the one. */
  async function fatal<T>(run: (heard: (purpose: Purpose) => void, atEnd: () => void) => Promise<T>): Promise<T> {
    const purposes = new Set<Purpose>()
    const result = await run(
      (purpose) => purposes.add(purpose),
      () => {
        if (dies(purposes, 'before')) die()
      },
    )
    if (dies(purposes, 'after')) die()
    return result
  }
  return {
    ...db,
    write: (work) =>
      fatal((heard, atEnd) =>
        db.write(async (tx) => {
          const done = await work(pair(listening(tx, heard), sqlOf(tx)))
          atEnd()
          return done
        }),
      ),
    turn: (work) =>
      fatal((heard, atEnd) =>
        db.turn(async (sql, open) => {
          const done = await work(listeningSql(sql, heard), open)
          atEnd()
          return done
        }),
      ),
    inbox: {
      stored: () => db.inbox.stored(),
      accept: async (rows) => {
        if (at === 'accept:before-commit') die()
        await db.inbox.accept(rows)
        if (at === 'accept:after-commit') die()
      },
    },
  }
}

/** A channel that dies once the platform took a message, before anybody wrote that down. */
export function dyingChannel(channel: Channel, at: Point): Channel {
  return {
    ...channel,
    send: async (conversation, message) => {
      const sent = await channel.send(conversation, message)
      if (at === 'send:after') die()
      return sent
    },
  }
}

/** A folder that dies while a file comes, once it has come whole, or once it has its lasting name. */
export function dyingFiles(files: FileFolder, at: Point): FileFolder {
  async function* halfOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const part of source) {
      yield part.subarray(0, part.length / 2)
      die()
    }
  }
  return {
    ...files,
    receive: async (key, source, mostBytes) => {
      await files.receive(key, at === 'fetch:midway' ? halfOf(source) : source, mostBytes)
      if (at === 'fetch:after') die()
    },
    adopt: async (key, sha256) => {
      await files.adopt(key, sha256)
      if (at === 'adopt:after') die()
    },
  }
}
