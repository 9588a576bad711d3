import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import type { Reader } from '../../../db/transaction.js'
import { maker } from '../../../kernel/making.js'
import { exportTexts } from '../texts-staff.js'
import { visitsCsv } from './csv.js'
import type { ExportScope } from './rows.js'
import { exportedEvent, writeVisitsWorkbook } from './workbook.js'

/** What goes through every chat platform; a larger file is made on the command line. */
const MAX_BYTES = 15 * 1024 * 1024
export const FORMATS = ['xlsx', 'csv'] as const
const MIMES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

const inputSchema = z.object({
  scope: z.object({
    communityId: z.number().int(),
    from: z.string(),
    to: z.string(),
    workerId: z.number().int().nullable(),
    full: z.boolean(),
  }),
  /** Recipes written before there was a choice are of workbooks. */
  format: z.enum(FORMATS).default('xlsx'),
  title: z.string(),
  by: z.string(),
  accountId: z.number().int(),
})

/** The visits of a span as a workbook or CSV, registered in the ledger before it leaves. */
export const visitsWorkbook = maker<z.infer<typeof inputSchema>>({
  name: 'visits.workbook',
  input: inputSchema,
  make: async (read, { scope, format, title, by, accountId }) => {
    const { rows, bytes } = await (format === 'csv' ? csvOf(read, scope) : workbookOf(read, scope))
    if (rows === 0) return { text: exportTexts.nothing(title) }
    if (bytes.length > MAX_BYTES) return { text: exportTexts.tooLarge(rows) }
    return {
      file: { bytes, mime: MIMES[format], name: `${title}.${format}` },
      text: exportTexts.done(title, rows, scope.full),
      registers: { event: exportedEvent(scope, rows, by), actor: `account:${accountId}` },
    }
  },
})

async function workbookOf(read: Reader, scope: ExportScope) {
  const output = new PassThrough()
  const [rows, bytes] = await Promise.all([writeVisitsWorkbook(read, scope, output), buffer(output)])
  return { rows, bytes }
}

async function csvOf(read: Reader, scope: ExportScope) {
  const { rows, text } = await visitsCsv(read, scope)
  return { rows, bytes: Buffer.from(text) }
}
