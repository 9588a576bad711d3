/** The cells both writers write: a year of a district, 500 communities with 1,000 requests and 1,000 visits each. */
export const COLUMNS = [
  '编号',
  '社区',
  '网格',
  '登记时间',
  '类别',
  '紧急',
  '幢',
  '室',
  '内容',
  '责任社工',
  '办结时间',
  '户数',
]
export const WIDTHS = [18, 12, 12, 17, 10, 6, 6, 8, 48, 10, 17, 6]
export const SHEETS = ['居民诉求', '入户走访'] as const

const CATEGORIES = ['公共设施', '环境卫生', '停车交通', '邻里纠纷', '物业服务', '养老助困']
const WORDS = [
  '电梯又坏了，老人下不来楼',
  '楼道灯不亮',
  '=1+1 这样的文字也是文字',
  '门口 <垃圾> & 杂物没人清',
  '水管漏水，已报物业',
]
const START = Date.UTC(2026, 0, 1)

export type Cell = string | number | Date

/** Row `index` of a sheet; the same at every call. */
export function rowOf(sheet: number, index: number): Cell[] {
  const community = index % 500
  const at = START + index * 60_000
  return [
    `C${String(community).padStart(3, '0')}-2026${String((index % 12) + 1).padStart(2, '0')}-${String(index).padStart(6, '0')}`,
    `第${community}社区`,
    `第${(index % 4) + 1}网格`,
    new Date(at),
    CATEGORIES[(index + sheet) % CATEGORIES.length] ?? '',
    index % 20 === 0 ? '是' : '',
    (index % 20) + 1,
    String(((index % 18) + 1) * 100 + 1),
    `${(index % 20) + 1}幢${WORDS[index % WORDS.length]}（${index}）`,
    `社工${index % 2000}`,
    new Date(at + 86_400_000),
    (index % 7) / 2,
  ]
}
