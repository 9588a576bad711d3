import { readBoolean, sqlOf } from '../db/sql.js'
import type { Sql, SqlValue, Tx } from '../db/transaction.js'
import type { Recipient, Turn } from '../kernel/module.js'

/** Where a draft goes on a platform. `mention` names whom to call in a group. */
export interface Destination {
  readonly channel: string
  readonly conversation: string
  readonly isGroup: boolean
  readonly mention?: { readonly id: string; readonly name: string }
  /** The account behind a private chat, to be marked when the platform says it blocked us. */
  readonly accountId?: number
  /** Where to send instead when the private chat turns out to be closed. */
  readonly fallback?: Destination
}

interface AccountRow {
  readonly id: number
  readonly channel: string
  readonly externalId: string
  readonly displayName: string
  readonly privateChat: string | null
  readonly reachable: unknown
  readonly lastGroupId: number | null
}

interface ChatRow {
  readonly channel: string
  readonly externalId: string
  readonly kind: string
}

/** Finds the platform's addresses of a recipient. None when nobody can be reached: the caller logs it. */
export async function destinationsOf(
  tx: Tx,
  recipient: Recipient,
  turn: Turn | null,
  now: Date,
): Promise<Destination[]> {
  const sql = sqlOf(tx)
  switch (recipient.kind) {
    case 'here':
      return turn ? [here(turn)] : []
    case 'chat':
      return chats(sql, 'id = ?', [recipient.chatId])
    case 'account': {
      const [account] = await accounts(sql, 'id = ?', [recipient.accountId])
      const found = account && (await accountDestination(sql, account, recipient.groupId))
      return found ? [found] : []
    }
    case 'person': {
      const found = await personDestination(sql, recipient.personId)
      if (found) return [found]
      if (recipient.privateOnly) return []
      return withMention(sql, await groupsOf(sql, recipient.communityId, 'workers'), recipient.personId)
    }
    case 'groups': {
      const { communityId, groupKind, gridId, mentionPersonId } = recipient
      if (groupKind === 'subdistrict') return subdistrictGroups(sql, communityId)
      const own = gridId === undefined ? [] : await groupsOf(sql, communityId, groupKind, gridId)
      const groups = own.length > 0 ? own : await groupsOf(sql, communityId, groupKind)
      if (mentionPersonId === undefined) return groups
      if (groups.length > 0) return withMention(sql, groups, mentionPersonId)
      const alone = await personDestination(sql, mentionPersonId)
      return alone ? [alone] : []
    }
    case 'managers': {
      const found = await roleDestinations(sql, 'manager', 'community', recipient.communityId, now)
      // Nobody of them ever wrote to the bot: the workers' group is where they will see it.
      return found.length > 0 ? found : groupsOf(sql, recipient.communityId, 'workers')
    }
    case 'officers':
      return roleDestinations(sql, 'officer', 'subdistrict', recipient.subdistrictId, now)
  }
}

const here = (turn: Turn): Destination => ({
  channel: turn.place.channel,
  conversation: turn.place.conversation,
  isGroup: turn.place.kind !== 'private',
})

async function chats(sql: Sql, where: string, values: readonly SqlValue[]): Promise<Destination[]> {
  const rows = await sql.rows<ChatRow>(
    `SELECT channel, "externalId", kind FROM "Chat" WHERE ${where} ORDER BY id`,
    values,
  )
  return rows.map(({ channel, externalId, kind }) => ({
    channel,
    conversation: externalId,
    isGroup: kind !== 'private',
  }))
}

const groupsOf = (sql: Sql, communityId: number, kind: string, gridId?: number): Promise<Destination[]> =>
  gridId === undefined
    ? chats(sql, '"communityId" = ? AND kind = ? AND active = ?', [communityId, kind, true])
    : chats(sql, '"communityId" = ? AND kind = ? AND active = ? AND "gridId" = ?', [communityId, kind, true, gridId])

const accounts = (sql: Sql, where: string, values: readonly SqlValue[]): Promise<AccountRow[]> =>
  sql.rows(
    `SELECT id, channel, "externalId", "displayName", "privateChat", reachable, "lastGroupId"
     FROM "Account" WHERE ${where} ORDER BY id DESC`,
    values,
  )

async function accountDestination(sql: Sql, account: AccountRow, groupId?: number): Promise<Destination | null> {
  const chatId = groupId ?? account.lastGroupId
  const [group] = chatId ? await chats(sql, 'id = ? AND active = ?', [chatId, true]) : []
  const inGroup: Destination | null = group?.isGroup
    ? { ...group, mention: { id: account.externalId, name: account.displayName } }
    : null
  if (!account.privateChat || !readBoolean(account.reachable)) return inGroup
  return { ...privateOf(account, account.privateChat), ...(inGroup ? { fallback: inGroup } : {}) }
}

const privateOf = (account: AccountRow, privateChat: string): Destination => ({
  channel: account.channel,
  conversation: privateChat,
  isGroup: false,
  accountId: account.id,
})

/** The private chat of whichever of the person's accounts can be reached; the newest first. */
async function personDestination(sql: Sql, personId: number): Promise<Destination | null> {
  const [account] = await accounts(sql, '"personId" = ? AND reachable = ? AND "privateChat" IS NOT NULL', [
    personId,
    true,
  ])
  return account?.privateChat ? privateOf(account, account.privateChat) : null
}

async function withMention(sql: Sql, groups: Destination[], personId: number): Promise<Destination[]> {
  const known = await accounts(sql, '"personId" = ?', [personId])
  return groups.map((group) => {
    // The one met first, where somebody has several on a platform.
    const account = known.findLast((one) => one.channel === group.channel)
    return account ? { ...group, mention: { id: account.externalId, name: account.displayName } } : group
  })
}

const subdistrictGroups = (sql: Sql, communityId: number): Promise<Destination[]> =>
  chats(
    sql,
    `kind = 'subdistrict' AND active = ? AND "communityId" IN (SELECT near.id FROM "Community" own
       JOIN "Community" near ON near."subdistrictId" = own."subdistrictId" WHERE own.id = ?)`,
    [true, communityId],
  )

async function roleDestinations(
  sql: Sql,
  role: string,
  scopeKind: string,
  scopeId: number,
  now: Date,
): Promise<Destination[]> {
  const grants = await sql.rows<{ personId: number }>(
    `SELECT "personId" FROM "RoleGrant" WHERE role = ? AND "scopeKind" = ? AND "scopeId" = ?
       AND "startsAt" <= ? AND ("endsAt" IS NULL OR "endsAt" > ?) ORDER BY "personId"`,
    [role, scopeKind, scopeId, now, now],
  )
  const found: Destination[] = []
  for (const grant of grants) {
    const destination = await personDestination(sql, grant.personId)
    if (destination) found.push(destination)
  }
  return found
}
