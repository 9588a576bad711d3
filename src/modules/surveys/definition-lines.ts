import type { Places } from './definition-place.js'
import { type Fault, joined, faults as words } from './texts-faults.js'
import { SATISFACTION } from './types.js'

/**
 * The short form for the chat: a title, then a question a line.
 *
 *     停车改造意见（记名，5天）
 *     1. 是否同意改造 单选：同意/不同意/无所谓
 *     2. 对现在停车满意吗 满意度
 *     3. 还有什么建议 填空
 */
export function readLines(text: string): { value: unknown; faults: Fault[]; places: Places } {
  const lines = text
    .split('\n')
    .map((line, index) => ({ words: line.trim(), number: index + 1 }))
    .filter((line) => line.words !== '')
  const [head, ...rest] = lines
  const faults: Fault[] = []
  const questions = rest.map((line, index) => {
    const question = readLine(line.words, index + 1)
    if (!question) faults.push({ line: line.number, ...joined(words.question(index + 1), words.line(line.words)) })
    return question
  })
  if (questions.length === 0) faults.push({ line: head?.number ?? null, ...words.noQuestions })
  const places: Places = ([first, index]) =>
    (first === 'questions' && typeof index === 'number' ? rest[index] : head)?.number ?? null
  return { value: { ...readHead(head?.words ?? ''), questions }, faults, places }
}

function readHead(line: string): object {
  const [, title = line, options = ''] = /^(.*?)\s*[（(]([^（）()]*)[）)]\s*$/.exec(line) ?? []
  const known = options.match(/记名|实名|\d+\s*天|抽样?\s*\d+|每网格\s*\d+/g) ?? []
  // Brackets that say nothing of these belong to the title.
  if (options !== '' && known.length === 0) return { title: line }
  const days = /(\d+)\s*天/.exec(options)?.[1]
  const total = /抽样?\s*(\d+)/.exec(options)?.[1]
  const perGrid = /每网格\s*(\d+)/.exec(options)?.[1]
  return {
    title: title.trim(),
    anonymous: !/实名|(?<!无)(?<!不)记名/.test(options),
    ...(days ? { days: Number(days) } : {}),
    ...(perGrid ? { sample: { perGrid: Number(perGrid) } } : total ? { sample: { total: Number(total) } } : {}),
  }
}

function readLine(line: string, number: number): object | null {
  const plain = line.replace(/^\d{1,2}\s*[.、．)）:：]\s*/, '')
  const optional = /[（(](可不答|选填)[）)]/.test(plain)
  const found =
    /^(.*?)[\s，,：:]*(单选|多选|满意度|打分|1\s*[-–~到]\s*(?:5|10)\s*分?|五分|十分|数字|填空|问答|矩阵)\s*[:：]?\s*(.*)$/.exec(
      plain.replace(/[（(](可不答|选填)[）)]/, ''),
    )
  const [, text = '', kind = '', detail = ''] = found ?? []
  if (!found || text.trim() === '') return null
  const base = { key: `q${number}`, text: text.trim().replace(/[？?：:]$/, ''), optional }
  const list = detail
    .split(/[/／、|；;]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  switch (kind) {
    case '单选':
      return { ...base, kind: 'single', options: list }
    case '多选':
      return { ...base, kind: 'multiple', options: list }
    case '满意度':
      return { ...base, kind: 'scale', points: 5, labels: [...SATISFACTION] }
    case '矩阵':
      return { ...base, kind: 'matrix', points: 5, rows: list }
    case '数字': {
      const [, min, max] = /(-?\d+)\s*[-–~到]\s*(\d+)/.exec(detail) ?? []
      const unit = detail.replace(/(-?\d+)\s*[-–~到]\s*(\d+)/, '').trim()
      return { ...base, kind: 'number', unit, ...(max ? { min: Number(min), max: Number(max) } : {}) }
    }
    case '填空':
    case '问答':
      return { ...base, kind: 'text', optional: true }
    default:
      return { ...base, kind: 'scale', points: /10|十/.test(kind + detail) ? 10 : 5 }
  }
}
