import type { Address, Category } from '../kernel/intent.js'
import { shape } from './features/shape.js'
import { normalise } from './text/normalise.js'

/** A report as the comparison needs it. `at` is the time of the message, ms since 1970. */
export interface Report {
  readonly text: string
  readonly category: Category | null
  readonly address: Address
  readonly at: number
}

/** What two reports have in common, in words for the worker who decides. */
export interface Likeness {
  /** 0 to 1: how likely both are about one problem. */
  readonly score: number
  readonly saw: readonly string[]
}

export interface Match<T extends Report> extends Likeness {
  readonly report: T
}

/** From here on a merge is worth proposing. */
export const PROPOSE_MERGE = 0.6
const HOUR = 3_600_000
/** After this many hours two reports of one place are half as likely to be one problem. */
const HALF_LIFE_HOURS = 72
/** Two-character pieces so common in reports that sharing them says nothing. */
const COMMON = new Set(
  '我们 你们 怎么 什么 一个 没有 不是 可以 麻烦 师傅 物业 社区 来看 看看 处理 一下 今天 昨天 现在 已经 还是 有人 谁来 赶紧 知道 单元 号楼 楼道 家里 这个 那个 能不 不能 请问 大家 又坏 坏了'.split(
    ' ',
  ),
)

function pieces(text: string): Set<string> {
  const shaped = shape(normalise(text)).replace(/单元|号楼|[幢栋座室]|[^\u4e00-\u9fffa-z]+/g, ' ')
  const found = new Set<string>()
  for (const run of shaped.split(' ')) {
    if (/^[a-z]/.test(run) && run.length > 3) found.add(run)
    for (let i = 0; i + 2 <= run.length; i++) {
      const piece = run.slice(i, i + 2)
      if (!COMMON.has(piece) && /[\u4e00-\u9fff]{2}/.test(piece)) found.add(piece)
    }
  }
  return found
}

interface Place {
  readonly score: number
  readonly saw: string | null
}

/** Same building is near, same unit nearer; two places that contradict each other are never one problem. */
function comparePlaces(a: Address, b: Address): Place {
  if (a.building !== null && b.building !== null) {
    if (a.building !== b.building) return { score: Number.NEGATIVE_INFINITY, saw: null }
    if (a.unit !== null && b.unit !== null && a.unit !== b.unit)
      return { score: -0.2, saw: `同在${a.building}幢，单元不同` }
    const sameUnit = a.unit !== null && a.unit === b.unit
    const sameRoom = a.room !== null && a.room === b.room
    const name = `${a.building}幢${sameUnit ? `${a.unit}单元` : ''}${sameRoom ? a.room : ''}`
    return { score: sameRoom ? 0.45 : sameUnit ? 0.4 : 0.32, saw: `同一地点 ${name}` }
  }
  if (a.room !== null && a.room === b.room) return { score: 0.35, saw: `同一房号 ${a.room}` }
  return { score: 0, saw: null }
}

function compareWords(a: string, b: string): { readonly score: number; readonly shared: readonly string[] } {
  const [left, right] = [pieces(a), pieces(b)]
  const shared = [...left].filter((piece) => right.has(piece))
  const smaller = Math.min(left.size, right.size)
  return { score: smaller === 0 ? 0 : shared.length / Math.max(3, smaller), shared }
}

function agoInWords(hours: number): string {
  if (hours < 1) return `相隔${Math.max(1, Math.round(hours * 60))}分钟`
  return hours < 48 ? `相隔${Math.round(hours)}小时` : `相隔${Math.round(hours / 24)}天`
}

/**
 * How likely two reports are about one problem: place, category, nearness in time and common words. Pure; a merge is
 * only ever proposed, the worker decides.
 */
export function compareReports(a: Report, b: Report): Likeness {
  const place = comparePlaces(a.address, b.address)
  if (place.score === Number.NEGATIVE_INFINITY) return { score: 0, saw: [] }
  // “Other” is no kind of problem: two of them have nothing in common by it.
  const known = (category: Category | null) => category !== null && category !== 'other'
  const bothCategories = known(a.category) && known(b.category)
  const sameCategory = bothCategories && a.category === b.category
  const words = compareWords(a.text, b.text)
  const hours = Math.abs(a.at - b.at) / HOUR
  const nearness = 0.5 ** (hours / HALF_LIFE_HOURS)
  const substance = Math.min(1, words.score * 1.5) * 0.45
  const category = sameCategory ? 0.22 : bothCategories ? -0.25 : 0.05
  // Place and kind alone are not enough: two lifts' worth of complaints need a word or a short time in common.
  const raw = place.score + category + substance + 0.12 * nearness
  const score = Math.max(0, Math.min(1, raw * (0.4 + 0.6 * nearness)))
  const saw = [
    place.saw,
    sameCategory ? '同一类别' : null,
    words.shared.length > 0 ? `都提到“${words.shared.slice(0, 3).join('”“')}”` : null,
    agoInWords(hours),
  ].filter((line) => line !== null)
  return { score: Math.round(score * 1000) / 1000, saw }
}

/**
 * Open reports that a new one may repeat, most alike first.
 * @param least score from which a match is given
 */
export function findSameProblem<T extends Report>(
  report: Report,
  open: readonly T[],
  least = PROPOSE_MERGE,
): Match<T>[] {
  return open
    .map((other) => ({ report: other, ...compareReports(report, other) }))
    .filter((match) => match.score >= least)
    .sort((a, b) => b.score - a.score)
}
