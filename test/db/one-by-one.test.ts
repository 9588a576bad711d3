import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { expect, it } from 'vitest'
import { oneByOne } from '../../src/db/one-by-one.js'

/** A driver that notes how many statements of a transaction run at once, and fails at `bad`. */
function noting() {
  let running = 0
  const seen = { most: 0 }
  const queryRaw = async ({ sql }: { sql: string }) => {
    running += 1
    seen.most = Math.max(seen.most, running)
    await new Promise((resolve) => setTimeout(resolve, 1))
    running -= 1
    if (sql === 'bad') throw new Error('bad')
    return sql
  }
  const transaction = { queryRaw, executeRaw: queryRaw }
  const adapter = { queryRaw, startTransaction: async () => transaction }
  const factory = { provider: 'postgres', connect: async () => adapter }
  return { seen, factory: factory as unknown as SqlMigrationAwareDriverAdapterFactory }
}
const query = (sql: string) => ({ sql, args: [], argTypes: [] })

it('sends the statements of a transaction one after another, also past one that fails', async () => {
  const { seen, factory } = noting()
  const adapter = await oneByOne(factory).connect()
  const tx = await adapter.startTransaction()
  const done = await Promise.allSettled(['a', 'bad', 'b', 'c'].map((sql) => tx.queryRaw(query(sql))))
  expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  expect(seen.most).toBe(1)
})

it('leaves statements outside a transaction side by side', async () => {
  const { seen, factory } = noting()
  const adapter = await oneByOne(factory).connect()
  await Promise.all(['a', 'b', 'c'].map((sql) => adapter.queryRaw(query(sql))))
  expect(seen.most).toBe(3)
})
