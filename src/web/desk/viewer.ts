import { rolesOf } from '../../community/actors.js'
import { communityView } from '../../community/settings.js'
import type { Database } from '../../db/client.js'
import type { Reader, Tx } from '../../db/transaction.js'
import type { CommunityView, Role } from '../../kernel/module.js'
import type { Session } from '../session/store.js'

/** Roles that have a desk. Residents have the chat. */
const STAFF: readonly Role[] = ['worker', 'coordinator', 'manager', 'officer']

export interface Reach {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly timezone: string
  readonly subdistrict: string
}

/** Who is looking, and which communities they may look at. Read anew at each request: a right that ends, ends at once. */
export interface Viewer {
  readonly session: Session
  readonly personId: number
  readonly name: string
  readonly communities: readonly Reach[]
}

/** A community as this viewer may use it. */
export interface Room {
  readonly community: CommunityView
  readonly roles: readonly Role[]
  /** Works there: may act, and sees names and addresses in full. Others see them masked. */
  readonly works: boolean
  readonly manages: boolean
}

/** The person of a session with the reach of their roles; null when they no longer have any. */
export async function readViewer(db: Pick<Database, 'read'>, session: Session, now: Date): Promise<Viewer | null> {
  const account = await db.read.account.findUnique({
    where: { id: session.accountId },
    select: { personId: true, person: { select: { name: true } } },
  })
  if (!account?.person || account.personId !== session.personId) return null
  const grants = await db.read.roleGrant.findMany({
    where: {
      personId: session.personId,
      role: { in: [...STAFF] },
      startsAt: { lte: now },
      OR: [{ endsAt: null }, { endsAt: { gt: now } }],
    },
  })
  const scope = (kind: string) => grants.filter((grant) => grant.scopeKind === kind).map((grant) => grant.scopeId)
  const communities = await db.read.community.findMany({
    where: {
      OR: [
        { id: { in: scope('community') } },
        { subdistrictId: { in: scope('subdistrict') } },
        { subdistrict: { districtId: { in: scope('district') } } },
      ],
    },
    orderBy: { id: 'asc' },
    select: { id: true, code: true, name: true, timezone: true, subdistrict: { select: { name: true } } },
  })
  if (communities.length === 0) return null
  return {
    session,
    personId: session.personId,
    name: account.person.name,
    communities: communities.map(({ subdistrict, ...rest }) => ({ ...rest, subdistrict: subdistrict.name })),
  }
}

/** One community of the viewer's reach, by its code; null for any other, whether or not it exists. */
export async function readRoom(read: Reader, viewer: Viewer, code: string, now: Date): Promise<Room | null> {
  const reach = viewer.communities.find((one) => one.code === code)
  if (!reach) return null
  const row = await read.community.findUnique({ where: { id: reach.id } })
  if (!row) return null
  // Only reads; the reading client has all that is asked of a transaction here.
  const roles = (await rolesOf(read as Tx, viewer.personId, row, now)).filter((role) => STAFF.includes(role))
  const works = roles.some((role) => role === 'worker' || role === 'coordinator' || role === 'manager')
  return { community: communityView(row), roles, works, manages: roles.includes('manager') }
}
