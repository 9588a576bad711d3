import * as cell from './cells.js'
import { type Checked, type Known, type Report, resolve } from './references.js'
import type { CommunityEntry, PersonEntry, RosterRole } from './roster.js'
import { firstOfKey, readRows } from './rows.js'
import { type RawRoster, STAFF_ROLES } from './sheets.js'
import { reasons } from './texts.js'

export function checkCommunities(raw: RawRoster, known: Known, report: Report): Checked<CommunityEntry> {
  const readers = { 代码: cell.communityCode, 名称: cell.words(40), 街道: cell.words(40), 区县: cell.words(40) }
  const { rows, faultyKeys } = readRows('社区', raw.社区, readers, report)
  const isFirst = firstOfKey('社区', '代码', report)
  const entries = rows
    .filter(({ row, values }) => isFirst(values.代码, values.代码, row))
    .map(({ values }) => ({ code: values.代码, name: values.名称, subdistrict: values.街道, district: values.区县 }))
  return { entries, keys: new Set([...known.communities, ...entries.map((entry) => entry.code)]), faultyKeys }
}

export function checkPeople(
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
