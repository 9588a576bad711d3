/** Names of the two sheets that are not ledger pages, and labels of the cover. The check of a file finds them by these words. */
export const COVER = '封面'
export const CHECKS = '校验'
export const CHECK_COLUMNS = [
  { header: '表', width: 24 },
  { header: '起始行', width: 10 },
  { header: '结束行', width: 10 },
  { header: '校验码（SHA-256）', width: 70 },
] as const

export const LABELS = {
  communities: '社区',
  period: '期间',
  exportedAt: '导出时间',
  exportedBy: '导出人',
  personal: '个人信息',
  exportId: '导出编号',
  digest: '校验总码',
  pages: '台账页',
  closes: '封账指纹',
} as const

export const PERSONAL = { full: '完整', masked: '已打码' } as const
export const CREATOR = '邻里电子台账'

export const HOW_TO_CHECK =
  '本簿由电子台账自动生成，无需另抄纸质台账。核对方法：在装有本系统的电脑上运行 linli verify --workbook 文件名，不需要联网；任何一格被改动都会指出所在的行。'
export const NOT_CLOSED = '本期尚无已封账的月份'

export const periodText = (from: string, to: string): string => (from === to ? from : `${from} 至 ${to}`)

export const CHECK_FAULTS = {
  noCover: '没有“封面”或“校验”表：不是本系统导出的工作簿，或已被删改',
  unknownExport: (id: string) => `数据库里没有导出编号 ${id} 的记录`,
  digestDiffers: '校验总码与数据库里登记的不一致：“校验”表或表的行数被改过',
  coverDiffers: '封面上的校验总码与“校验”表算出的不一致',
  block: (sheet: string, from: number, to: number) => `“${sheet}”第 ${from}–${to} 行之间有改动`,
  missingSheet: (sheet: string) => `缺少“${sheet}”表`,
  extraSheet: (sheet: string) => `多出“${sheet}”表`,
  extraRows: (sheet: string, from: number) => `“${sheet}”第 ${from} 行起是后来添上的`,
  row: (sheet: string, row: number, community: string, seq: number) =>
    `“${sheet}”第 ${row} 行与台账里 ${community} 第 ${seq} 条不符`,
  rowUnknown: (sheet: string, row: number) => `“${sheet}”第 ${row} 行在台账里找不到`,
  fingerprint: (community: string, month: string) => `封面上 ${community} ${month} 的封账指纹与数据库不符`,
} as const
