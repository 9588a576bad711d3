import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils'

/**
 * A driver whose transactions send one statement after another. Prisma reads several relations of a row side by side, also
 * where all share one connection: pg queues them today, warns, and will refuse from its version 9 on.
 */
export function oneByOne(factory: SqlMigrationAwareDriverAdapterFactory): SqlMigrationAwareDriverAdapterFactory {
  const serial = (adapter: SqlDriverAdapter): SqlDriverAdapter =>
    changed(adapter, {
      startTransaction: async (isolation) => queued(await adapter.startTransaction(isolation)),
    })
  return changed(factory, {
    connect: async () => serial(await factory.connect()),
  })
}

function queued(transaction: Transaction): Transaction {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
  return changed(transaction, {
    queryRaw: (query) => inTurn(() => transaction.queryRaw(query)),
    executeRaw: (query) => inTurn(() => transaction.executeRaw(query)),
  })
}

/** The same object but for some methods; the others keep their `this`. */
const changed = <T extends object>(object: T, methods: Partial<T>): T =>
  new Proxy(object, {
    get: (target, name) => {
      if (name in methods) return methods[name as keyof T]
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
