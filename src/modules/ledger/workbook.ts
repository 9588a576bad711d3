import { randomBytes } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { communityView } from '../../community/settings.js'
import { maker } from '../../kernel/making.js'
import type { Sheet, SheetScope } from '../../kernel/sheet.js'
import { ledgerPages } from '../../ledger/pages/registry.js'
import { shortCode } from '../../ledger/workbook/digest.js'
import { exportEvent, exportWorkbook } from '../../ledger/workbook/export.js'
import { texts } from './texts.js'

/** What goes through every chat platform; a larger file is made on the command line. */
const MAX_BYTES = 15 * 1024 * 1024
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const instant = z.iso.datetime()
const workbookInput = z.object({
  communityId: z.number().int(),
  title: z.string(),
  from: instant,
  to: instant,
  /** Decided when it was asked for, by who asked and where. */
  maySeePersonal: z.boolean(),
  exportedBy: z.string(),
  accountId: z.number().int(),
  askedAt: instant,
})

/**
 * A month or year of the ledger as a workbook. Each making is an export of its own with a number of its own, in the ledger
 * before the file leaves: whatever file somebody holds can be checked.
 */
export const workbookMaker = (sheets: () => readonly Sheet[]) =>
  maker<z.infer<typeof workbookInput>>({
    name: 'ledger.workbook',
    input: workbookInput,
    make: async (read, { communityId, title, maySeePersonal, exportedBy, accountId, ...times }) => {
      const community = communityView(await read.community.findUniqueOrThrow({ where: { id: communityId } }))
      const [from, to] = [new Date(times.from), new Date(times.to)]
      const scope: SheetScope = { communityIds: [communityId], from, to, timezone: community.timezone, maySeePersonal }
      const output = new PassThrough()
      const request = {
        read,
        sheets: ledgerPages(sheets(), community.settings).map((page) => page.sheet),
        scope,
        title,
        exportedBy,
        exportId: randomBytes(9).toString('base64url'),
        now: new Date(times.askedAt),
      }
      const [summary, bytes] = await Promise.all([exportWorkbook(request, output), buffer(output)])
      if (bytes.length > MAX_BYTES) return { text: texts.exportTooLarge(summary.rows) }
      return {
        file: { bytes, mime: XLSX, name: `${title}.xlsx` },
        text: texts.exported(title, summary.rows, shortCode(summary.digest), !maySeePersonal),
        registers: { event: exportEvent(communityId, summary, scope), actor: `account:${accountId}` },
      }
    },
  })
