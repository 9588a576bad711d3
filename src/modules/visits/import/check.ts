import { building, oneOf, optional, type ReadCell, room, unit, words } from '../../../community/import/cells.js'
import type { LocalDate } from '../../../kernel/local-time.js'
import { periodAt } from '../decide-period.js'
import type { Outcome } from '../types.js'
import type { RawVisit } from './read.js'
import { type Column, importTexts, OUTCOME_WORDS } from './texts.js'

/** What a sheet's lines may refer to. */
export interface Known {
  readonly today: LocalDate
  readonly monthStartDay: number
  /** Staff number → person. */
  readonly staff: ReadonlyMap<string, number>
  /** `estate/building/unit/room` and, where it is one household only, the same without estate or unit; -1 where several. */
  readonly households: ReadonlyMap<string, number>
  /** `worker/month` of months that were closed by living them. */
  readonly closed: ReadonlySet<string>
}

/** A line that can be taken. */
export interface CheckedVisit {
  readonly row: number
  readonly day: LocalDate
  readonly workerId: number
  readonly householdId: number
  readonly outcome: Outcome
  readonly problem: string
  readonly measure: string
  readonly result: string
}

export interface VisitFault {
  readonly row: number
  readonly column: Column
  readonly value: string
  readonly reason: string
}

/** Keys under which a household may be named, from the fullest to the barest. */
export const householdKeys = (estate: string, house: string, door: string, flat: string): string[] => [
  ...new Set([
    `${estate}/${house}/${door}/${flat}`,
    `/${house}/${door}/${flat}`,
    `${estate}/${house}//${flat}`,
    `/${house}//${flat}`,
  ]),
]

const date =
  (today: LocalDate): ReadCell<LocalDate> =>
  (text) => {
    const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s].*)?$/.exec(text.normalize('NFKC').trim())
    if (!found) return { fault: importTexts.wrongDate }
    const day = `${found[1]}-${(found[2] ?? '').padStart(2, '0')}-${(found[3] ?? '').padStart(2, '0')}`
    const at = new Date(`${day}T00:00:00Z`)
    if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day) return { fault: importTexts.wrongDate }
    if (day > today) return { fault: importTexts.future }
    return day < '2000-01-01' ? { fault: importTexts.tooOld } : { value: day }
  }

/** Reads lines one after another; every fault of a line is told, not just its first. */
export function createCheck(known: Known) {
  const readers = {
    日期: date(known.today),
    社工工号: words(20),
    小区: words(40, false),
    幢: building,
    单元: unit,
    室: room,
    方式: optional(oneOf<Outcome>(OUTCOME_WORDS), 'met' as const),
    问题: words(500, false),
    措施: words(500, false),
    结果: words(500, false),
  }
  const seen = new Map<string, number>()
  return ({ row, cells }: RawVisit): CheckedVisit | readonly VisitFault[] => {
    const faults: VisitFault[] = []
    const fault = (column: Column, reason: string) => void faults.push({ row, column, value: cells[column], reason })
    const take = <T>(column: Column, read: ReadCell<T>): T | undefined => {
      const cell = read(cells[column])
      if ('value' in cell) return cell.value
      fault(column, cell.fault)
      return undefined
    }
    const day = take('日期', readers.日期)
    const staffNo = take('社工工号', readers.社工工号)
    const estate = take('小区', readers.小区)
    const house = take('幢', readers.幢)
    const door = take('单元', readers.单元)
    const flat = take('室', readers.室)
    const outcome = take('方式', readers.方式)
    const [problem, measure, result] = [
      take('问题', readers.问题),
      take('措施', readers.措施),
      take('结果', readers.结果),
    ]
    const workerId = staffNo === undefined ? undefined : known.staff.get(staffNo.toUpperCase())
    if (staffNo !== undefined && workerId === undefined) fault('社工工号', importTexts.unknownStaff)
    const complete = estate !== undefined && house !== undefined && door !== undefined && flat !== undefined
    const householdId = complete ? known.households.get(`${estate}/${house}/${door}/${flat}`) : undefined
    if (complete && householdId === undefined) fault('室', importTexts.unknownHousehold)
    if (householdId === -1) fault('室', importTexts.severalHouseholds)
    if (day !== undefined && workerId !== undefined) {
      const { month } = periodAt(day, known.monthStartDay)
      if (known.closed.has(`${workerId}/${month}`)) fault('日期', importTexts.closedMonth(month))
    }
    if (faults.length > 0 || day === undefined || workerId === undefined || householdId === undefined) return faults
    const key = `${workerId}/${householdId}/${day}`
    const earlier = seen.get(key)
    if (earlier !== undefined)
      return [{ row, column: '日期', value: cells.日期, reason: importTexts.repeated(earlier) }]
    seen.set(key, row)
    return {
      row,
      day,
      workerId,
      householdId,
      outcome: outcome ?? 'met',
      problem: problem ?? '',
      measure: measure ?? '',
      result: result ?? '',
    }
  }
}
