import { rename, rm } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { modules } from '../app.js'
import { OperatorError } from '../kernel/errors.js'
import { monthRange } from '../kernel/local-time.js'
import { writeWorkbook } from '../ledger/workbook.js'
import { createProgress } from './progress.js'
import { communityByCode, withDatabase } from './session.js'
import { texts } from './texts.js'

interface ExportOptions {
  readonly community: string
  /** YYYY-MM */
  readonly month: string
  readonly out: string
  readonly masked?: boolean
}

/** Writes beside the wanted file and renames at the end: a broken run leaves no half workbook. */
export async function runExport({ community: code, month, out, masked = false }: ExportOptions): Promise<void> {
  if (!/\.xlsx$/i.test(out)) throw new OperatorError(texts.template.notXlsx(out))
  const progress = createProgress()
  const unfinished = `${out}.part`
  const rows = await withDatabase(async (db) => {
    const community = await communityByCode(db.read, code)
    const scope = {
      communityIds: [community.id],
      ...monthRange(month, community.timezone),
      timezone: community.timezone,
      maySeePersonal: !masked,
    }
    const sheets = modules.flatMap((module) => module.sheets)
    const written = await writeWorkbook(unfinished, sheets, db.read, scope, ({ title, rows }) =>
      progress.say(texts.export.progress(title, rows)),
    )
    if (!masked)
      await db.write((tx) =>
        tx.accessLog.create({
          data: {
            at: new Date(),
            actor: `cli:${userInfo().username}`,
            action: 'export',
            subject: `community:${community.id}`,
            detail: month,
          },
        }),
      )
    await rename(unfinished, out)
    return written
  }).finally(async () => {
    progress.end()
    await rm(unfinished, { force: true })
  })
  console.log(texts.export.written(out, rows))
}
