import { loadEnvFile, readConfig } from '../config.js'
import { OperatorError } from '../kernel/errors.js'
import { restore } from '../ledger/backup.js'
import { ledgerTexts } from './ledger-texts.js'

/** Puts a backup in the place of the configured database. */
export async function runRestore(file: string): Promise<void> {
  loadEnvFile()
  const { databaseUrl } = readConfig(process.env)
  if (!databaseUrl.startsWith('file:')) throw new OperatorError(ledgerTexts.restore.notSqlite)
  const { ledger, files, kept } = await restore(file, databaseUrl.slice('file:'.length), new Date())
  for (const fault of ledger.faults) console.error(ledgerTexts.verify.fault(fault.community, fault.words))
  for (const sha256 of files.faults) console.error(ledgerTexts.backup.lost(sha256))
  console.log(ledgerTexts.restore.done(ledger.entries, files.count))
  if (kept) console.log(ledgerTexts.restore.kept(kept))
}
