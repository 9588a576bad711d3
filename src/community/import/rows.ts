import type { ReadCell } from './cells.js'
import { type Fault, type RawRow, SHEETS, type SheetName } from './sheets.js'
import { reasons } from './texts.js'

type Readers = Readonly<Record<string, ReadCell<unknown>>>
type Values<R extends Readers> = { readonly [K in keyof R]: R[K] extends ReadCell<infer T> ? T : never }

/** A row whose cells can all be read by themselves. */
interface ReadRow<V> {
  readonly row: number
  readonly values: V
}

/** Gathers faults of one sheet, and knows which of its keys stand in a faulty row. */
interface SheetCheck<V> {
  readonly rows: readonly ReadRow<V>[]
  /** Texts of the first column of rows with a cell that could not be read. */
  readonly faultyKeys: ReadonlySet<string>
}

/**
 * Reads the cells of a sheet. Every fault of a row is told, not just its first. `readers` name the columns in any order;
 * the text of the sheet's first column stands for a faulty row, so that what refers to it is not said to be unknown.
 */
export function readRows<R extends Readers>(
  sheet: SheetName,
  raw: readonly RawRow[],
  readers: R,
  report: (fault: Fault) => void,
): SheetCheck<Values<R>> {
  const columns: readonly string[] = SHEETS[sheet]
  const parts = Object.entries(readers).map(([column, read]) => ({ column, read, place: columns.indexOf(column) }))
  const rows: ReadRow<Values<R>>[] = []
  const faultyKeys = new Set<string>()
  for (const { row, cells } of raw) {
    const values: Record<string, unknown> = {}
    let sound = true
    for (const { column, read, place } of parts) {
      const value = cells[place] ?? ''
      const cell = read(value)
      if ('value' in cell) values[column] = cell.value
      else {
        report({ sheet, row, column, value, reason: cell.fault })
        sound = false
      }
    }
    if (sound) rows.push({ row, values: values as Values<R> })
    else faultyKeys.add(cells[0] ?? '')
  }
  return { rows, faultyKeys }
}

/** Tells rows that repeat an earlier one's key; answers true for the first of each. */
export function firstOfKey(sheet: SheetName, column: string, report: (fault: Fault) => void) {
  const seen = new Map<string, number>()
  return (key: string, shown: string, row: number): boolean => {
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, row)
    else report({ sheet, row, column, value: shown, reason: reasons.repeated(earlier) })
    return earlier === undefined
  }
}
