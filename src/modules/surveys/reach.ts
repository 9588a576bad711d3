import { rolesOf } from '../../community/actors.js'
import type { Tx } from '../../db/transaction.js'
import type { Recipient, Turn } from '../../kernel/module.js'
import { communitiesIn } from './store.js'
import type { SurveyView } from './types.js'

const inForce = (now: Date) => ({ startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] })

/** Communities in which the speaker serves as an officer. */
export async function officerReach(tx: Tx, turn: Turn): Promise<number[]> {
  if (turn.actor.personId === null) return []
  const grants = await tx.roleGrant.findMany({
    where: { personId: turn.actor.personId, role: 'officer', ...inForce(turn.now) },
    select: { scopeKind: true, scopeId: true },
  })
  const found = new Set<number>()
  for (const grant of grants) for (const { id } of await communitiesIn(tx, grant)) found.add(id)
  return [...found]
}

/** Whether the speaker holds the office of a whole district. */
export async function isDistrictOfficer(tx: Tx, turn: Turn, districtId: number): Promise<boolean> {
  const grant = { personId: turn.actor.personId ?? 0, role: 'officer', scopeKind: 'district', scopeId: districtId }
  return (await tx.roleGrant.count({ where: { ...grant, ...inForce(turn.now) } })) > 0
}

/**
 * Whether the speaker runs this survey: nobody else may start, change or end it. A round over a district is run by an
 * officer of the district, whoever of them began it.
 */
export async function runsIt(tx: Tx, turn: Turn, survey: SurveyView): Promise<boolean> {
  const { personId } = turn.actor
  if (personId === null) return false
  if (survey.owner === 'officer' && survey.scopeKind === 'district') return isDistrictOfficer(tx, turn, survey.scopeId)
  const home = await tx.community.findUnique({ where: { id: survey.communityId } })
  return home !== null && (await rolesOf(tx, personId, home, turn.now)).includes(survey.owner)
}

/** Those to whom the results of a round over departments go. */
export async function officersOf(
  tx: Tx,
  { scopeKind, scopeId, communityId }: Pick<SurveyView, 'scopeKind' | 'scopeId' | 'communityId'>,
  now: Date,
): Promise<Recipient[]> {
  if (scopeKind === 'subdistrict') return [{ kind: 'officers', subdistrictId: scopeId }]
  const grants = await tx.roleGrant.findMany({
    where: { role: 'officer', scopeKind, scopeId, ...inForce(now) },
    orderBy: { personId: 'asc' },
    select: { personId: true },
  })
  return grants.map(({ personId }) => ({ kind: 'person', personId, communityId, privateOnly: true }))
}
