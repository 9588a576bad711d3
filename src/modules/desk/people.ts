import { z } from 'zod'
import { responsibleFor } from '../../community/responsible.js'
import { command, type Decision, type DomainEvent, type Turn } from '../../kernel/module.js'
import { texts } from './texts.js'

const answer = (turn: Turn, text: string, events: readonly DomainEvent[] = []): Decision => ({
  events,
  drafts: [{ key: `turn:${turn.inboxId}:people`, to: { kind: 'here' }, text, priority: 'reply' }],
})

const unbindInput = z.object({ accountId: z.number().int() })

/** Takes an account from the person it was bound to by mistake, or who has left. */
export const unbind = command<z.infer<typeof unbindInput>, { name: string; householdId: number | null } | null>({
  name: 'desk.unbind',
  roles: ['manager'],
  input: unbindInput,
  match: () => null,
  load: async (tx, turn, { accountId }) => {
    const account = await tx.account.findUnique({ where: { id: accountId }, include: { person: true } })
    if (!account?.person || account.person.communityId !== turn.community?.id) return null
    return { name: account.person.name, householdId: account.person.householdId }
  },
  decide: (found, turn, { accountId }) => {
    if (!found) return answer(turn, texts.noAccount)
    if (accountId === turn.actor.accountId) return answer(turn, texts.ownAccount)
    const event: DomainEvent = {
      type: 'desk.unbound',
      communityId: turn.community?.id ?? -1,
      subject: `account:${accountId}`,
      page: 'people',
      householdId: found.householdId,
      text: texts.unboundEntry(found.name),
      data: { accountId },
    }
    const reply = answer(turn, texts.unbound(found.name), [event])
    const told = {
      key: `desk:unbound:${turn.inboxId}`,
      to: { kind: 'account', accountId },
      text: texts.unboundTold,
      priority: 'reply',
    } as const
    return { ...reply, drafts: [...reply.drafts, told] }
  },
})

const assignInput = z.object({ gridId: z.number().int(), personId: z.number().int() })

interface AssignState {
  readonly grid: { readonly id: number; readonly name: string } | null
  readonly person: { readonly id: number; readonly name: string } | null
  readonly before: { readonly id: number; readonly name: string } | null
}

/** Makes a colleague answer for a grid from now on; the span before stays, so that the past keeps its owner. */
export const assignGrid = command<z.infer<typeof assignInput>, AssignState>({
  name: 'desk.assign-grid',
  roles: ['manager'],
  input: assignInput,
  match: () => null,
  load: async (tx, turn, { gridId, personId }) => {
    const communityId = turn.community?.id ?? -1
    const grid = await tx.grid.findFirst({ where: { id: gridId, communityId }, select: { id: true, name: true } })
    const grant = await tx.roleGrant.findFirst({
      where: {
        personId,
        role: { in: ['worker', 'coordinator', 'manager'] },
        scopeKind: 'community',
        scopeId: communityId,
        startsAt: { lte: turn.now },
        OR: [{ endsAt: null }, { endsAt: { gt: turn.now } }],
      },
      select: { person: { select: { id: true, name: true } } },
    })
    const before = grid ? await responsibleFor(tx, grid.id, turn.now) : null
    return { grid, person: grant?.person ?? null, before }
  },
  decide: ({ grid, person, before }, turn) => {
    if (!grid) return answer(turn, texts.noGrid)
    if (!person) return answer(turn, texts.noColleague)
    if (before?.id === person.id) return answer(turn, texts.sameHolder(grid.name, person.name))
    const communityId = turn.community?.id ?? -1
    const event: DomainEvent = {
      type: 'desk.grid_assigned',
      communityId,
      subject: `grid:${grid.id}`,
      page: 'people',
      gridId: grid.id,
      workerId: person.id,
      text: texts.assignedEntry(grid.name, before?.name ?? texts.nobody, person.name),
      data: { gridId: grid.id, personId: person.id },
    }
    const reply = answer(turn, texts.assigned(grid.name, person.name), [event])
    const told = {
      key: `desk:assigned:${turn.inboxId}`,
      to: { kind: 'person', personId: person.id, communityId },
      text: texts.assignedTold(grid.name),
      priority: 'reply',
    } as const
    return { ...reply, drafts: [...reply.drafts, told] }
  },
})
