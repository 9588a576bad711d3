import type { Sql } from '../db/transaction.js'
import type { CommunityView } from '../kernel/module.js'
import { settingsOf } from './settings.js'

interface CommunityRow {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly subdistrictId: number
  readonly timezone: string
  /** As JSON text. */
  readonly settings: string
}

const COLUMNS = 'id, code, name, "subdistrictId", timezone, CAST(settings AS TEXT) AS settings'

/** The community with its settings resolved, as the transaction sees it. */
export async function communityById(sql: Sql, id: number): Promise<CommunityView | null> {
  const row = await sql.row<CommunityRow>(`SELECT ${COLUMNS} FROM "Community" WHERE id = ?`, [id])
  return row && viewOf(row)
}

/** The only community there is; null where there are several or none. */
export async function onlyCommunity(sql: Sql): Promise<CommunityView | null> {
  const [only, another] = await sql.rows<CommunityRow>(`SELECT ${COLUMNS} FROM "Community" LIMIT 2`)
  return only && !another ? viewOf(only) : null
}

const KEPT = 200
const parsed = new Map<string, CommunityView['settings']>()

/** Settings by their text: resolving them costs more than reading them, and the same text always means the same. */
export function settingsOfText(text: string): CommunityView['settings'] {
  const known = parsed.get(text)
  if (known) return known
  const settings = settingsOf(JSON.parse(text))
  if (parsed.size >= KEPT) parsed.clear()
  parsed.set(text, settings)
  return settings
}

const viewOf = ({ id, code, name, subdistrictId, timezone, settings }: CommunityRow): CommunityView => ({
  id,
  code,
  name,
  subdistrictId,
  timezone,
  settings: settingsOfText(settings),
})
