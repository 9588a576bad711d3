import * as cell from './cells.js'
import { type Checked, type Known, type Report, resolve } from './references.js'
import type { CommunityEntry, GridEntry, PersonEntry } from './roster.js'
import { firstOfKey, readRows } from './rows.js'
import type { RawRoster } from './sheets.js'
import { reasons } from './texts.js'

/** The row takes off the grid's worker. */
const NOBODY = '无'

export interface CheckedGrids extends Checked<GridEntry> {
  /** Grid code → code of its community, of the roster and the database. */
  readonly communityOf: ReadonlyMap<string, string>
}

export function checkGrids(
  raw: RawRoster,
  communities: Checked<CommunityEntry>,
  people: Checked<PersonEntry>,
  known: Known,
  report: Report,
): CheckedGrids {
  const readers = {
    代码: cell.gridCode,
    名称: cell.words(40),
    社区代码: cell.communityCode,
    社工工号: cell.words(20, false),
  }
  const { rows, faultyKeys } = readRows('网格', raw.网格, readers, report)
  const isFirst = firstOfKey('网格', '代码', report)
  const entries: GridEntry[] = []
  const faulty = new Set(faultyKeys)
  const communityOf = new Map(known.grids)
  for (const { row, values } of rows) {
    const { 代码: code, 名称: name, 社区代码: community, 社工工号: staffNo } = values
    let sound = isFirst(code, code, row)
    sound = resolve('网格', row, '社区代码', community, communities, '社区', reasons.unknownCommunity, report) && sound
    if (staffNo !== '' && staffNo !== NOBODY)
      sound = resolve('网格', row, '社工工号', staffNo, people, '人员', reasons.unknownStaff, report) && sound
    const before = known.grids.get(code)
    if (before !== undefined && before !== community) {
      report({ sheet: '网格', row, column: '社区代码', value: community, reason: reasons.gridOfAnother(before) })
      sound = false
    }
    if (!sound) {
      faulty.add(code)
      continue
    }
    entries.push({ code, name, community, staffNo: staffNo === '' ? undefined : staffNo === NOBODY ? null : staffNo })
    communityOf.set(code, community)
  }
  return { entries, keys: new Set(communityOf.keys()), faultyKeys: faulty, communityOf }
}
