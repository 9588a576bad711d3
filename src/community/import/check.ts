import * as cell from './cells.js'
import { type CheckedGrids, checkGrids } from './check-grids.js'
import { checkCommunities, checkPeople } from './check-people.js'
import { type Checked, type Known, type Report, resolve } from './references.js'
import type { ChatEntry, CommunityEntry, HouseholdEntry, Roster } from './roster.js'
import { firstOfKey, readRows } from './rows.js'
import { CHANNELS, CHAT_TYPES, type Fault, OCCUPANCIES, type RawRoster, TIERS } from './sheets.js'
import { reasons } from './texts.js'

/**
 * Turns what was read into a roster of the rows that can be taken, and tells every fault of the others. A row that
 * refers to a faulty one is faulty as well: taking it would lose the reference.
 */
export function checkRoster(
  raw: RawRoster,
  known: Known,
): { readonly roster: Roster; readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const report = (fault: Fault) => void faults.push(fault)
  const communities = checkCommunities(raw, known, report)
  const people = checkPeople(raw, communities, known, report)
  const grids = checkGrids(raw, communities, people, known, report)
  const households = checkHouseholds(raw, grids, report)
  const chats = checkChats(raw, communities, grids, report)
  return {
    roster: {
      communities: communities.entries,
      grids: grids.entries,
      people: people.entries,
      households,
      chats,
    },
    faults,
  }
}

function checkHouseholds(raw: RawRoster, grids: CheckedGrids, report: Report): HouseholdEntry[] {
  const readers = {
    网格代码: cell.gridCode,
    小区: cell.words(40, false),
    幢: cell.building,
    单元: cell.unit,
    室: cell.room,
    户主: cell.words(40, false),
    手机: cell.phone,
    类别: cell.optional(cell.oneOf(TIERS), undefined),
    居住情况: cell.optional(cell.oneOf(OCCUPANCIES), undefined),
  }
  const { rows } = readRows('住户', raw.住户, readers, report)
  const isFirst = firstOfKey('住户', '室', report)
  const entries: HouseholdEntry[] = []
  for (const { row, values } of rows) {
    const { 网格代码: grid, 小区: estate, 幢: building, 单元: unit, 室: room } = values
    const key = `${grids.communityOf.get(grid) ?? grid}/${estate}/${building}/${unit}/${room}`
    let sound = isFirst(key, [building, unit, room].filter(Boolean).join('-'), row)
    sound = resolve('住户', row, '网格代码', grid, grids, '网格', reasons.unknownGrid, report) && sound
    const { 户主: headName, 手机: phone, 类别: tier, 居住情况: occupancy } = values
    if (sound) entries.push({ grid, estate, building, unit, room, headName, phone, tier, occupancy })
  }
  return entries
}

function checkChats(
  raw: RawRoster,
  communities: Checked<CommunityEntry>,
  grids: CheckedGrids,
  report: Report,
): ChatEntry[] {
  const readers = {
    渠道: cell.oneOf(CHANNELS),
    群标识: cell.words(200),
    名称: cell.words(200, false),
    类型: cell.oneOf(CHAT_TYPES),
    社区代码: cell.communityCode,
    网格代码: cell.optional(cell.gridCode, null),
  }
  const { rows } = readRows('群', raw.群, readers, report)
  const isFirst = firstOfKey('群', '群标识', report)
  const entries: ChatEntry[] = []
  for (const { row, values } of rows) {
    const { 渠道: channel, 群标识: externalId, 名称: name, 类型: kind, 社区代码: community, 网格代码: grid } = values
    let sound = isFirst(`${channel}/${externalId}`, externalId, row)
    if (channel === 'telegram' && !/^-\d{1,20}$/.test(externalId)) {
      report({ sheet: '群', row, column: '群标识', value: externalId, reason: reasons.wrongGroupId })
      sound = false
    }
    sound = resolve('群', row, '社区代码', community, communities, '社区', reasons.unknownCommunity, report) && sound
    if (grid !== null) {
      const there = resolve('群', row, '网格代码', grid, grids, '网格', reasons.unknownGrid, report)
      const owner = grids.communityOf.get(grid)
      const elsewhere = there && owner !== undefined && owner !== community
      if (elsewhere) report({ sheet: '群', row, column: '网格代码', value: grid, reason: reasons.gridElsewhere(owner) })
      sound = sound && there && !elsewhere
    }
    if (sound) entries.push({ channel, externalId, name, kind, community, grid })
  }
  return entries
}
