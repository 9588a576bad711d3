import type { Writable } from 'node:stream'
import type { Reader } from '../../db/transaction.js'
import { addDays, localDate, shortTime } from '../../kernel/local-time.js'
import type { DomainEvent } from '../../kernel/module.js'
import type { Sheet, SheetScope } from '../../kernel/sheet.js'
import type { CellValue } from './cells.js'
import { type Block, type SheetDigest, shortCode, workbookDigest } from './digest.js'
import { STYLE } from './styles.js'
import {
  CHECK_COLUMNS,
  CHECKS,
  COVER,
  CREATOR,
  HOW_TO_CHECK,
  LABELS,
  NOT_CLOSED,
  PERSONAL,
  periodText,
} from './texts.js'
import { createWorkbookWriter, type FreeSheet } from './writer.js'

export interface ExportRequest {
  readonly read: Reader
  /** Ledger pages, in the order of the tabs. */
  readonly sheets: readonly Sheet[]
  readonly scope: SheetScope
  readonly title: string
  /** Who exports, as the cover names them. */
  readonly exportedBy: string
  /** Unguessable; names this file in the ledger. */
  readonly exportId: string
  readonly now: Date
  readonly onProgress?: (page: string, rows: number) => void
  /** Rows of a sheet with its header; smaller only in tests. */
  readonly maxRows?: number
}

export interface ExportSummary {
  readonly exportId: string
  readonly digest: string
  readonly sheets: readonly SheetDigest[]
  readonly rows: number
}

interface CoverClose {
  readonly code: string
  readonly month: string
  readonly fingerprint: string
}

/**
 * Writes the ledger pages of a scope as a workbook with a cover and a sheet of check codes. What it answers belongs into
 * the ledger (`exportEvent`): only then can the file be checked.
 */
export async function exportWorkbook(request: ExportRequest, output: Writable): Promise<ExportSummary> {
  const { read, scope, exportId, now, title } = request
  const { timezone } = scope
  const writer = createWorkbookWriter(output, { title, creator: CREATOR, at: now, timezone, maxRows: request.maxRows })
  const sheets: SheetDigest[] = []
  const blocks: Block[] = []
  for (const sheet of request.sheets) {
    const done = await writer.table(sheet.title, sheet.columns, values(sheet, read, scope), (rows) =>
      request.onProgress?.(sheet.title, rows),
    )
    sheets.push(...done.sheets)
    blocks.push(...done.blocks)
  }
  const digest = workbookDigest(exportId, sheets)
  await writer.table(
    CHECKS,
    CHECK_COLUMNS,
    blocks.map((block) => [block.sheet, block.fromRow, block.toRow, block.digest]),
  )
  writer.free(cover(request, sheets, digest, await namesOf(read, scope), await closesOf(read, scope)), true)
  await writer.end()
  return { exportId, digest, sheets, rows: sheets.reduce((sum, sheet) => sum + sheet.rows, 0) }
}

async function* values(sheet: Sheet, read: Reader, scope: SheetScope): AsyncGenerator<readonly CellValue[]> {
  const { columns } = sheet
  for await (const row of sheet.rows(read, scope)) yield columns.map((column) => column.value(row))
}

/** Registers the export in a community's ledger, with what its file must hold. */
export const exportEvent = (communityId: number, summary: ExportSummary, scope: SheetScope): DomainEvent => ({
  type: 'ledger.exported',
  communityId,
  subject: `export:${summary.exportId}`,
  page: 'ledger',
  text: `导出台账 ${summary.rows} 行（${periodOf(scope)}，个人信息${scope.maySeePersonal ? PERSONAL.full : PERSONAL.masked}），校验总码 ${shortCode(summary.digest)}`,
  data: {
    exportId: summary.exportId,
    digest: summary.digest,
    sheets: summary.sheets.map(({ sheet, rows, digest }) => ({ sheet, rows, digest })),
    from: scope.from.toISOString(),
    to: scope.to.toISOString(),
    communities: scope.communityIds.length,
    maySeePersonal: scope.maySeePersonal,
  },
})

const periodOf = ({ from, to, timezone }: SheetScope): string =>
  periodText(localDate(from, timezone), addDays(localDate(to, timezone), -1))

/** More names than this would make the cover longer than the pages. */
const MAX_NAMES = 30

async function namesOf(read: Reader, scope: SheetScope): Promise<string> {
  const communities = await read.community.findMany({
    where: { id: { in: [...scope.communityIds] } },
    orderBy: { id: 'asc' },
    select: { name: true, code: true },
  })
  const names = communities.slice(0, MAX_NAMES).map(({ name, code }) => `${name}（${code}）`)
  return names.join('、') + (communities.length > MAX_NAMES ? `等 ${communities.length} 个社区` : '')
}

async function closesOf(read: Reader, scope: SheetScope): Promise<CoverClose[]> {
  const { from, to, timezone } = scope
  const months = { gte: localDate(from, timezone).slice(0, 7), lte: addDays(localDate(to, timezone), -1).slice(0, 7) }
  const closes = await read.ledgerClose.findMany({
    where: { communityId: { in: [...scope.communityIds] }, month: months },
    orderBy: [{ communityId: 'asc' }, { month: 'asc' }],
  })
  const communities = await read.community.findMany({
    where: { id: { in: [...new Set(closes.map((close) => close.communityId))] } },
    select: { id: true, code: true },
  })
  const codes = new Map(communities.map((community) => [community.id, community.code]))
  return closes.map(({ communityId, month, fingerprint }) => ({
    code: codes.get(communityId) ?? '',
    month,
    fingerprint,
  }))
}

function cover(
  request: ExportRequest,
  sheets: readonly SheetDigest[],
  digest: string,
  names: string,
  closes: readonly CoverClose[],
): FreeSheet {
  const { scope, now, exportedBy, exportId, title } = request
  const line = (label: string, text: CellValue) => [
    { text: label, style: STYLE.header },
    { text, style: STYLE.wrapped },
  ]
  const head = (...texts: string[]) => texts.map((text) => ({ text, style: STYLE.header }))
  return {
    name: COVER,
    widths: [16, 60, 40],
    rows: [
      [{ text: title, style: STYLE.title }],
      [],
      line(LABELS.communities, names),
      line(LABELS.period, periodOf(scope)),
      line(LABELS.exportedAt, `${localDate(now, scope.timezone).slice(0, 5)}${shortTime(now, scope.timezone)}`),
      line(LABELS.exportedBy, exportedBy),
      line(LABELS.personal, scope.maySeePersonal ? PERSONAL.full : PERSONAL.masked),
      line(LABELS.exportId, exportId),
      line(LABELS.digest, shortCode(digest)),
      [],
      head(LABELS.pages, '行数', '校验码'),
      ...sheets.map((sheet) => [
        { text: sheet.sheet, style: STYLE.text },
        { text: sheet.rows, style: STYLE.integer },
        { text: shortCode(sheet.digest), style: STYLE.text },
      ]),
      [],
      head(LABELS.closes, '月份', '指纹'),
      ...(closes.length > 0 ? closes : [{ code: NOT_CLOSED, month: '', fingerprint: '' }]).map((close) =>
        [close.code, close.month, close.fingerprint].map((text) => ({ text, style: STYLE.text })),
      ),
      [],
      [{ text: '' }, { text: HOW_TO_CHECK, style: STYLE.note }],
    ],
  }
}
