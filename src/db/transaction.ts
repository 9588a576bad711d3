import type { Prisma, PrismaClient } from './generated/sqlite/client.js'

/** The database inside one write transaction: the only way anything is changed. */
export type Tx = Prisma.TransactionClient

/** The database for reading: sees what is committed. */
export type Reader = Omit<PrismaClient, '$connect' | '$disconnect' | '$transaction' | '$on' | '$use' | '$extends'>

export type SqlValue = string | number | boolean | Date | null

/**
 * Plain SQL for what every turn asks: a statement costs a fiftieth of what it costs through Prisma. Statements are
 * written for both databases, with `?` for each value; columns come as the database keeps them, so date-times, booleans
 * and JSON are read with `readDate`, `readBoolean` and `readJson`.
 */
export interface Sql {
  readonly dialect: 'sqlite' | 'postgresql'
  /** The placeholder of a value that is JSON text. */
  readonly json: string
  /** The first row, or null. */
  row<Row extends object>(text: string, values?: readonly SqlValue[]): Promise<Row | null>
  rows<Row extends object>(text: string, values?: readonly SqlValue[]): Promise<Row[]>
  /** How many rows it changed. */
  run(text: string, values?: readonly SqlValue[]): Promise<number>
}
