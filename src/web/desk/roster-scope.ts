import type { Roster } from '../../community/import/index.js'

/** Roles a manager may give; those of the subdistrict and district are the operator's to give. */
const OWN_ROLES: ReadonlySet<string> = new Set(['resident', 'worker', 'coordinator', 'manager'])

/**
 * What a manager may not import: rows of other communities, and roles beyond their own community. The command line, whose
 * user owns the database, may.
 */
export function foreignRows(roster: Roster, code: string, gridCodes: ReadonlySet<string>): string[] {
  const grids = new Set([...gridCodes, ...roster.grids.filter((one) => one.community === code).map((one) => one.code)])
  const other = (sheet: string, what: string) => `${sheet}：“${what}”不属于本社区，请从文件里去掉`
  return [
    ...roster.communities.filter((one) => one.code !== code).map((one) => other('社区', one.name)),
    ...roster.grids.filter((one) => one.community !== code).map((one) => other('网格', one.code)),
    ...roster.people.filter((one) => one.community !== code).map((one) => other('人员', one.name)),
    ...roster.people
      .filter((one) => one.roles.some(({ role, scope }) => !OWN_ROLES.has(role) || scope !== 'community'))
      .map((one) => `人员：“${one.name}”的角色要由管理员用命令行导入（街道、区县的角色）`),
    ...roster.households
      .filter((one) => !grids.has(one.grid))
      .map((one) => other('住户', `${one.building}-${one.room}`)),
    ...roster.chats.filter((one) => one.community !== code).map((one) => other('群', one.name)),
  ]
}
