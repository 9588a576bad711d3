import type { Channel } from '../../src/channels/channel.js'
import type { Database } from '../../src/db/client.js'
import type { Tx } from '../../src/db/transaction.js'
import type { Point } from './points.js'

/** Dies on the spot, as when the power goes: no handler, no flush, nothing is closed. */
function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('unreachable')
}

/** What a transaction was for, by what it wrote. */
type Purpose = 'turn' | 'claim' | 'record' | 'job'

function purposeOf(model: string, method: string, args: unknown): Purpose | null {
  const status = (args as { data?: { status?: unknown } } | undefined)?.data?.status
  if (model === 'jobCursor' && method === 'updateMany') return 'job'
  if (model === 'inboxMessage' && method === 'updateMany' && status !== 'received') return 'turn'
  if (model === 'outboxMessage' && method === 'updateMany' && status === 'sending') return 'claim'
  if (model === 'outboxMessage' && method === 'update' && status === 'sent') return 'record'
  return null
}

/** The transaction, with its writes listened to. */
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
            const purpose = purposeOf(model, String(method), args)
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
  return {
    ...db,
    write: async (work) => {
      const purposes = new Set<Purpose>()
      const dies = (when: 'before' | 'after') => [...purposes].some((purpose) => at === `${purpose}:${when}-commit`)
      const result = await db.write(async (tx) => {
        const done = await work(listening(tx, (purpose) => purposes.add(purpose)))
        if (dies('before')) die()
        return done
      })
      if (dies('after')) die()
      return result
    },
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
