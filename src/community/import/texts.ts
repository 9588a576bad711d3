import type { Fault, SheetName } from './sheets.js'

/** Reason kept with a worker's span that a roster started. */
export const assignedByRoster = '名册导入'

const TEMPLATE_HINT = '用 linli template 文件.xlsx 可得到空白模板 / linli template FILE.xlsx writes an empty one'

/** `住户 第 18 行「室」：“5O1” 不是房号（字母 O？应为数字）`. */
export function faultText({ sheet, row, column, value, reason }: Fault): string {
  const place = `${sheet}${row === null ? '' : ` 第 ${row} 行`}${column === null ? '' : `「${column}」`}`
  return `${place}：${value === '' ? '' : `“${value}” `}${reason}`
}

export const reasons = {
  empty: '不能为空',
  tooLong: (most: number) => `太长（最多 ${most} 个字）`,
  formulaError: '是公式出错的结果，请填实际内容',
  wrongCode: '不是代码（只用 2–10 个字母或数字，如 BH）',
  wrongGridCode: '不是网格代码（不能有空格，最多 20 个字符）',
  oneOf: (words: readonly string[]) => `不在可选范围内，应为：${words.join('、')}`,
  unknownCommunity: '这个社区代码不存在（「社区」表和数据库里都没有）',
  unknownGrid: '这个网格代码不存在（「网格」表和数据库里都没有）',
  faultyReference: (sheet: SheetName) => `所指的那一行（「${sheet}」表）有错，先改那一行`,
  unknownStaff: '这个工号不存在（「人员」表和数据库里都没有）；暂缺社工请留空，撤下请填“无”',
  gridOfAnother: (community: string) => `这个网格属于社区 ${community}，不能改到别的社区`,
  gridElsewhere: (community: string) => `这个网格属于社区 ${community}，与本行社区代码不符`,
  wrongBuilding: (hint: string) => `不是幢号${hint}`,
  wrongUnit: (hint: string) => `不是单元号${hint}`,
  wrongRoom: (hint: string) => `不是房号${hint}`,
  wrongPhone: (hint: string) => `不是电话号码${hint}`,
  wrongTelegram: '不是 Telegram 编号（应为数字，不是 @用户名；不知道就留空，让本人私聊机器人说“绑定 工号 姓名”）',
  wrongWechat: '不是微信标识（不能有空格）',
  wrongGroupId: '不是 Telegram 群标识（应为负整数，如 -1001234567890；机器人进群后用 linli bind-chat --list 可看到）',
  needsStaffNo: '不能为空：居民以外的人员要有工号',
  needsPhone: '不能为空：没有工号的居民靠姓名和手机辨认',
  repeated: (row: number) => `与第 ${row} 行重复`,
  missingColumns: (columns: readonly string[]) =>
    `缺少列 ${columns.map((column) => `「${column}」`).join('')}；${TEMPLATE_HINT}`,
} as const

export const hints = {
  letterO: '（字母 O？应为数字）',
  letterI: '（字母 I 或 l？应为数字）',
  date: '（像是被表格软件改成了日期，请把这一列设为“文本”再填）',
  scientific: '（被表格软件写成了科学计数，请把这一列设为“文本”再填）',
  digits: (count: number) => `（共 ${count} 位；手机应为 11 位、以 1 开头，座机可带区号）`,
  room: '（应如 501、1203、A12）',
  building: '（应如 3、12、A）',
  unit: '（应如 1、2、A）',
} as const

export const sourceFaults = {
  missing: (path: string) => `找不到 ${path} / no such file or folder`,
  unknownKind: (path: string) =>
    `${path}：只能导入 .xlsx 工作簿、.csv 文件或放着 CSV 的文件夹 / only .xlsx, .csv or a folder of CSV files`,
  oldExcel: (path: string) =>
    `${path} 是旧版 .xls 或加了密码的工作簿，请另存为不加密的 .xlsx / an old .xls or a workbook with a password: save it as .xlsx without one`,
  notWorkbook: (path: string) =>
    `${path} 不是 Excel 工作簿（.xlsx），或者已损坏 / not an .xlsx workbook, or a damaged one`,
  noSheets: (path: string, names: readonly string[]) =>
    `${path} 里没有名册的工作表（应有 ${names.join('、')} 之一）；${TEMPLATE_HINT}`,
  emptyFolder: (path: string, names: readonly string[]) =>
    `${path} 里没有名册文件（应有 ${names.map((name) => `${name}.csv`).join('、')} 之一）；${TEMPLATE_HINT}`,
  encoding: (path: string) => `${path} 既不是 UTF-8 也不是 GBK 编码 / is neither UTF-8 nor GBK`,
} as const
