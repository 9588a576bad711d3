import type { Tx } from '../db/transaction.js'
import type { IncomingMessage } from '../kernel/message.js'
import type { Actor, Place, Role } from '../kernel/module.js'

/** The conversation's row, made on first sight: a new group is `unknown` until an operator or manager binds it. */
export async function meetChat(
  tx: Tx,
  message: IncomingMessage,
  now: Date,
): Promise<Place & { communityId: number | null }> {
  const key = { channel: message.channel, externalId: message.conversation }
  const known = await tx.chat.findUnique({ where: { channel_externalId: key } })
  const chat =
    known ??
    (await tx.chat.create({
      data: {
        ...key,
        kind: message.isPrivate ? 'private' : 'unknown',
        name: message.conversationName ?? '',
        createdAt: now,
      },
    }))
  if (known && message.conversationName && known.name !== message.conversationName)
    await tx.chat.update({ where: { id: known.id }, data: { name: message.conversationName } })
  return {
    chatId: chat.id,
    kind: chat.kind as Place['kind'],
    channel: chat.channel,
    conversation: chat.externalId,
    name: chat.name,
    gridId: chat.gridId,
    communityId: chat.communityId,
  }
}

/**
 * The account's row, made on first sight, and whatever is known of the person behind it. A private message opens the
 * private chat: from then on the account can be reached there.
 */
export async function meetAccount(tx: Tx, message: IncomingMessage, place: Place, now: Date) {
  const key = { channel: message.channel, externalId: message.sender.id }
  const known = await tx.account.findUnique({ where: { channel_externalId: key }, include: { person: true } })
  const seen = {
    displayName: message.sender.name,
    ...(message.isPrivate ? { privateChat: message.conversation, reachable: true } : { lastGroupId: place.chatId }),
  }
  const changed = known && Object.entries(seen).some(([field, value]) => known[field as keyof typeof seen] !== value)
  if (!known) return tx.account.create({ data: { ...key, ...seen, createdAt: now }, include: { person: true } })
  return changed ? tx.account.update({ where: { id: known.id }, data: seen, include: { person: true } }) : known
}

/** The community a turn belongs to: the group's, else the person's own, else the only one there is. */
export async function communityOf(
  tx: Tx,
  place: { communityId: number | null },
  account: { person: { communityId: number | null } | null; lastGroupId: number | null },
) {
  if (place.communityId) return tx.community.findUnique({ where: { id: place.communityId } })
  if (account.person?.communityId) return tx.community.findUnique({ where: { id: account.person.communityId } })
  if (account.lastGroupId) {
    const group = await tx.chat.findUnique({ where: { id: account.lastGroupId }, include: { community: true } })
    if (group?.community) return group.community
  }
  const some = await tx.community.findMany({ take: 2 })
  return some.length === 1 ? (some[0] ?? null) : null
}

/**
 * Roles that hold here and now: those granted for this community, its subdistrict or its district. This is the one
 * place where a person's grants become rights.
 */
export async function rolesOf(
  tx: Tx,
  personId: number,
  community: { id: number; subdistrictId: number } | null,
  now: Date,
): Promise<Role[]> {
  const grants = await tx.roleGrant.findMany({
    where: { personId, startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
  })
  if (grants.length === 0) return []
  const subdistrict = community
    ? await tx.subdistrict.findUnique({ where: { id: community.subdistrictId }, select: { districtId: true } })
    : null
  const holds = (grant: { scopeKind: string; scopeId: number }) =>
    !community ||
    (grant.scopeKind === 'community' && grant.scopeId === community.id) ||
    (grant.scopeKind === 'subdistrict' && grant.scopeId === community.subdistrictId) ||
    (grant.scopeKind === 'district' && grant.scopeId === subdistrict?.districtId)
  return [...new Set(grants.filter(holds).map((grant) => grant.role as Role))]
}

export function actorOf(account: Awaited<ReturnType<typeof meetAccount>>, roles: readonly Role[]): Actor {
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
