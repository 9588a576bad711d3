/** The sheet of visits, its columns in order; those after 室 may be empty. */
export const COLUMNS = ['日期', '社工工号', '小区', '幢', '单元', '室', '方式', '问题', '措施', '结果'] as const
export const REQUIRED = ['日期', '社工工号', '幢', '室'] as const
export type Column = (typeof COLUMNS)[number]

export const OUTCOME_WORDS = {
  见到: 'met',
  入户: 'met',
  已走访: 'met',
  未遇: 'not_home',
  没人: 'not_home',
  拒访: 'refused',
  电访: 'phone',
  电话: 'phone',
  微信: 'chat',
} as const

export const importTexts = {
  sheet: '走访',
  wrongDate: '不是日期（应如 2025-03-18）',
  future: '还没到这一天',
  tooOld: '早于 2000 年，请再看一下',
  unknownStaff: '这个工号不在这个社区的人员里',
  unknownHousehold: '名册里没有这一户',
  severalHouseholds: '有好几户对得上，请写明小区或单元',
  closedMonth: (month: string) => `${month} 已定案，不能再导入`,
  repeated: (row: number) => `与第 ${row} 行是同一天同一户`,
  missingColumns: (columns: readonly string[]) => `缺少列 ${columns.map((one) => `「${one}」`).join('')}`,
  unreadable: (file: string) => `${file}：只能导入 .xlsx 工作簿或 .csv 文件 / only .xlsx or .csv`,
  empty: (file: string) => `${file} 里没有可导入的行 / nothing to import`,
  historyReason: '历史导入，未按请假折算',
  ledger: (count: number, from: string, to: string) => `导入走访 ${count} 条（${from} 至 ${to}）`,
}
