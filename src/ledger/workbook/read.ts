import { OperatorError } from '../../kernel/errors.js'
import { openZip, type ZipEntry } from './unzip.js'

/** A cell as a spreadsheet holds it: dates are numbers, empty is the empty text. */
export type ReadCell = string | number

export interface ReadSheet {
  readonly name: string
  /** Rows that are there, with their numbers; missing cells in between are empty. */
  rows(): AsyncGenerator<{ readonly number: number; readonly cells: readonly ReadCell[] }>
}

export interface ReadWorkbook {
  readonly sheets: readonly ReadSheet[]
  close(): Promise<void>
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Undoes XML's escapes and those of a spreadsheet, such as _x005F_. */
export function unescapeXml(text: string): string {
  let plain = text
  if (plain.includes('&'))
    plain = plain.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (whole, code: string) => {
      if (code.startsWith('#x')) return String.fromCodePoint(Number.parseInt(code.slice(2), 16))
      if (code.startsWith('#')) return String.fromCodePoint(Number(code.slice(1)))
      return ENTITIES[code] ?? whole
    })
  if (plain.includes('_x'))
    plain = plain.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return plain.includes('\r') ? plain.replace(/\r\n?/g, '\n') : plain
}

/**
 * Opens a workbook, ours or one that a spreadsheet saved again, and reads its sheets as streams.
 * @throws OperatorError when the file is no workbook.
 */
export async function openWorkbook(path: string): Promise<ReadWorkbook> {
  const zip = await openZip(path)
  const part = (name: string) => zip.entries.find((entry) => entry.name === name)
  const book = await part('xl/workbook.xml')?.text()
  const relations = await part('xl/_rels/workbook.xml.rels')?.text()
  if (!book || !relations) {
    await zip.close()
    throw new OperatorError(`${path} 不是 .xlsx 工作簿`)
  }
  const targets = new Map(
    tags(relations, 'Relationship').map((tag) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target').replace(/^\/?(xl\/)?/, 'xl/'),
    ]),
  )
  let shared: Promise<readonly string[]> | undefined
  const sharedTexts = () => {
    shared ??= readShared(part('xl/sharedStrings.xml'))
    return shared
  }
  const sheets = tags(book, 'sheet').map((tag): ReadSheet => {
    const entry = part(targets.get(attribute(tag, 'r:id')) ?? '')
    return {
      name: unescapeXml(attribute(tag, 'name')),
      rows: () => readRows(entry, sharedTexts),
    }
  })
  return { sheets, close: zip.close }
}

const tags = (xml: string, name: string): string[] => xml.match(new RegExp(`<${name}(?=[\\s/>])[^>]*>`, 'g')) ?? []

const attribute = (tag: string, name: string): string => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? ''

async function readShared(entry: ZipEntry | undefined): Promise<string[]> {
  if (!entry) return []
  const texts: string[] = []
  for await (const item of elements(entry, 'si')) texts.push(joinedText(item))
  return texts
}

/** All runs of text of a cell or shared item, without what only tells how it is read aloud. */
const joinedText = (xml: string): string => {
  let text = ''
  for (const match of xml.replace(/<rPh[\s\S]*?<\/rPh>/g, '').matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g)) text += match[1]
  return unescapeXml(text)
}

/** The outer XML of each element `name`, as the stream brings it. None may stand within another. */
async function* elements(entry: ZipEntry, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const open = new RegExp(`<${name}(?=[\\s/>])`, 'g')
  const end = `</${name}>`
  let buffer = ''
  for await (const chunk of entry.stream()) {
    buffer += decoder.decode(chunk, { stream: true })
    let at = 0
    for (;;) {
      open.lastIndex = at
      const found = open.exec(buffer)
      if (!found) break
      const close = buffer.indexOf('>', found.index)
      if (close < 0) break
      const empty = buffer[close - 1] === '/'
      const stop = empty ? close + 1 : buffer.indexOf(end, close) + end.length
      if (stop < end.length) break
      yield buffer.slice(found.index, stop)
      at = stop
    }
    buffer = buffer.slice(at)
  }
}

const CELL = /<c\s([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g

async function* readRows(entry: ZipEntry | undefined, sharedTexts: () => Promise<readonly string[]>) {
  if (!entry) return
  let number = 0
  let shared: readonly string[] | undefined
  for await (const xml of elements(entry, 'row')) {
    const head = xml.slice(0, xml.indexOf('>') + 1)
    number = Number(attribute(head, 'r')) || number + 1
    if (!shared && xml.includes('t="s"')) shared = await sharedTexts()
    const cells: ReadCell[] = []
    for (const [, attributes = '', content = ''] of xml.matchAll(CELL)) {
      const column = columnOf(/\br="([A-Z]+)/.exec(attributes)?.[1], cells.length)
      while (cells.length < column) cells.push('')
      cells.push(cellOf(/\bt="(\w+)"/.exec(attributes)?.[1], content, shared))
    }
    yield { number, cells }
  }
}

function columnOf(letters: string | undefined, next: number): number {
  if (!letters) return next
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

function cellOf(type: string | undefined, content: string, shared: readonly string[] | undefined): ReadCell {
  if (type === 'inlineStr') return joinedText(content)
  const value = /<v(?:\s[^>]*)?>([^<]*)<\/v>/.exec(content)?.[1]
  if (value === undefined) return ''
  if (type === 's') return shared?.[Number(value)] ?? ''
  if (type === 'str' || type === 'e') return unescapeXml(value)
  if (type === 'b') return value === '1' ? '是' : '否'
  return Number(value)
}
