import * as cell from './cells.js'
import type { ChatEntry, CommunityEntry, GridEntry, HouseholdEntry, PersonEntry, Roster, RosterRole } from './roster.js'
import { firstOfKey, readRows } from './rows.js'
import {
  CHANNELS,
  CHAT_TYPES,
  type Fault,
  OCCUPANCIES,
  type RawRoster,
  type SheetName,
  STAFF_ROLES,
  TIERS,
} from './sheets.js'
import { reasons } from './texts.js'

/** What the database knows already, so that a roster may refer to it. */
export interface Known {
  readonly communities: ReadonlySet<string>
  /** Grid code → code of its community. */
  readonly grids: ReadonlyMap<string, string>
  readonly staffNos: ReadonlySet<string>
}

/** The row takes off the grid's worker. */
const NOBODY = '无'

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

type Report = (fault: Fault) => void

/** Entries of a sheet and the keys that others may name. */
interface Checked<Entry> {
  readonly entries: readonly Entry[]
  readonly keys: ReadonlySet<string>
  readonly faultyKeys: ReadonlySet<string>
}

function checkCommunities(raw: RawRoster, known: Known, report: Report): Checked<CommunityEntry> {
  const readers = { 代码: cell.communityCode, 名称: cell.words(40), 街道: cell.words(40), 区县: cell.words(40) }
  const { rows, faultyKeys } = readRows('社区', raw.社区, readers, report)
  const isFirst = firstOfKey('社区', '代码', report)
  const entries = rows
    .filter(({ row, values }) => isFirst(values.代码, values.代码, row))
    .map(({ values }) => ({ code: values.代码, name: values.名称, subdistrict: values.街道, district: values.区县 }))
  return { entries, keys: new Set([...known.communities, ...entries.map((entry) => entry.code)]), faultyKeys }
}

function checkPeople(
  raw: RawRoster,
  communities: Checked<CommunityEntry>,
  known: Known,
  report: Report,
): Checked<PersonEntry> {
  const readers = {
    工号: cell.words(20, false),
    姓名: cell.words(40),
    手机: cell.phone,
    社区代码: cell.communityCode,
    角色: roles,
    telegram: cell.telegramId,
    wechat: cell.wechatId,
  }
  const { rows, faultyKeys } = readRows('人员', raw.人员, readers, report)
  const isFirst = firstOfKey('人员', '工号', report)
  const isFirstResident = firstOfKey('人员', '姓名', report)
  const isFirstTelegram = firstOfKey('人员', 'telegram', report)
  const isFirstWechat = firstOfKey('人员', 'wechat', report)
  const entries: PersonEntry[] = []
  const faulty = new Set(faultyKeys)
  for (const { row, values } of rows) {
    const { 工号: staffNo, 姓名: name, 手机: phone, 社区代码: community, 角色: held, telegram, wechat } = values
    const at = { sheet: '人员', row, value: '' } as const
    let sound = resolve('人员', row, '社区代码', community, communities, '社区', reasons.unknownCommunity, report)
    const residentOnly = held.every(({ role }) => role === 'resident')
    if (staffNo === '' && !residentOnly) {
      report({ ...at, column: '工号', reason: reasons.needsStaffNo })
      sound = false
    } else if (staffNo === '' && phone === '') {
      report({ ...at, column: '手机', reason: reasons.needsPhone })
      sound = false
    } else if (staffNo !== '') sound = isFirst(staffNo, staffNo, row) && sound
    else sound = isFirstResident(`${community}/${name}/${phone}`, name, row) && sound
    if (telegram !== '') sound = isFirstTelegram(telegram, telegram, row) && sound
    if (wechat !== '') sound = isFirstWechat(wechat, wechat, row) && sound
    if (sound) entries.push({ staffNo: staffNo || null, name, phone, community, roles: held, telegram, wechat })
    else faulty.add(staffNo)
  }
  const staffNos = entries.flatMap((entry) => entry.staffNo ?? [])
  return { entries, keys: new Set([...known.staffNos, ...staffNos]), faultyKeys: faulty }
}

/** One role or several: `书记、社工`. */
const roles: cell.ReadCell<readonly RosterRole[]> = (text) => {
  const said = text.split(/[、,，/\s]+/).map((word) => cell.oneOf(STAFF_ROLES)(word))
  const wrong = said.find((role) => 'fault' in role)
  if (wrong) return wrong
  const given = said.flatMap((role) => ('value' in role ? [role.value] : []))
  // 主任 and 书记 are one role here, and a person holds it once.
  const isFirst = (role: RosterRole, at: number) => given.findIndex((other) => other.role === role.role) === at
  return { value: given.filter(isFirst) }
}

interface CheckedGrids extends Checked<GridEntry> {
  /** Grid code → code of its community, of the roster and the database. */
  readonly communityOf: ReadonlyMap<string, string>
}

function checkGrids(
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

/** Whether what a cell names exists; tells it apart from what exists in a faulty row. */
function resolve(
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
