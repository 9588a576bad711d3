import ExcelJS from 'exceljs'
import type { Results } from './results.js'
import type { Estimate } from './stats.js'
import { KIND_NAMES } from './texts.js'
import type { SurveyView } from './types.js'

type Cell = string | number | null

const HEAD = ['题号', '题目', '项', '作答数', '选择数', '比例或得分', '区间下限', '区间上限', '单位']
const figures = (estimate: Estimate | null, factor = 1): Cell[] =>
  estimate
    ? [estimate.value, estimate.low, estimate.high].map((one) => Math.round(one * factor * 10_000) / 10_000)
    : [null, null, null]

/** One line a figure; what may not be shown is left empty. */
function figureRows(results: Results): Cell[][] {
  return results.questions.flatMap((question, index) => {
    const start = (item: string, n: number): Cell[] => [index + 1, question.text, item, n]
    const rows: Cell[][] = []
    if (question.hidden) return [[...start('人数少不显示', question.answered), null, null, null, null, null]]
    if (question.satisfied)
      rows.push([...start('满意率', question.answered), null, ...figures(question.satisfied), '比例'])
    if (question.score) rows.push([...start('得分', question.answered), null, ...figures(question.score), '百分制'])
    if (question.number)
      rows.push([...start('平均', question.answered), null, ...figures(question.number.mean), question.number.unit])
    for (const option of question.options)
      rows.push([...start(option.label, question.answered), option.count, ...figures(option.share), '比例'])
    for (const row of question.rows)
      rows.push([...start(row.label, row.answered), null, ...figures(row.score), '百分制'])
    return rows
  })
}

/** The figures of a round, UTF-8 with a byte-order mark so that Excel reads the Chinese. */
export function csvOf(results: Results): Buffer {
  const quote = (cell: Cell) =>
    typeof cell === 'string' && /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : String(cell ?? '')
  // A leading sign would make a formula of somebody's words.
  const safe = (cell: Cell): Cell => (typeof cell === 'string' && /^[=+\-@]/.test(cell) ? `'${cell}` : cell)
  const lines = [HEAD, ...figureRows(results)].map((row) => row.map((cell) => quote(safe(cell))).join(','))
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8')
}

/** The whole round as a workbook: head figures, questions, groups, words by kind. */
export async function workbookOf(survey: SurveyView, results: Results): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const add = (name: string, head: readonly string[], rows: readonly Cell[][], widths: readonly number[]) => {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.columns = head.map((header, index) => ({ header, width: widths[index] ?? 12 }))
    sheet.getRow(1).font = { bold: true }
    for (const row of rows) sheet.addRow(row)
  }
  const [score = null, low = null, high = null] = figures(results.composite)
  add(
    '概况',
    ['项目', '内容'],
    [
      ['编号', survey.number],
      ['标题', survey.title],
      ['种类', KIND_NAMES[survey.kind]],
      ['记名', survey.anonymous ? '无记名' : '记名'],
      ['符合条件', results.eligible],
      ['邀请', results.invited],
      ['作答', results.answered],
      ['综合得分', score],
      ['区间下限', low],
      ['区间上限', high],
      ['抽样种子', survey.definition.sample ? survey.seed : ''],
      ['问卷指纹', survey.definitionHash],
      ['说明', `区间为 95%；少于 ${results.smallestGroup} 份的组不显示，也不能由合计相减得出`],
    ],
    [14, 60],
  )
  add('各题', HEAD, figureRows(results), [6, 40, 24, 8, 8, 12, 10, 10, 8])
  add(
    '分组',
    ['分组', '符合条件', '邀请', '作答', '综合得分', '区间下限', '区间上限'],
    results.cells.map((cell) => [cell.label, cell.eligible, cell.invited, cell.answered, ...figures(cell.composite)]),
    [20, 10, 10, 10, 10, 10, 10],
  )
  add(
    '意见',
    ['题目', '类别', '条数', '摘录（已隐去门牌、姓名、电话）'],
    results.words.map((group) => [group.question, group.name, group.count, group.quotes.join('；')]),
    [16, 12, 8, 100],
  )
  return Buffer.from(await book.xlsx.writeBuffer())
}
