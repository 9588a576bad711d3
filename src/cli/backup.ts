import { filesBeside } from '../files/index.js'
import { backUp } from '../ledger/backup.js'
import { ledgerTexts } from './ledger-texts.js'
import { withDatabase } from './session.js'

/** A ledger that does not verify is backed up all the same, with its faults told: it may be all there is. */
export async function runBackup(file: string): Promise<void> {
  const backup = await withDatabase((db) => backUp(db, file))
  const { ledger, files } = backup
  for (const fault of ledger.faults) console.error(ledgerTexts.verify.fault(fault.community, fault.words))
  for (const sha256 of files.faults) console.error(ledgerTexts.backup.lost(sha256))
  console.log(ledgerTexts.backup.done(backup.file, backup.bytes, backup.sha256, ledger.entries))
  if (files.count > 0) console.log(ledgerTexts.backup.files(filesBeside(backup.file), files.count, files.bytes))
}
