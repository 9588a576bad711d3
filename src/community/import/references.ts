import type { Fault, SheetName } from './sheets.js'
import { reasons } from './texts.js'

/** What the database knows already, so that a roster may refer to it. */
export interface Known {
  readonly communities: ReadonlySet<string>
  /** Grid code → code of its community. */
  readonly grids: ReadonlyMap<string, string>
  readonly staffNos: ReadonlySet<string>
}

export type Report = (fault: Fault) => void

/** Entries of a sheet and the keys that others may name. */
export interface Checked<Entry> {
  readonly entries: readonly Entry[]
  readonly keys: ReadonlySet<string>
  readonly faultyKeys: ReadonlySet<string>
}

/** Whether what a cell names exists; tells it apart from what exists in a faulty row. */
export function resolve(
  sheet: SheetName,
  row: number,
  column: string,
  value: string,
  target: Checked<unknown>,
  targetSheet: SheetName,
  unknown: string,
  report: Report,
): boolean {
  if (target.keys.has(value)) return true
  const reason = target.faultyKeys.has(value) ? reasons.faultyReference(targetSheet) : unknown
  report({ sheet, row, column, value, reason })
  return false
}
