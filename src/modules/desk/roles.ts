import { z } from 'zod'
import type { Tx } from '../../db/transaction.js'
import { command, type Decision, type DomainEvent, type Turn } from '../../kernel/module.js'
import { texts } from './texts.js'

/** Roles a manager gives and ends; those of the subdistrict and district are the operator's. */
const OWN_ROLES = ['worker', 'coordinator', 'manager'] as const
const input = z.object({ personId: z.number().int(), role: z.enum(OWN_ROLES) })
type Input = z.infer<typeof input>

interface State {
  readonly person: { readonly id: number; readonly name: string } | null
  readonly holds: boolean
  /** Grids the person answers for. */
  readonly grids: readonly string[]
  /** Managers besides this person. */
  readonly otherManagers: number
}

const answer = (turn: Turn, text: string, events: readonly DomainEvent[] = []): Decision => ({
  events,
  drafts: [{ key: `turn:${turn.inboxId}:role`, to: { kind: 'here' }, text, priority: 'reply' }],
})

async function load(tx: Tx, turn: Turn, { personId, role }: Input): Promise<State> {
  const communityId = turn.community?.id ?? -1
  const inForce = { startsAt: { lte: turn.now }, OR: [{ endsAt: null }, { endsAt: { gt: turn.now } }] }
  const scope = { scopeKind: 'community', scopeId: communityId, ...inForce }
  const [person, held, spans, managers] = await Promise.all([
    tx.person.findFirst({
      where: { id: personId, communityId, staffNo: { not: null } },
      select: { id: true, name: true },
    }),
    tx.roleGrant.findFirst({ where: { ...scope, personId, role }, select: { id: true } }),
    tx.gridAssignment.findMany({
      where: { personId, kind: 'holder', grid: { communityId }, ...inForce },
      select: { grid: { select: { name: true } } },
    }),
    tx.roleGrant.count({ where: { ...scope, role: 'manager', personId: { not: personId } } }),
  ])
  return { person, holds: held !== null, grids: spans.map((span) => span.grid.name), otherManagers: managers }
}

const event = (turn: Turn, type: string, { personId, role }: Input, text: string): DomainEvent => ({
  type,
  communityId: turn.community?.id ?? -1,
  subject: `person:${personId}`,
  page: 'people',
  text,
  data: { personId, role },
})

/** Gives somebody of the roster a role in the community from now on. */
export const grantRole = command<Input, State>({
  name: 'desk.grant-role',
  roles: ['manager'],
  input,
  match: () => null,
  load,
  decide: ({ person, holds }, turn, given) => {
    if (!person) return answer(turn, texts.noColleague)
    const role = texts.roles[given.role]
    if (holds) return answer(turn, texts.hasRole(person.name, role))
    const events = [event(turn, 'desk.role_granted', given, texts.roleGivenEntry(person.name, role))]
    return answer(turn, texts.roleGiven(person.name, role), events)
  },
})

/** Ends a role: who has left sees nothing from this moment on. Grids are handed over first, and one manager stays. */
export const endRole = command<Input, State>({
  name: 'desk.end-role',
  roles: ['manager'],
  input,
  match: () => null,
  load,
  decide: ({ person, holds, grids, otherManagers }, turn, given) => {
    if (!person || !holds) return answer(turn, texts.noColleague)
    const role = texts.roles[given.role]
    if (given.role === 'manager' && otherManagers === 0) return answer(turn, texts.lastManager)
    if (grids.length > 0 && given.role !== 'manager') return answer(turn, texts.gridsFirst(person.name, grids))
    const events = [event(turn, 'desk.role_ended', given, texts.roleEndedEntry(person.name, role))]
    return answer(turn, texts.roleEnded(person.name, role), events)
  },
})
