import type { Tx } from '../db/transaction.js'
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
  id: number
  channel: string
  externalId: string
  displayName: string
  privateChat: string | null
  reachable: boolean
  lastGroupId: number | null
}

/** Finds the platform's addresses of a recipient. None when nobody can be reached: the caller logs it. */
export async function destinationsOf(
  tx: Tx,
  recipient: Recipient,
  turn: Turn | null,
  now: Date,
): Promise<Destination[]> {
  switch (recipient.kind) {
    case 'here':
      return turn ? [here(turn)] : []
    case 'chat':
      return chatDestinations(tx, { id: recipient.chatId })
    case 'account': {
      const account = await tx.account.findUnique({ where: { id: recipient.accountId } })
      const found = account && (await accountDestination(tx, account, recipient.groupId))
      return found ? [found] : []
    }
    case 'person': {
      const found = await personDestination(tx, recipient.personId)
      if (found) return [found]
      if (recipient.privateOnly) return []
      return mentionInWorkersGroup(tx, recipient.personId, recipient.communityId)
    }
    case 'groups': {
      const kind = recipient.groupKind
      if (kind === 'subdistrict') return subdistrictGroups(tx, recipient.communityId)
      const where = { communityId: recipient.communityId, kind, active: true }
      const own =
        recipient.gridId === undefined ? [] : await chatDestinations(tx, { ...where, gridId: recipient.gridId })
      const groups = own.length > 0 ? own : await chatDestinations(tx, where)
      if (recipient.mentionPersonId === undefined) return groups
      if (groups.length > 0) return withMention(tx, groups, recipient.mentionPersonId)
      const alone = await personDestination(tx, recipient.mentionPersonId)
      return alone ? [alone] : []
    }
    case 'managers': {
      const found = await roleDestinations(tx, 'manager', 'community', recipient.communityId, now)
      // Nobody of them ever wrote to the bot: the workers' group is where they will see it.
      return found.length > 0
        ? found
        : chatDestinations(tx, { communityId: recipient.communityId, kind: 'workers', active: true })
    }
    case 'officers':
      return roleDestinations(tx, 'officer', 'subdistrict', recipient.subdistrictId, now)
  }
}

const here = (turn: Turn): Destination => ({
  channel: turn.place.channel,
  conversation: turn.place.conversation,
  isGroup: turn.place.kind !== 'private',
})

async function chatDestinations(tx: Tx, where: object): Promise<Destination[]> {
  const chats = await tx.chat.findMany({ where, orderBy: { id: 'asc' } })
  return chats.map((chat) => ({
    channel: chat.channel,
    conversation: chat.externalId,
    isGroup: chat.kind !== 'private',
  }))
}

async function accountDestination(tx: Tx, account: AccountRow, groupId?: number): Promise<Destination | null> {
  const chatId = groupId ?? account.lastGroupId
  const group = chatId ? await tx.chat.findUnique({ where: { id: chatId } }) : null
  const inGroup: Destination | null =
    group?.active && group.kind !== 'private'
      ? {
          channel: group.channel,
          conversation: group.externalId,
          isGroup: true,
          mention: { id: account.externalId, name: account.displayName },
        }
      : null
  if (!account.privateChat || !account.reachable) return inGroup
  return {
    channel: account.channel,
    conversation: account.privateChat,
    isGroup: false,
    accountId: account.id,
    ...(inGroup ? { fallback: inGroup } : {}),
  }
}

/** The private chat of whichever of the person's accounts can be reached; the newest first. */
async function personDestination(tx: Tx, personId: number): Promise<Destination | null> {
  const account = await tx.account.findFirst({
    where: { personId, reachable: true, privateChat: { not: null } },
    orderBy: { id: 'desc' },
  })
  return account?.privateChat
    ? { channel: account.channel, conversation: account.privateChat, isGroup: false, accountId: account.id }
    : null
}

async function mentionInWorkersGroup(tx: Tx, personId: number, communityId: number): Promise<Destination[]> {
  return withMention(tx, await chatDestinations(tx, { communityId, kind: 'workers', active: true }), personId)
}

async function withMention(tx: Tx, groups: Destination[], personId: number): Promise<Destination[]> {
  const accounts = await tx.account.findMany({ where: { personId } })
  return groups.map((group) => {
    const account = accounts.find((one) => one.channel === group.channel)
    return account ? { ...group, mention: { id: account.externalId, name: account.displayName } } : group
  })
}

async function subdistrictGroups(tx: Tx, communityId: number): Promise<Destination[]> {
  const community = await tx.community.findUnique({ where: { id: communityId }, select: { subdistrictId: true } })
  if (!community) return []
  return chatDestinations(tx, {
    kind: 'subdistrict',
    active: true,
    community: { subdistrictId: community.subdistrictId },
  })
}

async function roleDestinations(
  tx: Tx,
  role: string,
  scopeKind: string,
  scopeId: number,
  now: Date,
): Promise<Destination[]> {
  const grants = await tx.roleGrant.findMany({
    where: { role, scopeKind, scopeId, startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
    orderBy: { personId: 'asc' },
    select: { personId: true },
  })
  const found: Destination[] = []
  for (const grant of grants) {
    const destination = await personDestination(tx, grant.personId)
    if (destination) found.push(destination)
  }
  return found
}
