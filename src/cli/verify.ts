import { attachmentFiles } from '../app.js'
import type { Config } from '../config.js'
import type { Database } from '../db/client.js'
import { OperatorError } from '../kernel/errors.js'
import { verifyFiles } from '../ledger/verify/files.js'
import { verifyLedger } from '../ledger/verify/index.js'
import { checkWorkbook } from '../ledger/workbook/check.js'
import { ledgerTexts } from './ledger-texts.js'
import { createProgress } from './progress.js'
import { communityByCode, withDatabase } from './session.js'

const { verify: texts } = ledgerTexts

interface VerifyOptions {
  readonly community?: string
  readonly expect?: readonly string[]
  readonly workbook?: string
}

/** Prints what is not as it was sealed; the process then ends with 1. */
export async function runVerify(options: VerifyOptions): Promise<void> {
  const faults = await withDatabase((db, config) =>
    options.workbook ? verifyWorkbook(db, options.workbook) : verifyEntries(db, config, options),
  )
  if (faults > 0) process.exitCode = 1
}

async function verifyEntries(db: Database, config: Config, { community, expect = [] }: VerifyOptions): Promise<number> {
  const expected = new Map(expect.map(readExpected))
  const communityIds = community ? [(await communityByCode(db.read, community)).id] : undefined
  const progress = createProgress()
  const report = await verifyLedger(db.read, {
    communityIds,
    expected,
    onProgress: (entries) => progress.say(texts.progress(entries)),
  }).finally(() => progress.end())
  for (const fault of report.faults) console.log(texts.fault(fault.community, fault.words))
  const count = report.faults.length + report.unlisted
  if (count > 0) console.error(texts.faults(count))
  else console.log(texts.sound(report.communities, report.entries, report.closes, report.erased))
  return count + (await verifyAttachments(db, config, communityIds))
}

async function verifyAttachments(
  db: Database,
  config: Config,
  communityIds: readonly number[] | undefined,
): Promise<number> {
  const progress = createProgress()
  const { files, faults } = await verifyFiles(db.read, attachmentFiles(config), {
    ...(communityIds ? { communityIds } : {}),
    onProgress: (done) => progress.say(texts.filesProgress(done)),
  }).finally(() => progress.end())
  const communities = await db.read.community.findMany({ select: { id: true, code: true } })
  const codes = new Map(communities.map(({ id, code }) => [id, code]))
  for (const { communityId, words } of faults) console.log(texts.fault(codes.get(communityId) ?? '', words))
  if (faults.length > 0) console.error(texts.fileFaults(faults.length))
  else if (files > 0) console.log(texts.filesSound(files))
  return faults.length
}

function readExpected(text: string): [string, string] {
  const found = /^(\S+)\s+(\d{4}-\d{2})\s+([0-9A-Fa-f]{4}(?:-[0-9A-Fa-f]{4}){3})$/.exec(text.trim())
  if (!found) throw new OperatorError(texts.wrongExpect)
  return [`${found[1]} ${found[2]}`, (found[3] ?? '').toUpperCase()]
}

async function verifyWorkbook(db: Database, file: string): Promise<number> {
  const { rows, faults } = await checkWorkbook(db.read, file)
  for (const words of faults) console.log(`✗ ${words}`)
  if (faults.length > 0) console.error(texts.bookFaults(file, faults.length))
  else console.log(texts.bookSound(file, rows))
  return faults.length
}
