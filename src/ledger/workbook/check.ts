import { z } from 'zod'
import type { Reader } from '../../db/transaction.js'
import { ERASED_TEXT } from '../erase.js'
import { FLOW_TITLE, flowSheet, SEAL_DIGITS } from '../pages/flow.js'
import { canonicalNumber, cellText } from './cells.js'
import {
  BLOCK_ROWS,
  type Block,
  createBlockDigester,
  digestOfBlocks,
  type SheetDigest,
  shortCode,
  workbookDigest,
} from './digest.js'
import { openWorkbook, type ReadCell, type ReadSheet } from './read.js'
import { CELL_END } from './row.js'
import { CHECK_FAULTS, CHECKS, COVER, LABELS, PERSONAL } from './texts.js'

export interface WorkbookReport {
  readonly exportId: string
  readonly rows: number
  readonly faults: readonly string[]
}

/** Faults beyond this many are not listed. */
const MAX_FAULTS = 200

const exportedData = z.object({ digest: z.string(), maySeePersonal: z.boolean() })

/**
 * Checks an exported workbook against the database, without a network: each block of rows against its code, the codes
 * against the total that the ledger holds, each row of the flow against its entry, and the fingerprints of the cover
 * against the closed months. A file that a spreadsheet only opened and saved again passes.
 */
export async function checkWorkbook(read: Reader, path: string): Promise<WorkbookReport> {
  const book = await openWorkbook(path)
  const faults: string[] = []
  const found = (words: string) => {
    if (faults.length < MAX_FAULTS && !faults.includes(words)) faults.push(words)
  }
  try {
    const coverSheet = book.sheets.find((sheet) => sheet.name === COVER)
    const checkSheet = book.sheets.find((sheet) => sheet.name === CHECKS)
    if (!coverSheet || !checkSheet) return { exportId: '', rows: 0, faults: [CHECK_FAULTS.noCover] }
    const cover = await readCover(coverSheet)
    const listed = await readBlocks(checkSheet)
    const digests: SheetDigest[] = []
    for (const sheet of book.sheets) {
      if (sheet === coverSheet || sheet.name.startsWith(CHECKS)) continue
      if (!listed.has(sheet.name)) {
        found(CHECK_FAULTS.extraSheet(sheet.name))
        continue
      }
      const checkRow = isFlow(sheet.name) ? flowChecker(read, sheet.name, cover.masked, found) : null
      digests.push(await checkSheetRows(sheet, listed.get(sheet.name) ?? [], checkRow, found))
    }
    for (const name of listed.keys())
      if (!digests.some((digest) => digest.sheet === name)) found(CHECK_FAULTS.missingSheet(name))
    await checkTotal(read, cover, workbookDigest(cover.exportId, listedDigests(listed)), found)
    await checkFingerprints(read, cover.closes, found)
    return { exportId: cover.exportId, rows: digests.reduce((sum, one) => sum + one.rows, 0), faults }
  } finally {
    await book.close()
  }
}

interface Cover {
  readonly exportId: string
  readonly digest: string
  readonly masked: boolean
  readonly closes: readonly (readonly [string, string, string])[]
}

async function readCover(sheet: ReadSheet): Promise<Cover> {
  const lines: string[][] = []
  for await (const { cells } of sheet.rows()) lines.push(cells.map(String))
  const value = (label: string) => lines.find((line) => line[0] === label)?.[1] ?? ''
  const start = lines.findIndex((line) => line[0] === LABELS.closes)
  const closes = lines
    .slice(start + 1)
    .flatMap(([code = '', month = '', fingerprint = '']) =>
      /^\d{4}-\d{2}$/.test(month) ? [[code, month, fingerprint] as const] : [],
    )
  const masked = value(LABELS.personal) !== PERSONAL.full
  return { exportId: value(LABELS.exportId), digest: value(LABELS.digest), masked, closes }
}

async function readBlocks(sheet: ReadSheet): Promise<Map<string, Block[]>> {
  const blocks = new Map<string, Block[]>()
  for await (const { number, cells } of sheet.rows()) {
    if (number === 1) continue
    const [name = '', fromRow, toRow, digest = ''] = cells
    const list = blocks.get(String(name)) ?? []
    list.push({ sheet: String(name), fromRow: Number(fromRow), toRow: Number(toRow), digest: String(digest) })
    blocks.set(String(name), list)
  }
  return blocks
}

/** Digests of the sheets as the list of codes gives them: what the ledger's total must be made of. */
function listedDigests(listed: ReadonlyMap<string, readonly Block[]>): SheetDigest[] {
  return [...listed].map(([sheet, blocks]) => ({
    sheet,
    rows: Math.max(0, (blocks.at(-1)?.toRow ?? 1) - 1),
    digest: digestOfBlocks(blocks),
  }))
}

type RowCheck = { row(number: number, cells: readonly ReadCell[]): Promise<void>; end(): Promise<void> }

async function checkSheetRows(
  sheet: ReadSheet,
  listed: readonly Block[],
  checkRow: RowCheck | null,
  found: (words: string) => void,
): Promise<SheetDigest> {
  const digester = createBlockDigester(sheet.name)
  const last = listed.at(-1)?.toRow ?? 0
  let width = 0
  let expected = 1
  const add = (number: number, cells: readonly ReadCell[]) => digester.add(number, canonicalOf(cells, width))
  for await (const { number, cells } of sheet.rows()) {
    if (number === 1) width = cells.length
    if (number > last) {
      if (cells.some((cell) => cell !== '')) found(CHECK_FAULTS.extraRows(sheet.name, last + 1))
      continue
    }
    // A row that was cleared altogether may be left out of the file.
    for (; expected < number; expected += 1) add(expected, [])
    expected = number + 1
    add(number, cells)
    if (number > 1) await checkRow?.row(number, cells)
  }
  for (; expected <= last; expected += 1) add(expected, [])
  await checkRow?.end()
  const { blocks, sheet: digest } = digester.end()
  for (const [index, block] of listed.entries())
    if (blocks[index]?.digest !== block.digest)
      found(CHECK_FAULTS.block(sheet.name, Math.max(2, index * BLOCK_ROWS + 1), block.toRow))
  return digest
}

const canonicalOf = (cells: readonly ReadCell[], width: number): string => {
  let line = ''
  for (let index = 0; index < Math.max(width, cells.length); index += 1) {
    const cell = cells[index] ?? ''
    line += `${typeof cell === 'number' ? canonicalNumber(cell) : cell}${CELL_END}`
  }
  return line
}

async function checkTotal(read: Reader, cover: Cover, total: string, found: (words: string) => void): Promise<void> {
  if (cover.digest !== shortCode(total)) found(CHECK_FAULTS.coverDiffers)
  const entry = await read.ledgerEntry.findFirst({
    where: { subject: `export:${cover.exportId}`, type: 'ledger.exported' },
  })
  const data = exportedData.safeParse(entry?.data).data
  if (!data) found(CHECK_FAULTS.unknownExport(cover.exportId))
  else if (data.digest !== total) found(CHECK_FAULTS.digestDiffers)
}

async function checkFingerprints(read: Reader, closes: Cover['closes'], found: (words: string) => void): Promise<void> {
  for (const [code, month, fingerprint] of closes) {
    const community = await read.community.findUnique({ where: { code }, select: { id: true } })
    const close =
      community &&
      (await read.ledgerClose.findUnique({ where: { communityId_month: { communityId: community.id, month } } }))
    if (close?.fingerprint !== fingerprint) found(CHECK_FAULTS.fingerprint(code, month))
  }
}

const isFlow = (name: string): boolean => name === FLOW_TITLE || name.startsWith(`${FLOW_TITLE} (`)

const FLOW_BATCH = 500
const column = (field: string): number => flowSheet.columns.findIndex((one) => one.field === field)

/** Holds rows of the flow against their entries, a batch at a time. */
function flowChecker(read: Reader, sheet: string, masked: boolean, found: (words: string) => void): RowCheck {
  const at = { code: column('community'), seq: column('seq'), text: column('text'), seal: column('seal') }
  let waiting: { number: number; code: string; seq: number; text: string; seal: string }[] = []
  const ids = new Map<string, number>()

  async function flush(): Promise<void> {
    for (const code of new Set(waiting.map((row) => row.code))) {
      const communityId = ids.get(code) ?? (await read.community.findUnique({ where: { code } }))?.id ?? 0
      ids.set(code, communityId)
      const rows = waiting.filter((row) => row.code === code)
      const entries = await read.ledgerEntry.findMany({
        where: { communityId, seq: { in: rows.map((row) => row.seq) } },
        select: { seq: true, hash: true, text: true },
      })
      const bySeq = new Map(entries.map((entry) => [entry.seq, entry]))
      for (const row of rows) {
        const entry = bySeq.get(row.seq)
        if (!entry) found(CHECK_FAULTS.rowUnknown(sheet, row.number))
        else if (
          entry.hash.slice(0, SEAL_DIGITS) !== row.seal ||
          // Words erased since then are gone from the ledger, not from the file.
          (!masked && entry.text !== ERASED_TEXT && cellText(entry.text) !== row.text)
        )
          found(CHECK_FAULTS.row(sheet, row.number, code, row.seq))
      }
    }
    waiting = []
  }

  return {
    async row(number, cells) {
      const text = (index: number) => String(cells[index] ?? '')
      waiting.push({
        number,
        code: text(at.code),
        seq: Number(cells[at.seq]) || 0,
        text: text(at.text),
        seal: text(at.seal),
      })
      if (waiting.length >= FLOW_BATCH) await flush()
    },
    end: flush,
  }
}
