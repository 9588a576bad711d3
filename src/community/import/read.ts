import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { OperatorError } from '../../kernel/errors.js'
import { decodeText, parseCsv } from './csv.js'
import type { OnProgress } from './roster.js'
import { type Fault, type RawRoster, type RawRow, SHEET_NAMES, SHEETS, type SheetName } from './sheets.js'
import { reasons, sourceFaults } from './texts.js'
import { readWorkbook, type SheetRows } from './workbook.js'

/** Titles and notes may stand above the headers; further down there are none. */
const HEADERS_WITHIN_ROWS = 10
const PROGRESS_EVERY_ROWS = 5000

/**
 * Reads an .xlsx workbook, a folder of CSV files named after the sheets, or one such file. Sheets that are not there are
 * empty; sheets and columns that a roster does not have are passed over.
 * @throws OperatorError when the source is none of these.
 */
export async function readRoster(
  source: string,
  onProgress?: OnProgress,
): Promise<{ readonly raw: RawRoster; readonly faults: readonly Fault[] }> {
  const raw: Record<SheetName, RawRow[]> = { 社区: [], 网格: [], 人员: [], 住户: [], 群: [] }
  const faults: Fault[] = []
  for await (const sheet of sheetsOf(source)) {
    const name = sheetNamed(sheet.name)
    if (!name) continue
    const fault = await readSheet(name, sheet, raw[name], onProgress)
    if (fault) faults.push(fault)
  }
  return { raw, faults }
}

async function* sheetsOf(source: string): AsyncGenerator<SheetRows> {
  const info = await stat(source).catch(() => null)
  if (!info) throw new OperatorError(sourceFaults.missing(source))
  const kind = info.isDirectory() ? 'folder' : extname(source).toLowerCase()
  const isRoster = (file: string) => /\.csv$/i.test(file) && sheetNamed(nameOf(file)) !== undefined
  if (kind === 'folder') {
    const files = (await readdir(source)).filter(isRoster).sort()
    if (files.length === 0) throw new OperatorError(sourceFaults.emptyFolder(source, SHEET_NAMES))
    for (const file of files) yield await csvSheet(join(source, file))
  } else if (kind === '.csv') {
    if (!isRoster(source)) throw new OperatorError(sourceFaults.noSheets(source, SHEET_NAMES))
    yield await csvSheet(source)
  } else if (kind === '.xlsx' || kind === '.xlsm' || kind === '.xls') {
    let found = false
    for await (const sheet of readWorkbook(source)) {
      found ||= sheetNamed(sheet.name) !== undefined
      yield sheet
    }
    if (!found) throw new OperatorError(sourceFaults.noSheets(source, SHEET_NAMES))
  } else {
    throw new OperatorError(sourceFaults.unknownKind(source))
  }
}

async function csvSheet(file: string): Promise<SheetRows> {
  const bytes = await readFile(file)
  let text: string
  try {
    text = decodeText(bytes)
  } catch (error) {
    throw new OperatorError(sourceFaults.encoding(file), { cause: error })
  }
  return {
    name: nameOf(file),
    async *rows() {
      let row = 0
      for (const cells of parseCsv(text)) {
        row += 1
        yield { row, cells }
      }
    },
  }
}

/** Fills `rows` with what stands below the headers; a sheet without its headers is one fault. */
async function readSheet(
  name: SheetName,
  sheet: SheetRows,
  rows: RawRow[],
  onProgress: OnProgress | undefined,
): Promise<Fault | null> {
  const columns: readonly string[] = SHEETS[name]
  let places: readonly number[] | null = null
  let best: readonly string[] = columns
  let sawAnything = false
  for await (const { row, cells } of sheet.rows()) {
    if (places) {
      const texts = places.map((place) => clean(cells[place]))
      if (texts.some((text) => text !== '')) rows.push({ row, cells: texts })
      if (rows.length % PROGRESS_EVERY_ROWS === 0) onProgress?.({ step: 'read', sheet: name, done: rows.length })
      continue
    }
    const headers = cells.map(headerOf)
    sawAnything ||= headers.some((header) => header !== '')
    const missing = columns.filter((column) => !headers.includes(column))
    if (missing.length === 0) places = columns.map((column) => headers.indexOf(column))
    else if (missing.length < best.length) best = missing
    if (row >= HEADERS_WITHIN_ROWS) break
  }
  if (places) onProgress?.({ step: 'read', sheet: name, done: rows.length })
  // A sheet without a single word in it is one that was not filled in.
  if (places || !sawAnything) return null
  return { sheet: name, row: null, column: null, value: '', reason: reasons.missingColumns(best) }
}

const nameOf = (file: string): string => basename(file).replace(/\.csv$/i, '')

function sheetNamed(name: string): SheetName | undefined {
  const wanted = name.normalize('NFC').trim()
  return SHEET_NAMES.find((known) => known === wanted)
}

/** White space of any kind at the ends says nothing; neither do marks that a copy out of a chat brings along. */
const clean = (text: string | undefined): string =>
  (text ?? '').replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '').trim()

/** `类别（普通/重点/高风险）*` is 类别. */
const headerOf = (text: string | undefined): string =>
  clean(text)
    .replace(/[（(].*[）)]/, '')
    .replace(/[*＊\s]/g, '')
    .replace(/^(telegram|wechat)$/i, (word) => word.toLowerCase())
