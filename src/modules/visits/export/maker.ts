import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { maker } from '../../../kernel/making.js'
import { exportTexts } from '../texts-staff.js'
import { exportedEvent, writeVisitsWorkbook } from './workbook.js'

/** What goes through every chat platform; a larger file is made on the command line. */
const MAX_BYTES = 15 * 1024 * 1024
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const inputSchema = z.object({
  scope: z.object({
    communityId: z.number().int(),
    from: z.string(),
    to: z.string(),
    workerId: z.number().int().nullable(),
    full: z.boolean(),
  }),
  title: z.string(),
  by: z.string(),
  accountId: z.number().int(),
})

/** The visits of a span as a workbook, registered in the ledger before it leaves. */
export const visitsWorkbook = maker<z.infer<typeof inputSchema>>({
  name: 'visits.workbook',
  input: inputSchema,
  make: async (read, { scope, title, by, accountId }) => {
    const output = new PassThrough()
    const [rows, bytes] = await Promise.all([writeVisitsWorkbook(read, scope, output), buffer(output)])
    if (rows === 0) return { text: exportTexts.nothing(title) }
    if (bytes.length > MAX_BYTES) return { text: exportTexts.tooLarge(rows) }
    return {
      file: { bytes, mime: XLSX, name: `${title}.xlsx` },
      text: exportTexts.done(title, rows, scope.full),
      registers: { event: exportedEvent(scope, rows, by), actor: `account:${accountId}` },
    }
  },
})
