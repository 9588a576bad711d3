import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { exportedEvent, modules, writeVisitsWorkbook } from '../app.js'
import { carryOut } from '../engine/decision.js'
import { OperatorError } from '../kernel/errors.js'
import { createProgress } from './progress.js'
import { communityByCode, withDatabase } from './session.js'
import { texts } from './texts.js'

interface Options {
  readonly community: string
  /** YYYY-MM, or YYYY for a year. */
  readonly month: string
  readonly masked?: boolean
}

/** Writes beside the wanted file and renames at the end; the export is registered in the community's ledger. */
export async function runExportVisits(file: string, { community, month, masked = false }: Options): Promise<void> {
  if (!/\.xlsx$/i.test(file)) throw new OperatorError(texts.template.notXlsx(file))
  if (!/^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/.test(month)) throw new OperatorError(texts.exportVisits.wrongMonth(month))
  const progress = createProgress()
  const unfinished = `${file}.part`
  const rows = await withDatabase(async (db) => {
    const { id: communityId } = await communityByCode(db.read, community)
    const year = month.length === 4
    const scope = {
      communityId,
      from: `${month}${year ? '-01-01' : '-01'}`,
      to: `${month}${year ? '-12-31' : '-31'}`,
      workerId: null,
      full: !masked,
    }
    const written = await writeVisitsWorkbook(db.read, scope, createWriteStream(unfinished), (done) =>
      progress.say(`${done}`),
    )
    const by = userInfo().username
    const cause = { now: new Date(), inboxId: null, actor: `cli:${by}` }
    await db.write((tx) =>
      carryOut(tx, modules, { events: [exportedEvent(scope, written, by)], drafts: [] }, cause, null),
    )
    await rename(unfinished, file)
    return written
  }).finally(async () => {
    progress.end()
    await rm(unfinished, { force: true })
  })
  console.log(texts.exportVisits.written(file, rows))
}
