import {
  type ArgType,
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type MappedError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils'
import Database from 'libsql'
import type { Joining } from './turns.js'

/** How long a statement waits for a lock that another process holds, ms. */
const BUSY_TIMEOUT_MS = 10_000
const CACHED_STATEMENTS = 400

/** Opens one connection with the durability the project promises: a commit is on the disk before it is acknowledged. */
export function openConnection(file: string, options: { readonly?: boolean } = {}): Database.Database {
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS })
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
  db.pragma('journal_mode = WAL')
  // WAL's default NORMAL may lose acknowledged commits in a power cut.
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  // What is deleted or overwritten is zeroed in the file: dropped words must not be readable in free space.
  db.pragma('secure_delete = ON')
  if (options.readonly) db.pragma('query_only = ON')
  return db
}

/**
 * A Prisma driver adapter over libsql's synchronous connection. The published adapters either need a binary that is
 * fetched at install or may keep the write lock after a busy answer (docs/adr/001-database.md). The connection is
 * given, so that the inbox's group commit shares it. Date-times are stored as ms since 1970. Statements that match
 * `passOver` are answered with no rows and not run. A transaction that `joining` says is open is joined, not begun.
 */
export function sqliteAdapter(
  connect: () => Database.Database,
  options: { readonly passOver?: RegExp; readonly joining?: Joining } = {},
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: 'sqlite',
    adapterName: 'linli-libsql',
    connect: async () => driver(connect(), options),
    connectToShadowDb: async () => driver(new Database(':memory:'), {}),
  }
}

type Prepared = {
  readonly isReader: boolean
  readonly statement: Database.Statement
  readonly names: string[]
  readonly types: (ColumnType | null)[]
}

function driver(
  db: Database.Database,
  { passOver, joining }: { readonly passOver?: RegExp; readonly joining?: Joining },
): SqlDriverAdapter {
  const cache = new Map<string, Prepared>()
  let transactionEnded = Promise.resolve()
  // IMMEDIATE takes the write lock at once: a read that is upgraded later could fail with a busy snapshot. A connection
  // that only reads may not ask for it; Prisma opens a transaction there for a query it has to split.
  const readonly = (db.pragma('query_only', { simple: true }) as unknown) === 1
  const begin = readonly ? 'BEGIN' : 'BEGIN IMMEDIATE'

  function prepare(sql: string): Prepared {
    const known = cache.get(sql)
    if (known) {
      cache.delete(sql)
      cache.set(sql, known)
      return known
    }
    const statement = db.prepare(sql)
    const isReader = statement.reader
    const columns = isReader ? statement.columns() : []
    const prepared = {
      isReader,
      statement: isReader ? statement.raw(true) : statement,
      names: columns.map((column) => column.name),
      types: columns.map((column) => declaredType(column.type)),
    }
    cache.set(sql, prepared)
    if (cache.size > CACHED_STATEMENTS) cache.delete(cache.keys().next().value ?? sql)
    return prepared
  }

  async function guarded<T>(work: () => T): Promise<T> {
    try {
      return work()
    } catch (error) {
      throw new DriverAdapterError(mapError(error))
    }
  }

  const queryable = {
    provider: 'sqlite' as const,
    adapterName: 'linli-libsql',
    queryRaw: (query: SqlQuery): Promise<SqlResultSet> =>
      guarded(() => {
        if (passOver?.test(query.sql)) return { columnNames: [], columnTypes: [], rows: [] }
        const { statement, isReader, names, types } = prepare(query.sql)
        const args = query.args.map((arg, index) => toSqlite(arg, query.argTypes[index]))
        if (!isReader) {
          statement.run(args)
          return { columnNames: [], columnTypes: [], rows: [] }
        }
        const rows = statement.all(args) as unknown[][]
        const columnTypes = types.map((type, index) => type ?? inferType(rows, index))
        return {
          columnNames: names,
          columnTypes,
          rows: rows.map((row) => row.map((value, i) => fromSqlite(value, columnTypes[i]))),
        }
      }),
    executeRaw: (query: SqlQuery): Promise<number> =>
      guarded(() => {
        if (passOver?.test(query.sql)) return 0
        const { statement } = prepare(query.sql)
        return statement.run(query.args.map((arg, index) => toSqlite(arg, query.argTypes[index]))).changes
      }),
  }

  return {
    ...queryable,
    executeScript: (script) => guarded(() => void db.exec(script)),
    startTransaction: async (): Promise<Transaction> => {
      const previous = transactionEnded
      let release: () => void = () => undefined
      transactionEnded = new Promise((resolve) => {
        release = resolve
      })
      await previous
      try {
        if (!joining?.open) await guarded(() => void db.exec(begin))
      } catch (error) {
        release()
        throw error
      }
      const savepoint = (sql: string) => guarded(() => void db.exec(sql))
      return {
        ...queryable,
        options: { usePhantomQuery: false },
        // Prisma itself sends COMMIT or ROLLBACK as a statement before these are called.
        commit: async () => release(),
        rollback: async () => release(),
        createSavepoint: (name) => savepoint(`SAVEPOINT ${name}`),
        rollbackToSavepoint: (name) => savepoint(`ROLLBACK TO ${name}`),
        releaseSavepoint: (name) => savepoint(`RELEASE SAVEPOINT ${name}`),
      }
    },
    dispose: async () => void db.close(),
  }
}

const DECLARED: Readonly<Record<string, ColumnType>> = {
  INTEGER: ColumnTypeEnum.Int64,
  BIGINT: ColumnTypeEnum.Int64,
  REAL: ColumnTypeEnum.Double,
  TEXT: ColumnTypeEnum.Text,
  BLOB: ColumnTypeEnum.Bytes,
  BOOLEAN: ColumnTypeEnum.Boolean,
  DATETIME: ColumnTypeEnum.DateTime,
  JSONB: ColumnTypeEnum.Json,
}

function declaredType(type: string | null): ColumnType | null {
  return type ? (DECLARED[type.toUpperCase()] ?? null) : null
}

/** An expression has no declared type: the first value that is not null tells. */
function inferType(rows: readonly unknown[][], index: number): ColumnType {
  for (const row of rows) {
    const value = row[index]
    if (value === null || value === undefined) continue
    if (typeof value === 'string') return ColumnTypeEnum.Text
    if (typeof value === 'number') return Number.isInteger(value) ? ColumnTypeEnum.UnknownNumber : ColumnTypeEnum.Double
    if (typeof value === 'bigint') return ColumnTypeEnum.Int64
    return ColumnTypeEnum.Bytes
  }
  return ColumnTypeEnum.Int32
}

function fromSqlite(value: unknown, type: ColumnType | undefined): unknown {
  if (type === ColumnTypeEnum.DateTime && typeof value === 'number') return new Date(value).toISOString()
  if (type === ColumnTypeEnum.Int64 && typeof value === 'number')
    return Number.isSafeInteger(value) ? value : String(value)
  return value
}

function toSqlite(arg: unknown, type: ArgType | undefined): unknown {
  if (arg === null || arg === undefined) return null
  if (typeof arg === 'boolean') return arg ? 1 : 0
  if (arg instanceof Date) return arg.getTime()
  if (typeof arg === 'string') {
    switch (type?.scalarType) {
      case 'int':
        return Number.parseInt(arg, 10)
      case 'bigint':
        return BigInt(arg)
      case 'float':
      case 'decimal':
        return Number.parseFloat(arg)
      case 'datetime':
        return new Date(arg).getTime()
      case 'bytes':
        return Buffer.from(arg, 'base64')
    }
  }
  return arg
}

function mapError(error: unknown): MappedError & { originalCode?: string; originalMessage?: string } {
  if (!(error instanceof Database.SqliteError)) throw error
  const { code, message } = error
  const original = { originalCode: code, originalMessage: message }
  const fields = message
    .split('constraint failed: ')[1]
    ?.split(', ')
    .map((field) => field.split('.').pop() ?? field)
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
    return { ...original, kind: 'UniqueConstraintViolation', constraint: fields && { fields } }
  if (code === 'SQLITE_CONSTRAINT_NOTNULL')
    return { ...original, kind: 'NullConstraintViolation', constraint: fields && { fields } }
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY')
    return { ...original, kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } }
  if (code.startsWith('SQLITE_BUSY')) return { ...original, kind: 'SocketTimeout' }
  if (message.startsWith('no such table'))
    return { ...original, kind: 'TableDoesNotExist', table: message.split(': ')[1] }
  return { ...original, kind: 'sqlite', extendedCode: error.rawCode ?? 1, message }
}
