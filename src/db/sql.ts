import type Libsql from 'libsql'
import type { Reader, Sql, SqlValue, Tx } from './transaction.js'

const KEPT = 200

/** Plain SQL over a connection of our own. Date-times are ms since 1970 there, booleans 0 and 1, JSON is text. */
export function sqliteSql(db: Libsql.Database): Sql {
  const kept = new Map<string, Libsql.Statement>()
  const prepared = (text: string): Libsql.Statement => {
    const known = kept.get(text)
    if (known) return known
    const statement = db.prepare(text)
    // Texts are constants but for lists of different lengths: those may come and go.
    if (kept.size >= KEPT) kept.clear()
    kept.set(text, statement)
    return statement
  }
  const bound = (values: readonly SqlValue[]) =>
    values.map((value) =>
      value instanceof Date ? value.getTime() : typeof value === 'boolean' ? Number(value) : value,
    )
  return {
    dialect: 'sqlite',
    json: '?',
    row: async <Row>(text: string, values: readonly SqlValue[] = []) =>
      ((prepared(text).get(bound(values)) as Row | undefined) ?? null) as Row | null,
    rows: async <Row>(text: string, values: readonly SqlValue[] = []) => prepared(text).all(bound(values)) as Row[],
    run: async (text, values = []) => prepared(text).run(bound(values)).changes,
  }
}

/** The same through Prisma, which holds PostgreSQL's connection. */
function postgresSql(client: Tx | Reader): Sql {
  const numbered = (text: string): string => {
    let count = 0
    return text.replace(/\?/g, () => {
      count += 1
      return `$${count}`
    })
  }
  const rows = <Row>(text: string, values: readonly SqlValue[] = []) =>
    client.$queryRawUnsafe<Row[]>(numbered(text), ...values)
  return {
    dialect: 'postgresql',
    json: '?::jsonb',
    rows,
    row: async <Row>(text: string, values?: readonly SqlValue[]) => (await rows<Row>(text, values))[0] ?? null,
    run: (text, values = []) => client.$executeRawUnsafe(numbered(text), ...values),
  }
}

const known = new WeakMap<object, Sql>()

/** Remembers which plain SQL reaches the same transaction or connection as a Prisma client. */
export function pair<Client extends Tx | Reader>(client: Client, sql: Sql): Client {
  known.set(client, sql)
  return client
}

/** Pairs a client of PostgreSQL with plain SQL through itself. */
export const pairPostgres = <Client extends Tx | Reader>(client: Client): Client => pair(client, postgresSql(client))

/** Plain SQL in the transaction, or on the connection, of a client that `openDatabase` gave. */
export function sqlOf(client: Tx | Reader): Sql {
  const sql = known.get(client)
  if (!sql) throw new Error('this client was not given by openDatabase')
  return sql
}

export const readDate = (value: unknown): Date => (value instanceof Date ? value : new Date(value as number))

export const readBoolean = (value: unknown): boolean => value === true || value === 1

export const readJson = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value)
