import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { modules } from '../app.js'
import { settingsSchema } from '../community/settings.js'
import type { Reader } from '../db/transaction.js'
import { carryOut } from '../engine/decision.js'
import { OperatorError } from '../kernel/errors.js'
import { monthRange } from '../kernel/local-time.js'
import { ledgerPages } from '../ledger/pages/registry.js'
import { exportEvent, exportWorkbook } from '../ledger/workbook/export.js'
import { createProgress } from './progress.js'
import { communityByCode, withDatabase } from './session.js'
import { texts } from './texts.js'

interface ExportOptions {
  readonly community?: string
  readonly district?: string
  /** YYYY-MM, or YYYY for a year. */
  readonly month: string
  readonly out: string
  readonly masked?: boolean
}

/**
 * Writes beside the wanted file and renames at the end: a broken run leaves no half workbook. The export is registered in
 * the ledger of each community, so that the file can be checked later.
 */
export async function runExport({ community, district, month, out, masked = false }: ExportOptions): Promise<void> {
  if (!/\.xlsx$/i.test(out)) throw new OperatorError(texts.template.notXlsx(out))
  const progress = createProgress()
  const unfinished = `${out}.part`
  const rows = await withDatabase(async (db) => {
    const place = await placeOf(db.read, community, district)
    const now = new Date()
    const scope = {
      communityIds: place.communityIds,
      ...spanOf(month, place.timezone),
      timezone: place.timezone,
      maySeePersonal: !masked,
    }
    const sheets = modules.flatMap((module) => module.sheets)
    const summary = await exportWorkbook(
      {
        read: db.read,
        sheets: ledgerPages(sheets, settingsSchema.parse(place.settings)).map((page) => page.sheet),
        scope,
        title: `${place.name} 电子台账 ${month}`,
        exportedBy: userInfo().username,
        exportId: randomBytes(9).toString('base64url'),
        now,
        onProgress: (title, written) => progress.say(texts.export.progress(title, written)),
      },
      createWriteStream(unfinished),
    )
    const cause = { now, inboxId: null, actor: `cli:${userInfo().username}` }
    const events = place.communityIds.map((id) => exportEvent(id, summary, scope))
    await db.write((tx) => carryOut(tx, modules, { events, drafts: [] }, cause, null))
    await rename(unfinished, out)
    return summary.rows
  }).finally(async () => {
    progress.end()
    await rm(unfinished, { force: true })
  })
  console.log(texts.export.written(out, rows))
}

const spanOf = (month: string, timezone: string) =>
  month.length === 7
    ? monthRange(month, timezone)
    : { from: monthRange(`${month}-01`, timezone).from, to: monthRange(`${month}-12`, timezone).to }

/** One community with its own pages, or all of a district with the common ones. */
async function placeOf(read: Reader, community: string | undefined, district: string | undefined) {
  if (community) {
    const found = await communityByCode(read, community)
    return { ...found, communityIds: [found.id] }
  }
  const found = await read.district.findUnique({ where: { code: district ?? '' } })
  const members = found
    ? await read.community.findMany({ where: { subdistrict: { districtId: found.id } }, orderBy: { id: 'asc' } })
    : []
  const [first] = members
  if (!found || !first) throw new OperatorError(texts.export.noDistrict(district ?? ''))
  return { name: found.name, timezone: first.timezone, settings: {}, communityIds: members.map((one) => one.id) }
}
