import type { Reader, Tx } from '../db/transaction.js'

const known = new WeakMap<object, Dialect>()

export type Dialect = 'sqlite' | 'postgresql'

/** Which database this is. Asked of the database itself, so that whoever holds a transaction need not carry it along. */
export async function dialectOf(read: Reader | Tx): Promise<Dialect> {
  const before = known.get(read)
  if (before) return before
  const rows = await read.$queryRaw<{ name: Dialect }[]>`SELECT "name" FROM "Dialect"`
  const name = rows[0]?.name
  if (!name) throw new Error('the view Dialect is missing: migrations were not applied')
  known.set(read, name)
  return name
}
