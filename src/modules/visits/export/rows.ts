import type { Reader } from '../../../db/transaction.js'
import type { LocalDate } from '../../../kernel/local-time.js'
import { maskText } from '../../../kernel/masking.js'
import type { Column } from '../import/texts.js'
import { OUTCOME_NAMES } from '../texts.js'
import type { Outcome } from '../types.js'

export interface ExportScope {
  readonly communityId: number
  /** Local days, both included. */
  readonly from: LocalDate
  readonly to: LocalDate
  /** Only this worker's visits. */
  readonly workerId: number | null
  /** False masks phone and identity numbers in the notes. */
  readonly full: boolean
}

export type ExportRow = Readonly<Record<Column, string>>

/** Ids of a batch go into one query. */
const BATCH = 500

/** What a line of the sheet is made of: all that a worker told of one home on one day. */
interface Line {
  readonly day: LocalDate
  readonly workerId: number
  readonly householdId: number
  readonly outcome: string
  readonly problem: string
  readonly measure: string
  readonly result: string
}

/**
 * The valid visits of a span in the columns that the import reads, by day. A home, a day and a worker are one line, as the
 * import has it: who was met at the second try was met, and the notes stand together.
 */
export async function* exportRows(read: Reader, scope: ExportScope): AsyncGenerator<ExportRow> {
  const { communityId, from, to, workerId } = scope
  const seen = { lines: new Map<string, Line>(), day: '' }
  for (let after = { day: '', id: 0 }; ; ) {
    const batch = await read.visit.findMany({
      where: {
        communityId,
        status: 'valid',
        day: { gte: from, lte: to },
        ...(workerId === null ? {} : { workerId }),
        OR: [{ day: { gt: after.day } }, { day: after.day, id: { gt: after.id } }],
      },
      orderBy: [{ day: 'asc' }, { id: 'asc' }],
      take: BATCH,
    })
    for (const visit of batch) {
      if (visit.day !== seen.day) {
        yield* told(read, [...seen.lines.values()], scope)
        seen.lines.clear()
        seen.day = visit.day
      }
      const key = `${visit.workerId}/${visit.householdId}`
      const before = seen.lines.get(key)
      seen.lines.set(key, before ? together(before, visit) : visit)
    }
    const last = batch.at(-1)
    if (!last || batch.length < BATCH) break
    after = { day: last.day, id: last.id }
  }
  yield* told(read, [...seen.lines.values()], scope)
}

const WEIGHT = ['chat', 'phone', 'refused', 'not_home', 'met']

function together(a: Line, b: Line): Line {
  const join = (first: string, second: string) => [...new Set([first, second])].filter((part) => part !== '').join('、')
  return {
    ...a,
    outcome: WEIGHT.indexOf(b.outcome) > WEIGHT.indexOf(a.outcome) ? b.outcome : a.outcome,
    problem: join(a.problem, b.problem),
    measure: join(a.measure, b.measure),
    result: join(a.result, b.result),
  }
}

/** Lines of a day with the names behind their ids. */
async function* told(read: Reader, lines: readonly Line[], { full }: ExportScope): AsyncGenerator<ExportRow> {
  for (let start = 0; start < lines.length; start += BATCH) {
    const some = lines.slice(start, start + BATCH)
    const homes = await read.household.findMany({
      where: { id: { in: [...new Set(some.map((line) => line.householdId))] } },
      select: { id: true, estate: true, building: true, unit: true, room: true },
    })
    const people = await read.person.findMany({
      where: { id: { in: [...new Set(some.map((line) => line.workerId))] } },
      select: { id: true, staffNo: true },
    })
    const words = (text: string) => (full ? text : maskText(text))
    for (const line of some) {
      const home = homes.find((one) => one.id === line.householdId)
      yield {
        日期: line.day,
        社工工号: people.find((one) => one.id === line.workerId)?.staffNo ?? '',
        小区: home?.estate ?? '',
        幢: home?.building ?? '',
        单元: home?.unit ?? '',
        室: home?.room ?? '',
        方式: OUTCOME_NAMES[line.outcome as Outcome] ?? line.outcome,
        问题: words(line.problem),
        措施: words(line.measure),
        结果: words(line.result),
      }
    }
  }
}
