import Nzh from 'nzh/cn'
import { readSmallNumber } from '../../kernel/number-words.js'
import type { Answer, Question } from './types.js'

/** What somebody's words say to a question; undefined when they are no answer to it. */
export function readAnswer(question: Question, text: string): Answer | undefined {
  if (question.optional && /^(跳过|略过?|不答|不填|pass|没打过交道|不了解)[。.!！]*$/i.test(text.trim())) return null
  switch (question.kind) {
    case 'single':
      return readOption(question.options, text)
    case 'multiple':
      return readOptions(question.options, question.most, text)
    case 'scale': {
      if (question.labels) {
        const index = readOption(question.labels, text)
        return index === undefined ? undefined : question.points + 1 - index
      }
      return readScore(text, question.points)
    }
    case 'matrix':
      return readScores(text, question.rows.length, question.points)
    case 'number': {
      const value = readNumber(text)
      return value !== undefined && value >= question.min && value <= question.max ? value : undefined
    }
    case 'text':
      return readWords(text)
  }
}

/** Free words; none where somebody only says that there is nothing. */
export function readWords(text: string): Answer {
  const bare = text.trim()
  return /^(没有|没|无|没什么|没意见|没有了|暂无|跳过|略|不填)[了吧呢。.!！~]*$/.test(bare) || bare === ''
    ? null
    : bare.slice(0, 1000)
}

const bare = (text: string): string => text.normalize('NFKC').replace(/[\s!。.,、~?"'“”‘’()（）]/g, '')

/** Spoken shades of the same mark. */
const evenOut = (text: string): string =>
  bare(text)
    .replace(/不(太|很|怎么|大|是很)/g, '不')
    .replace(/非常|特别|十分|极其|极|超级|超|相当|太/g, '很')
    .replace(/^(我|我们|觉得|感觉|认为|选择?|答|是|还)+/, '')
    .replace(/(的|吧|呢|啊|了|哦)+$/, '')

const SHADES: Readonly<Record<string, readonly string[]>> = {
  一般: ['行', '可以', '凑合', '马马虎虎', '过得去', '普通', '中等', '就那样'],
  很满意: ['很好', '满分', '好极'],
  满意: ['好', '不错', '挺好', '蛮好'],
  不满意: ['不好', '差', '不行'],
  很不满意: ['很差', '很不好', '差劲', '糟糕'],
}

/** Number (from 1) of the option that is meant by its number, its label or a shade of it. */
export function readOption(options: readonly string[], text: string): number | undefined {
  const number = readSmallNumber(bare(text))
  if (number !== null) return number >= 1 && number <= options.length ? number : undefined
  const wanted = evenOut(text)
  if (wanted === '' || wanted.length > 40) return undefined
  const labels = options.map(evenOut)
  const exact = labels.indexOf(wanted)
  if (exact >= 0) return exact + 1
  const shade = options.findIndex((label) => SHADES[label]?.includes(wanted))
  if (shade >= 0) return shade + 1
  const inside = labels
    .map((label, index) => ({ label, index }))
    .filter(({ label }) => label !== '' && wanted.includes(label))
    .sort((a, b) => b.label.length - a.label.length)
  const found = inside[0]
  if (!found) return undefined
  // What stands around the label must neither turn it round nor name another.
  const rest = wanted.replace(found.label, ' ')
  if (/[不没未非无别]/.test(rest) || rest.length > 12) return undefined
  return inside.some((other) => other !== found && rest.includes(other.label)) ? undefined : found.index + 1
}

function readOptions(options: readonly string[], most: number | undefined, text: string): number[] | undefined {
  const allowed = most ?? options.length
  const plain = text.normalize('NFKC').trim()
  const numbers = /^(全选|全部|都选|都是|所有)/.test(plain)
    ? options.map((_, index) => index + 1)
    : split(plain, options.length).map((part) => readOption(options, part))
  if (numbers.length === 0 || numbers.includes(undefined)) return undefined
  const chosen = [...new Set(numbers as number[])].sort((a, b) => a - b)
  return chosen.length <= allowed ? chosen : undefined
}

/** `134` is three options where there are at most nine. */
const split = (text: string, count: number): string[] =>
  count <= 9 && /^\d{2,9}$/.test(text) ? [...text] : text.split(/[\s,，、;；和及/+]+/).filter((part) => part !== '')

const inRange = (value: number | null | undefined, points: number): number | undefined =>
  value !== null && value !== undefined && Number.isInteger(value) && value >= 1 && value <= points ? value : undefined

function readScore(text: string, points: number): number | undefined {
  if (/^满分/.test(text.trim())) return points
  return inRange(readSmallNumber(bare(text).replace(/(分|星)$/, '')), points)
}

/** `9 8 8 7 …`, one a row; `全部8`, with exceptions `全部8 第3项5`; `-` or `x` for a row one cannot judge. */
function readScores(text: string, rows: number, points: number): (number | null)[] | undefined {
  const plain = text.normalize('NFKC').trim()
  const all = /^(?:全部|全|都|均|都是|全是|统一)(?:打|给|是)?\s*(\d{1,2}|[一二三四五六七八九十])\s*分?/.exec(plain)
  if (all) {
    const base = inRange(readSmallNumber(all[1] ?? ''), points)
    if (base === undefined) return undefined
    const scores: (number | null)[] = Array.from({ length: rows }, () => base)
    const rest = plain.slice(all[0].length)
    for (const [, row, score] of rest.matchAll(/第?\s*(\d{1,2})\s*[项条个]?\s*(?:打|给|是|[:=])?\s*(\d{1,2})\s*分?/g)) {
      const value = inRange(Number(score), points)
      if (value === undefined || Number(row) < 1 || Number(row) > rows) return undefined
      scores[Number(row) - 1] = value
    }
    return scores
  }
  const parts = plain.split(/[\s,，、;；/]+/).filter((part) => part !== '')
  if (parts.length !== rows) return undefined
  const scores = parts.map((part) => (/^[-xX—无]$/.test(part) ? null : readScore(part, points)))
  return scores.includes(undefined) ? undefined : (scores as (number | null)[])
}

function readNumber(text: string): number | undefined {
  const plain = bare(text.replace(/(\d),(?=\d{3})/g, '$1').replace(/(\d)[.。](\d)/g, '$1点$2')).replace('点', '.')
  const digits = /^(?:大约|大概|约|共)?(-?\d+(?:\.\d+)?)(?:[^\d]{0,6})$/.exec(plain)
  if (digits) return Number(digits[1])
  const spoken = /^[零〇一二两三四五六七八九十百千万]+/.exec(plain.replace(/^(大约|大概|约|共)/, ''))
  if (!spoken) return undefined
  const value = Number(Nzh.decodeS(spoken[0].replace(/两/g, '二').replace(/〇/g, '零')))
  return Number.isFinite(value) ? value : undefined
}
