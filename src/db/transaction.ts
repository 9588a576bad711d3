import type { Prisma, PrismaClient } from './generated/sqlite/client.js'

/** The database inside one write transaction: the only way anything is changed. */
export type Tx = Prisma.TransactionClient

/** The database for reading: sees what is committed. */
export type Reader = Omit<PrismaClient, '$connect' | '$disconnect' | '$transaction' | '$on' | '$use' | '$extends'>
