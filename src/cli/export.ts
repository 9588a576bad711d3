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
import type { Sheet } from '../kernel/sheet.js'
import { ledgerPages } from '../ledger/pages/registry.js'
import { exportCsvFile } from '../ledger/workbook/csv.js'
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
  /** Name or title of one page. */
  readonly page?: string
  readonly masked?: boolean
}

/**
 * Writes beside the wanted file and renames at the end: a broken run leaves no half file. An export is registered in the
 * ledger of each community, so that a workbook can be checked later, and noted in the access log.
 */
export async function runExport({
  community,
  district,
  month,
  out,
  page,
  masked = false,
}: ExportOptions): Promise<void> {
  const csv = /\.csv$/i.test(out)
  if (!csv && !/\.xlsx$/i.test(out)) throw new OperatorError(texts.export.notBook(out))
  if (csv && !page) throw new OperatorError(texts.export.needsPage)
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
    const sheets = sheetsOf(place.settings, page)
    const exportId = randomBytes(9).toString('base64url')
    const onProgress = (title: string, written: number) => progress.say(texts.export.progress(title, written))
    const [first] = sheets
    const summary =
      csv && first
        ? await exportCsvFile({ read: db.read, sheet: first, scope, exportId, file: unfinished, onProgress })
        : await exportWorkbook(
            {
              read: db.read,
              sheets,
              scope,
              title: `${place.name} 电子台账 ${month}`,
              exportedBy: userInfo().username,
              exportId,
              now,
              onProgress,
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

/** The pages to export: all, or the one that was named. */
function sheetsOf(settings: unknown, name: string | undefined): readonly Sheet[] {
  const pages = ledgerPages(
    modules.flatMap((module) => module.sheets),
    settingsSchema.parse(settings),
  )
  const wanted = name === undefined ? pages : pages.filter((one) => one.page === name || one.title === name)
  if (wanted.length > 0) return wanted.map((one) => one.sheet)
  throw new OperatorError(
    texts.export.noPage(
      name ?? '',
      pages.map((one) => one.page),
    ),
  )
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
