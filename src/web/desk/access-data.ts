import type { Reader } from '../../db/transaction.js'
import type { Room } from './viewer.js'

export interface AccessFilter {
  readonly actors: readonly string[]
  /** A household's id; 0 for all. */
  readonly home: number
  readonly before?: number
}

/**
 * Looks that concern this community: by its own people, tokens and links, at what is its own. Somebody who works for two
 * communities leaves each only what they saw of it.
 */
export async function readLooks(read: Reader, { community }: Room, filter: AccessFilter, take: number) {
  const within = (prefix: string, own: object) => ({
    OR: [{ subject: own }, { NOT: { subject: { startsWith: prefix } } }],
  })
  const rows = await read.accessLog.findMany({
    where: {
      actor: { in: [...filter.actors] },
      AND: [
        within('request:', { startsWith: `request:${community.code}-` }),
        within('community:', { equals: `community:${community.id}` }),
      ],
      ...(filter.home ? { subject: `household:${filter.home}` } : {}),
      ...(filter.before ? { id: { lt: filter.before } } : {}),
    },
    orderBy: { id: 'desc' },
    take,
  })
  const ids = rows.flatMap((row) => /^household:(\d+)$/.exec(row.subject)?.[1] ?? []).map(Number)
  const homes = await read.household.findMany({
    where: { id: { in: ids }, communityId: community.id },
    select: { id: true, building: true, unit: true, room: true },
  })
  const known = new Map(homes.map((home) => [`household:${home.id}`, home]))
  return rows.map((row) => ({
    ...row,
    home: known.get(row.subject) ?? null,
    foreign: row.subject.startsWith('household:') && !known.has(row.subject),
  }))
}

/** Whose looks concern this community, by name: its staff in the chat and on pages, tokens, inspection links. */
export async function readActors(read: Reader, communityId: number, now: Date): Promise<ReadonlyMap<string, string>> {
  const [grants, tokens, links] = await Promise.all([
    read.roleGrant.findMany({
      where: { scopeKind: 'community', scopeId: communityId, role: { not: 'resident' }, startsAt: { lte: now } },
      select: { person: { select: { id: true, name: true, accounts: { select: { id: true } } } } },
    }),
    read.apiToken.findMany({ where: { scopeKind: 'community', scopeId: communityId }, select: { name: true } }),
    read.inspectionLink.findMany({ where: { communityId }, select: { id: true, label: true } }),
  ])
  return new Map([
    ...grants.map(({ person }) => [`person:${person.id}`, person.name] as const),
    ...grants.flatMap(({ person }) => person.accounts.map(({ id }) => [`account:${id}`, person.name] as const)),
    ...tokens.map(({ name }) => [`token:${name}`, `接口 ${name}`] as const),
    ...links.map(({ id, label }) => [`link:${id}`, `检查：${label}`] as const),
  ])
}
