import { type Config, loadEnvFile, readConfig } from '../config.js'
import { type Database, openDatabase } from '../db/client.js'
import type { Reader } from '../db/transaction.js'
import { OperatorError } from '../kernel/errors.js'
import { texts } from './texts.js'

/** Opens the configured database for the time of one command. */
export async function withDatabase<T>(work: (db: Database, config: Config) => Promise<T>): Promise<T> {
  loadEnvFile()
  const config = readConfig(process.env)
  const db = await openDatabase(config.databaseUrl)
  try {
    return await work(db, config)
  } finally {
    await db.close()
  }
}

/** @throws OperatorError naming the codes there are. */
export async function communityByCode(read: Reader, code: string) {
  const found = await read.community.findUnique({ where: { code: code.toUpperCase() } })
  if (found) return found
  const all = await read.community.findMany({ select: { code: true }, orderBy: { code: 'asc' }, take: 20 })
  throw new OperatorError(
    texts.noCommunity(
      code,
      all.map((one) => one.code),
    ),
  )
}
