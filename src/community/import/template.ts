import ExcelJS from 'exceljs'
import { explanations } from './explanations.js'
import { CHANNELS, CHAT_TYPES, OCCUPANCIES, SHEET_NAMES, SHEETS, type SheetName, STAFF_ROLES, TIERS } from './sheets.js'

/** Words that the drop-down lists offer; the check takes a few more. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  人员角色: Object.keys(STAFF_ROLES).slice(0, 7),
  住户类别: Object.keys(TIERS),
  住户居住情况: Object.keys(OCCUPANCIES).slice(0, 3),
  群渠道: Object.keys(CHANNELS).slice(0, 2),
  群类型: Object.keys(CHAT_TYPES).slice(0, 3),
}
/** Several roles may stand in one cell: there the list only offers. */
const OPEN_LISTS = new Set(['人员角色'])
const LAST_ROW = 100_000
const HEADER_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF1F5C4D' } } as const

/** Writes an empty roster workbook with drop-down lists and a sheet that explains every column. */
export async function writeTemplate(file: string): Promise<void> {
  const workbook = new ExcelJS.Workbook()
  for (const name of SHEET_NAMES) addSheet(workbook, name)
  addExplanations(workbook)
  await workbook.xlsx.writeFile(file)
}

function addSheet(workbook: ExcelJS.Workbook, name: SheetName): void {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
  // Cells are text, or a spreadsheet would make a date of 3-2 and drop the zero of 0574.
  sheet.columns = SHEETS[name].map((header) => ({ header, width: 16, style: { numFmt: '@' } }))
  styleHeader(sheet.getRow(1))
  for (const [index, header] of SHEETS[name].entries()) {
    const list = LISTS[`${name}${header}`]
    if (list) validate(sheet, sheet.getColumn(index + 1).letter, list, !OPEN_LISTS.has(`${name}${header}`))
  }
}

function validate(sheet: ExcelJS.Worksheet, letter: string, list: readonly string[], strict: boolean): void {
  // The type lacks the list of ranges; by single cells the file would hold a hundred thousand rules.
  const validations = (
    sheet as unknown as { dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void } }
  ).dataValidations
  validations.add(`${letter}2:${letter}${LAST_ROW}`, {
    type: 'list',
    allowBlank: true,
    formulae: [`"${list.join(',')}"`],
    showErrorMessage: strict,
    errorTitle: '不在可选范围内',
    error: list.join('、'),
  })
}

function addExplanations(workbook: ExcelJS.Workbook): void {
  const sheet = workbook.addWorksheet('说明', { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = [
    { header: '表', width: 8 },
    { header: '列', width: 12 },
    { header: '要求', width: 8 },
    { header: '怎么填', width: 64, style: { alignment: { wrapText: true, vertical: 'top' } } },
    { header: '可选内容', width: 48, style: { alignment: { wrapText: true, vertical: 'top' } } },
  ]
  styleHeader(sheet.getRow(1))
  for (const [name, column, required, meaning] of explanations)
    sheet.addRow([name, column, required, meaning, LISTS[`${name}${column}`]?.join('、') ?? ''])
}

function styleHeader(row: ExcelJS.Row): void {
  row.height = 22
  row.eachCell((cell) => {
    cell.font = { bold: true, color: { argb: 'FFFFFFFF' } }
    cell.fill = HEADER_FILL
    cell.alignment = { vertical: 'middle' }
  })
}
