import { createHash } from 'node:crypto'
import { CELL_END } from './row.js'

/** Rows that share a digest: an altered cell is found within so many. */
export const BLOCK_ROWS = 500

/** A stretch of rows of one sheet, by their numbers as a spreadsheet shows them, with its SHA-256. */
export interface Block {
  readonly sheet: string
  readonly fromRow: number
  readonly toRow: number
  readonly digest: string
}

export interface SheetDigest {
  readonly sheet: string
  /** Rows without the header. */
  readonly rows: number
  readonly digest: string
}

/** Digest of a sheet: that of its blocks' digests in order. */
export function digestOfBlocks(blocks: readonly Block[]): string {
  const hash = createHash('sha256')
  for (const block of blocks) hash.update(block.digest)
  return hash.digest('hex')
}

/** Takes the digests of a sheet's rows as they pass by. */
export interface BlockDigester {
  add(rowNumber: number, canonical: string): void
  end(): { readonly blocks: readonly Block[]; readonly sheet: SheetDigest }
}

export function createBlockDigester(sheet: string): BlockDigester {
  const blocks: Block[] = []
  let waiting = ''
  let inBlock = 0
  let rows = 0
  let fromRow = 1
  let toRow = 0
  const endBlock = () => {
    if (inBlock === 0) return
    blocks.push({ sheet, fromRow, toRow, digest: createHash('sha256').update(waiting).digest('hex') })
    waiting = ''
    inBlock = 0
  }
  return {
    add(rowNumber, canonical) {
      if (inBlock === 0) fromRow = rowNumber
      waiting += `${canonical}\n`
      inBlock += 1
      toRow = rowNumber
      rows += 1
      if (inBlock === BLOCK_ROWS) endBlock()
    },
    end() {
      endBlock()
      return { blocks, sheet: { sheet, rows: Math.max(0, rows - 1), digest: digestOfBlocks(blocks) } }
    },
  }
}

/** One digest for the workbook, of its export and all its sheets in order. */
export function workbookDigest(exportId: string, sheets: readonly SheetDigest[]): string {
  const hash = createHash('sha256').update(exportId)
  for (const { sheet, rows, digest } of sheets) hash.update(CELL_END).update(`${sheet} ${rows} ${digest}`)
  return hash.digest('hex')
}

/** The first sixteen digits in groups, as people compare them. */
export const shortCode = (digest: string): string => (digest.slice(0, 16).toUpperCase().match(/.{4}/g) ?? []).join('-')
