import { escapeXml } from './cells.js'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const DOCUMENT_TYPE = 'application/vnd.openxmlformats-officedocument'

/** A sheet as the workbook lists it. `file` numbers its part; the order of listing is the order of tabs. */
export interface ListedSheet {
  readonly file: number
  readonly name: string
  /** Columns and last row of the table with its header; null where there is none to filter. */
  readonly table: { readonly lastColumn: string; readonly lastRow: number } | null
}

/** What stands before a sheet's rows. A table's first row stays in sight; the page prints as A4 landscape. */
export function sheetHead(widths: readonly number[], frozen: boolean): string {
  const pane = frozen
    ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'
    : ''
  const columns = widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>\
<sheetViews><sheetView workbookViewId="0" showGridLines="0">${pane}</sheetView></sheetViews>\
<sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>`
}

/** What stands after a sheet's rows: filter, margins, A4 landscape one page wide, title and page numbers. */
export function sheetTail(title: string, table: ListedSheet['table']): string {
  const filter = table ? `<autoFilter ref="A1:${table.lastColumn}${table.lastRow}"/>` : ''
  return `</sheetData>${filter}<printOptions horizontalCentered="1"/>\
<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>\
<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>\
<headerFooter><oddHeader>&amp;C${printed(title)}</oddHeader><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>`
}

/** In a header or footer & begins a code, and digits after it would be a size. */
const printed = (text: string): string => escapeXml(text.replace(/&/g, '&&'))

/** The list of sheets, in the order of tabs. */
export function workbookXml(sheets: readonly ListedSheet[]): string {
  const quoted = (name: string) => `'${escapeXml(name.replace(/'/g, "''"))}'`
  const names = sheets.flatMap(({ name, table }, index) =>
    table
      ? [
          `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${quoted(name)}!$A$1:$${table.lastColumn}$${table.lastRow}</definedName>`,
          `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${quoted(name)}!$1:$1</definedName>`,
        ]
      : [],
  )
  const list = sheets.map(
    ({ name, file }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${file}"/>`,
  )
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr date1904="false"/>\
<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000" activeTab="0"/></bookViews>\
<sheets>${list.join('')}</sheets>${names.length > 0 ? `<definedNames>${names.join('')}</definedNames>` : ''}</workbook>`
}

export function workbookRelations(sheets: readonly ListedSheet[]): string {
  const list = sheets.map(
    ({ file }) => `<Relationship Id="rId${file}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${file}.xml"/>`,
  )
  const styles = `<Relationship Id="rIdStyles" Type="${RELATIONS}/styles" Target="styles.xml"/>`
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}${styles}</Relationships>`
}

export function contentTypes(sheets: readonly ListedSheet[]): string {
  const list = sheets.map(
    ({ file }) =>
      `<Override PartName="/xl/worksheets/sheet${file}.xml" ContentType="${DOCUMENT_TYPE}.spreadsheetml.worksheet+xml"/>`,
  )
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="${DOCUMENT_TYPE}.spreadsheetml.sheet.main+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="${DOCUMENT_TYPE}.spreadsheetml.styles+xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
${list.join('')}</Types>`
}

export const PACKAGE_RELATIONS = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">\
<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/>\
<Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

export const coreProperties = (title: string, creator: string, at: Date): string =>
  `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
<dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(creator)}</dc:creator>\
<dcterms:created xsi:type="dcterms:W3CDTF">${at.toISOString().slice(0, 19)}Z</dcterms:created></cp:coreProperties>`
