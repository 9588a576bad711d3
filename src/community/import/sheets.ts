/** The five sheets of a roster and their columns, in order. The words are those of the workbook. */
export const SHEETS = {
  社区: ['代码', '名称', '街道', '区县'],
  网格: ['代码', '名称', '社区代码', '社工工号'],
  人员: ['工号', '姓名', '手机', '社区代码', '角色', 'telegram', 'wechat'],
  住户: ['网格代码', '小区', '幢', '单元', '室', '户主', '手机', '类别', '居住情况'],
  群: ['渠道', '群标识', '名称', '类型', '社区代码', '网格代码'],
} as const

export type SheetName = keyof typeof SHEETS

export const SHEET_NAMES = Object.keys(SHEETS) as SheetName[]

/** What may stand in a column with a closed list, first the words that the template offers. */
export const TIERS = { 普通: 'ordinary', 重点: 'key', 高风险: 'high_risk' } as const
export const OCCUPANCIES = { 自住: 'owned', 租赁: 'rented', 空置: 'vacant', 出租: 'rented' } as const
export const CHAT_TYPES = { 居民群: 'residents', 社工群: 'workers', 街道群: 'subdistrict', 工作群: 'workers' } as const
export const CHANNELS = { telegram: 'telegram', wechat: 'wechat', sandbox: 'sandbox', 微信: 'wechat' } as const
export const STAFF_ROLES = {
  居民: { role: 'resident', scope: 'community' },
  社工: { role: 'worker', scope: 'community' },
  协管员: { role: 'coordinator', scope: 'community' },
  主任: { role: 'manager', scope: 'community' },
  书记: { role: 'manager', scope: 'community' },
  街道干部: { role: 'officer', scope: 'subdistrict' },
  区县干部: { role: 'officer', scope: 'district' },
  社区工作者: { role: 'worker', scope: 'community' },
  网格员: { role: 'worker', scope: 'community' },
  社区主任: { role: 'manager', scope: 'community' },
  社区书记: { role: 'manager', scope: 'community' },
} as const

/** One cell of a sheet by its column's name; rows are numbered as a spreadsheet shows them, from 1. */
export interface RawRow {
  readonly row: number
  /** Trimmed texts in the order of the sheet's columns. */
  readonly cells: readonly string[]
}

/** A roster as it was read, before anything is believed. */
export type RawRoster = Readonly<Record<SheetName, readonly RawRow[]>>

/** Something in a roster that cannot be taken. Row and column are null when it concerns the whole sheet. */
export interface Fault {
  readonly sheet: SheetName
  readonly row: number | null
  readonly column: string | null
  readonly value: string
  readonly reason: string
}
