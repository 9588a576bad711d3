import { Readable, type Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import yazl from 'yazl'
import { type CellValue, columnLetters, createDateSerial } from './cells.js'
import { type Block, createBlockDigester, type SheetDigest } from './digest.js'
import {
  contentTypes,
  coreProperties,
  type ListedSheet,
  PACKAGE_RELATIONS,
  sheetHead,
  sheetTail,
  workbookRelations,
  workbookXml,
} from './parts.js'
import { createRowWriter, textCell } from './row.js'
import { STYLE, STYLES_XML } from './styles.js'

/** No spreadsheet holds more rows in one sheet, the header included. */
export const MAX_SHEET_ROWS = 1_048_576
/** Rows are gathered to about this many characters before they are compressed. */
const CHUNK = 64 * 1024
/** Fast and within a few per cent of the size of the standard level. */
const COMPRESSION = 3

export interface TableColumn {
  readonly header: string
  readonly width: number
}

/** A sheet whose cells have been placed by hand, such as the cover. */
export interface FreeSheet {
  readonly name: string
  readonly widths: readonly number[]
  readonly rows: readonly (readonly { readonly text: CellValue; readonly style?: number }[])[]
}

export interface WorkbookWriter {
  /**
   * Streams rows into a sheet, and into further sheets (`名 (2)` …) where one would overflow. Answers the digests of what
   * was written.
   */
  table(
    name: string,
    columns: readonly TableColumn[],
    rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
    onRows?: (rows: number) => void,
  ): Promise<{ readonly sheets: readonly SheetDigest[]; readonly blocks: readonly Block[] }>
  /** Adds a small sheet; `first` puts its tab before all others. */
  free(sheet: FreeSheet, first?: boolean): void
  /** Ends the file; resolves when it is written. */
  end(): Promise<void>
}

export interface WriterOptions {
  readonly title: string
  readonly creator: string
  readonly at: Date
  readonly timezone: string
  /** Rows of a sheet with its header; smaller only in tests. */
  readonly maxRows?: number
}

/** Writes an .xlsx file as a stream: whatever its size, no more than some chunks stand in memory. */
export function createWorkbookWriter(output: Writable, options: WriterOptions): WorkbookWriter {
  const zip = new yazl.ZipFile()
  const dateSerial = createDateSerial(options.timezone)
  const maxRows = options.maxRows ?? MAX_SHEET_ROWS
  const listed: ListedSheet[] = []
  const names = new Set<string>()
  let files = 0
  let failure: unknown
  zip.outputStream.pipe(output)
  const written = finished(output).catch((error: unknown) => {
    failure ??= error
  })
  const part = (path: string, text: string) =>
    zip.addBuffer(Buffer.from(text), path, { mtime: options.at, compressionLevel: COMPRESSION })
  part('_rels/.rels', PACKAGE_RELATIONS)
  part('xl/styles.xml', STYLES_XML)
  part('docProps/core.xml', coreProperties(options.title, options.creator, options.at))

  return {
    async table(name, columns, rows, onRows) {
      const source = iteratorOf(rows)
      const widths = columns.map((column) => column.width)
      const writer = createRowWriter(widths, dateSerial)
      const sheets: SheetDigest[] = []
      const blocks: Block[] = []
      let total = 0
      let next = await source.next()
      do {
        const sheet = uniqueName(name, names)
        const digester = createBlockDigester(sheet)
        const lastColumn = columnLetters(columns.length - 1)
        let row = 1

        async function* xml(): AsyncGenerator<Buffer> {
          const header = headerRow(columns.map((column) => column.header))
          digester.add(1, header.canonical)
          let text = sheetHead(widths, true) + header.xml
          while (!next.done && row < maxRows) {
            row += 1
            const line = writer.row(row, next.value)
            digester.add(row, line.canonical)
            text += line.xml
            if (text.length >= CHUNK) {
              yield Buffer.from(text)
              text = ''
              onRows?.(total + row - 1)
            }
            next = await source.next()
          }
          yield Buffer.from(text + sheetTail(`${options.title} ${sheet}`, { lastColumn, lastRow: row }))
        }

        files += 1
        await add(`xl/worksheets/sheet${files}.xml`, Readable.from(xml(), { objectMode: false }))
        listed.push({ file: files, name: sheet, table: { lastColumn, lastRow: row } })
        total += row - 1
        onRows?.(total)
        const done = digester.end()
        sheets.push(done.sheet)
        blocks.push(...done.blocks)
      } while (!next.done)
      return { sheets, blocks }
    },

    free(sheet, first) {
      files += 1
      const rows = sheet.rows.map(
        (cells, index) =>
          `<row r="${index + 1}">${cells.map((cell, column) => freeCell(`${columnLetters(column)}${index + 1}`, cell)).join('')}</row>`,
      )
      const name = uniqueName(sheet.name, names)
      part(
        `xl/worksheets/sheet${files}.xml`,
        sheetHead(sheet.widths, false) + rows.join('') + sheetTail(`${options.title} ${name}`, null),
      )
      const entry = { file: files, name, table: null }
      if (first) listed.unshift(entry)
      else listed.push(entry)
    },

    async end() {
      part('xl/workbook.xml', workbookXml(listed))
      part('xl/_rels/workbook.xml.rels', workbookRelations(listed))
      part('[Content_Types].xml', contentTypes(listed))
      zip.end()
      await written
      if (failure) throw failure
    },
  }

  /** Resolves when the stream was taken up whole; fails as soon as it or the output fails. */
  async function add(path: string, stream: Readable): Promise<void> {
    zip.addReadStream(stream, path, { mtime: options.at, compressionLevel: COMPRESSION })
    const broken = written.then(() => {
      stream.destroy()
      throw failure ?? new Error('the output was closed before the workbook was written')
    })
    broken.catch(() => undefined)
    await Promise.race([finished(stream), broken])
  }

  function freeCell(ref: string, { text, style }: { text: CellValue; style?: number }): string {
    if (text === null || text === undefined || text === '') return ''
    if (typeof text === 'number') return `<c r="${ref}" s="${style ?? STYLE.integer}"><v>${text}</v></c>`
    if (text instanceof Date) return `<c r="${ref}" s="${style ?? STYLE.dateTime}"><v>${dateSerial(text)}</v></c>`
    return textCell(ref, style ?? STYLE.note, String(text))
  }
}

function headerRow(headers: readonly string[]): { xml: string; canonical: string } {
  const { canonical } = createRowWriter(
    headers.map(() => 10),
    () => 0,
  ).row(1, headers)
  const cells = headers.map((header, index) => textCell(`${columnLetters(index)}1`, STYLE.header, header))
  return { xml: `<row r="1">${cells.join('')}</row>`, canonical }
}

/** A tab's name: at most 31 signs, without what a spreadsheet forbids, each once. */
function uniqueName(wanted: string, taken: Set<string>): string {
  const base =
    wanted
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || '表'
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` (${number})`
    const name = base.slice(0, 31 - suffix.length) + suffix
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    return name
  }
}

async function* iterate<T>(rows: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* rows
}

const iteratorOf = <T>(rows: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> =>
  Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : iterate(rows)
