import { communityView } from '../../community/settings.js'
import type { Reader } from '../../db/transaction.js'
import type { CommunityView, Turn } from '../../kernel/module.js'

/** Whom a goal is for. `community` is where the ledger notes it, and whose months it may change at once. */
export interface GoalScope {
  readonly kind: 'worker' | 'community' | 'subdistrict' | 'district'
  readonly id: number
  readonly name: string
  readonly community: CommunityView
}

/** What the speaker's rights and words come to. */
export type FoundScope =
  | { readonly kind: 'found'; readonly scope: GoalScope }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'several'; readonly options: readonly string[] }

const withArea = {
  subdistrict: { select: { id: true, name: true, districtId: true, district: { select: { name: true } } } },
} as const

/** The communities a speaker manages or oversees, each with the widest right held there. */
async function reachOf(read: Reader, personId: number, now: Date) {
  const grants = await read.roleGrant.findMany({
    where: {
      personId,
      role: { in: ['manager', 'officer'] },
      startsAt: { lte: now },
      OR: [{ endsAt: null }, { endsAt: { gt: now } }],
    },
  })
  const ids = (role: string, scopeKind: string) =>
    grants.filter((grant) => grant.role === role && grant.scopeKind === scopeKind).map((grant) => grant.scopeId)
  const managed = ids('manager', 'community')
  const subdistricts = ids('officer', 'subdistrict')
  const districts = ids('officer', 'district')
  const communities = await read.community.findMany({
    where: {
      OR: [
        { id: { in: managed } },
        { subdistrictId: { in: subdistricts } },
        { subdistrict: { districtId: { in: districts } } },
      ],
    },
    include: withArea,
    orderBy: { id: 'asc' },
  })
  return { managed, subdistricts, districts, communities }
}

type Reach = Awaited<ReturnType<typeof reachOf>>
type CommunityRow = Reach['communities'][number]

/**
 * Whom the speaker may set a goal for with these words. Without a name: a manager the community, an officer the whole of
 * what they were appointed to, and never more. With one: a worker, a community, a subdistrict or the district within it.
 */
export async function goalScope(read: Reader, turn: Turn, name: string | null): Promise<FoundScope> {
  const { actor, community, now } = turn
  if (actor.personId === null) return { kind: 'unknown' }
  const reach = await reachOf(read, actor.personId, now)
  const here = reach.communities.find((one) => one.id === community?.id)
  if (name === null) return ownScope(reach, here)
  const places = namedPlaces(reach, name.toUpperCase())
  if (places.length > 0) return oneOf(places)
  return oneOf(await namedWorkers(read, reach.communities, name, now))
}

function ownScope(reach: Reach, here: CommunityRow | undefined): FoundScope {
  if (here && reach.managed.includes(here.id)) return { kind: 'found', scope: asCommunity(here) }
  const areas = areasOf(reach).flatMap(({ scope, part }) => (part ? [] : [scope]))
  const ofHere = areas.filter(
    ({ kind, id }) => here && id === (kind === 'district' ? here.subdistrict.districtId : here.subdistrictId),
  )
  return oneOf(areas.length > 1 && ofHere.length === 1 ? ofHere : areas)
}

const asCommunity = (row: CommunityRow): GoalScope => ({
  kind: 'community',
  id: row.id,
  name: row.name,
  community: communityView(row),
})

/** Districts and subdistricts that an officer answers for as a whole; `part` is one inside another of them. */
function areasOf({ communities, subdistricts, districts }: Reach): { scope: GoalScope; part: boolean }[] {
  const areas = new Map<string, { scope: GoalScope; part: boolean }>()
  for (const row of communities) {
    const { id, name, districtId, district } = row.subdistrict
    const community = communityView(row)
    const whole = districts.includes(districtId)
    const add = (kind: 'district' | 'subdistrict', areaId: number, areaName: string, part: boolean) => {
      const key = `${kind}:${areaId}`
      if (!areas.has(key)) areas.set(key, { scope: { kind, id: areaId, name: areaName, community }, part })
    }
    if (whole) add('district', districtId, district.name, false)
    if (whole || subdistricts.includes(id)) add('subdistrict', id, name, whole)
  }
  return [...areas.values()]
}

function namedPlaces(reach: Reach, name: string): GoalScope[] {
  const fits = (whole: string) => whole === name || whole.replace(/(?:社区|街道|镇|乡|区|县|市)$/, '') === name
  const communities = reach.communities.filter((row) => fits(row.name) || row.code.toUpperCase() === name)
  // A district goes by its full name, 宁波市鄞州区, or by its own part of it.
  const areas = areasOf(reach).filter(({ scope }) => fits(scope.name) || (name.length > 1 && scope.name.endsWith(name)))
  return [...communities.map(asCommunity), ...areas.map(({ scope }) => scope)]
}

async function namedWorkers(
  read: Reader,
  communities: readonly CommunityRow[],
  name: string,
  now: Date,
): Promise<GoalScope[]> {
  const grants = await read.roleGrant.findMany({
    where: {
      role: { in: ['worker', 'coordinator', 'manager'] },
      scopeKind: 'community',
      startsAt: { lte: now },
      OR: [{ endsAt: null }, { endsAt: { gt: now } }],
      person: { OR: [{ name }, { staffNo: name.toUpperCase() }] },
    },
    select: { scopeId: true, person: { select: { id: true, name: true } } },
  })
  const found = new Map<number, GoalScope>()
  for (const { scopeId, person } of grants) {
    const row = communities.find((one) => one.id === scopeId)
    if (row) found.set(person.id, { kind: 'worker', ...person, community: communityView(row) })
  }
  return [...found.values()]
}

function oneOf(scopes: readonly GoalScope[]): FoundScope {
  const [only, second] = scopes
  if (!only) return { kind: 'unknown' }
  if (!second) return { kind: 'found', scope: only }
  return { kind: 'several', options: scopes.map(({ kind, name, community }) => optionText(kind, name, community.name)) }
}

const optionText = (kind: GoalScope['kind'], name: string, community: string): string =>
  kind === 'worker' ? `${community}${name}` : name
