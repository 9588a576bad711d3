import { readBoolean, sqlOf } from '../db/sql.js'
import type { Reader, Sql, Tx } from '../db/transaction.js'
import type { IncomingMessage } from '../kernel/message.js'
import type { Actor, CommunityView, Place, Role } from '../kernel/module.js'
import { communityById, onlyCommunity } from './lookup.js'

/** An account as a turn meets it, with whatever is known of the person behind it. */
export interface MetAccount {
  readonly id: number
  readonly channel: string
  readonly externalId: string
  readonly displayName: string
  readonly personId: number | null
  readonly lastGroupId: number | null
  readonly person: {
    readonly name: string
    readonly staffNo: string | null
    readonly communityId: number | null
    readonly householdId: number | null
  } | null
}

interface ChatRow {
  readonly id: number
  readonly kind: string
  readonly name: string
  readonly gridId: number | null
  readonly communityId: number | null
}

/** The conversation's row, made on first sight: a new group is `unknown` until an operator or manager binds it. */
export async function meetChat(
  sql: Sql,
  message: IncomingMessage,
  now: Date,
): Promise<Place & { communityId: number | null }> {
  const { channel, conversation, conversationName } = message
  const known = await sql.row<ChatRow>(
    'SELECT id, kind, name, "gridId", "communityId" FROM "Chat" WHERE channel = ? AND "externalId" = ?',
    [channel, conversation],
  )
  const chat = known ?? (await addChat(sql, message, now))
  if (known && conversationName && known.name !== conversationName)
    await sql.run('UPDATE "Chat" SET name = ? WHERE id = ?', [conversationName, known.id])
  const { id, kind, name, gridId, communityId } = chat
  return { chatId: id, kind: kind as Place['kind'], channel, conversation, name, gridId, communityId }
}

async function addChat(sql: Sql, message: IncomingMessage, now: Date): Promise<ChatRow> {
  const kind = message.isPrivate ? 'private' : 'unknown'
  const name = message.conversationName ?? ''
  const made = await sql.row<{ id: number }>(
    `INSERT INTO "Chat" (channel, "externalId", kind, name, active, "createdAt") VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
    [message.channel, message.conversation, kind, name, true, now],
  )
  if (!made) throw new Error('the chat was not stored')
  return { id: made.id, kind, name, gridId: null, communityId: null }
}

type AccountRow = Omit<MetAccount, 'person' | 'channel' | 'externalId'> & {
  readonly privateChat: string | null
  readonly reachable: unknown
  readonly name: string | null
  readonly staffNo: string | null
  readonly communityId: number | null
  readonly householdId: number | null
}

/**
 * The account's row, made on first sight, and whatever is known of the person behind it. A private message opens the
 * private chat: from then on the account can be reached there.
 */
export async function meetAccount(sql: Sql, message: IncomingMessage, place: Place, now: Date): Promise<MetAccount> {
  const { channel, sender, isPrivate, conversation } = message
  const known = await sql.row<AccountRow>(
    `SELECT a.id, a."displayName", a."personId", a."privateChat", a.reachable, a."lastGroupId",
       p.name, p."staffNo", p."communityId", p."householdId"
     FROM "Account" a LEFT JOIN "Person" p ON p.id = a."personId" WHERE a.channel = ? AND a."externalId" = ?`,
    [channel, sender.id],
  )
  const base = { channel, externalId: sender.id, displayName: sender.name }
  if (!known) {
    const lastGroupId = isPrivate ? null : place.chatId
    const made = await sql.row<{ id: number }>(
      `INSERT INTO "Account" (channel, "externalId", "displayName", "privateChat", reachable, "lastGroupId", "createdAt")
       VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
      [channel, sender.id, sender.name, isPrivate ? conversation : null, true, lastGroupId, now],
    )
    if (!made) throw new Error('the account was not stored')
    return { ...base, id: made.id, personId: null, lastGroupId, person: null }
  }
  const lastGroupId = isPrivate ? known.lastGroupId : place.chatId
  if (isPrivate && (known.privateChat !== conversation || !readBoolean(known.reachable)))
    await sql.run('UPDATE "Account" SET "privateChat" = ?, reachable = ? WHERE id = ?', [conversation, true, known.id])
  if (known.displayName !== sender.name || known.lastGroupId !== lastGroupId)
    await sql.run('UPDATE "Account" SET "displayName" = ?, "lastGroupId" = ? WHERE id = ?', [
      sender.name,
      lastGroupId,
      known.id,
    ])
  const { id, personId, name, staffNo, communityId, householdId } = known
  const person = personId === null ? null : { name: name ?? '', staffNo, communityId, householdId }
  return { ...base, id, personId, lastGroupId, person }
}

/** The community a turn belongs to: the group's, else the person's own, else the only one there is. */
export async function communityOf(
  sql: Sql,
  place: { communityId: number | null },
  account: Pick<MetAccount, 'person' | 'lastGroupId'>,
): Promise<CommunityView | null> {
  const own = place.communityId ?? account.person?.communityId
  if (own) return communityById(sql, own)
  if (account.lastGroupId) {
    const group = await sql.row<{ communityId: number | null }>('SELECT "communityId" FROM "Chat" WHERE id = ?', [
      account.lastGroupId,
    ])
    if (group?.communityId) return communityById(sql, group.communityId)
  }
  return onlyCommunity(sql)
}

interface Grant {
  readonly role: string
  readonly scopeKind: string
  readonly scopeId: number
}

/**
 * Roles that hold here and now: those granted for this community, its subdistrict or its district. This is the one
 * place where a person's grants become rights.
 */
export async function rolesOf(
  db: Tx | Reader | Sql,
  personId: number,
  community: { id: number; subdistrictId: number } | null,
  now: Date,
): Promise<Role[]> {
  const sql = 'dialect' in db ? (db as Sql) : sqlOf(db)
  const grants = await sql.rows<Grant>(
    `SELECT role, "scopeKind", "scopeId" FROM "RoleGrant"
     WHERE "personId" = ? AND "startsAt" <= ? AND ("endsAt" IS NULL OR "endsAt" > ?)`,
    [personId, now, now],
  )
  if (grants.length === 0) return []
  const subdistrict = community
    ? await sql.row<{ districtId: number }>('SELECT "districtId" FROM "Subdistrict" WHERE id = ?', [
        community.subdistrictId,
      ])
    : null
  const holds = (grant: Grant) =>
    !community ||
    (grant.scopeKind === 'community' && grant.scopeId === community.id) ||
    (grant.scopeKind === 'subdistrict' && grant.scopeId === community.subdistrictId) ||
    (grant.scopeKind === 'district' && grant.scopeId === subdistrict?.districtId)
  return [...new Set(grants.filter(holds).map((grant) => grant.role as Role))]
}

export function actorOf(account: Omit<MetAccount, 'lastGroupId'>, roles: readonly Role[]): Actor {
  return {
    accountId: account.id,
    channel: account.channel,
    externalId: account.externalId,
    // Colleagues go by their name; a resident by the one the group knows, which need not be the real one.
    name: (account.person?.staffNo ? account.person.name : account.displayName) || account.person?.name || '',
    personId: account.personId,
    householdId: account.person?.householdId ?? null,
    roles,
  }
}
