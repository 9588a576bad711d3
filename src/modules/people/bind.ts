import { z } from 'zod'
import { addressText, findHouseholds, type HouseholdView } from '../../community/households.js'
import { holders, responsibleFor } from '../../community/responsible.js'
import type { Tx } from '../../db/transaction.js'
import { command, type Decision, type Draft, type Turn } from '../../kernel/module.js'
import { answer } from './help.js'
import { texts } from './texts.js'

const DAY_MS = 24 * 3_600_000

const input = z.object({ words: z.string() })
type Input = z.infer<typeof input>

/** What a claim turns out to mean. */
type State =
  | { readonly kind: 'usage' }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'several' }
  | { readonly kind: 'no_household'; readonly place: string }
  | { readonly kind: 'no_staff' }
  | {
      readonly kind: 'household'
      readonly household: HouseholdView
      readonly name: string
      readonly worker: { id: number; name: string } | null
    }
  | {
      readonly kind: 'staff'
      readonly personId: number
      readonly staffNo: string
      readonly name: string
      /** The colleague's own community: the claim may come from a private chat that belongs to none. */
      readonly communityId: number
      /** Whether a manager there can be reached to confirm. */
      readonly confirmable: boolean
    }

async function load(tx: Tx, turn: Turn, { words }: Input): Promise<State> {
  if (turn.place.kind !== 'private') return { kind: 'elsewhere' }
  const parts = words.split(/[\s,，]+/).filter(Boolean)
  const name = parts.at(-1) ?? ''
  const staffNo = parts[0] ?? ''
  if (parts.length < 2 || !/^[\p{Script=Han}A-Za-z·.]{1,20}$/u.test(name)) return { kind: 'usage' }
  const colleague = await tx.person.findUnique({ where: { staffNo } })
  if (colleague) {
    if (colleague.name !== name) return { kind: 'no_staff' }
    const communityId = colleague.communityId ?? turn.community?.id ?? -1
    const confirmable = await managerInReach(tx, communityId, turn.now)
    return { kind: 'staff', personId: colleague.id, staffNo, name, communityId, confirmable }
  }
  const address = turn.understanding?.address
  if (!address?.room || !turn.community)
    return /^[A-Za-z]+\d+$/.test(staffNo) ? { kind: 'no_staff' } : { kind: 'usage' }
  const [household, second] = await findHouseholds(tx, turn.community.id, address, 2)
  if (!household) return { kind: 'no_household', place: addressText(address) }
  if (second) return { kind: 'several' }
  return { kind: 'household', household, name, worker: await responsibleFor(tx, household.gridId, turn.now) }
}

/** Whether somebody can confirm a colleague: a manager who writes to the bot, or a workers' group. */
async function managerInReach(tx: Tx, communityId: number, now: Date): Promise<boolean> {
  const managers = await holders(tx, 'manager', 'community', communityId, now)
  const account = await tx.account.findFirst({
    where: { personId: { in: managers.map((one) => one.id) } },
    select: { id: true },
  })
  return account !== null
}

const placeOf = (household: HouseholdView): string => addressText({ ...household, unit: household.unit || null })

function choices(turn: Turn, claim: object): Draft['choices'] {
  const decided = (yes: boolean) => ({ command: 'people.settle', input: { inboxId: turn.inboxId, yes, ...claim } })
  return [
    { label: '确认', ...decided(true) },
    { label: '不是', ...decided(false) },
  ]
}

/** 绑定 3-2-501 姓名, or 绑定 工号 姓名: a claim that a worker or the manager confirms. Nobody is bound by guess. */
export const bind = command<Input, State>({
  name: 'people.bind',
  help: {
    say: '绑定 3-2-501 姓名',
    does: '告诉我您家是哪一户（工作人员用 工号 姓名）',
    roles: ['resident', 'worker', 'coordinator', 'manager', 'officer'],
  },
  roles: 'anyone',
  input,
  match: ({ said, place }) => {
    if (said.kind !== 'text' || (place.kind !== 'private' && !said.addressed)) return null
    const found = /^(?:@\S+\s+)?[/／]?绑定(?!本群)[\s:：]*(.*)$/s.exec(said.text)
    return found ? { words: (found[1] ?? '').trim() } : null
  },
  load,
  decide: (state, turn): Decision => {
    switch (state.kind) {
      case 'usage':
        return answer(turn, texts.bindUsage)
      case 'elsewhere':
        return answer(turn, texts.bindPrivately)
      case 'several':
        return answer(turn, texts.severalHouseholds)
      case 'no_household':
        return answer(turn, texts.noHousehold(state.place))
      case 'no_staff':
        return answer(turn, texts.noStaff)
      case 'household': {
        const communityId = turn.community?.id ?? -1
        const claim = {
          kind: 'household',
          accountId: turn.actor.accountId,
          subjectId: state.household.id,
          name: state.name,
        }
        return claimed(turn, communityId, claim, state.worker?.name ?? '社区', {
          to: state.worker
            ? { kind: 'person', personId: state.worker.id, communityId }
            : { kind: 'managers', communityId },
          text: texts.claimQuestion(state.name, turn.actor.name, placeOf(state.household)),
        })
      }
      case 'staff': {
        if (!state.confirmable) return answer(turn, texts.nobodyToConfirm(turn.actor.channel, turn.actor.externalId))
        const claim = { kind: 'staff', accountId: turn.actor.accountId, subjectId: state.personId, name: state.name }
        return claimed(turn, state.communityId, claim, '社区主任', {
          to: { kind: 'managers', communityId: state.communityId },
          text: texts.staffQuestion(state.name, turn.actor.name, state.staffNo),
        })
      }
    }
  },
})

interface Claim {
  readonly kind: string
  readonly accountId: number
  readonly subjectId: number
  readonly name: string
}

function claimed(
  turn: Turn,
  communityId: number,
  claim: Claim,
  who: string,
  question: Pick<Draft, 'to' | 'text'>,
): Decision {
  const event = {
    type: 'person.claimed',
    communityId,
    subject: `account:${claim.accountId}`,
    page: null,
    text: '',
    data: claim,
  }
  return {
    events: [event],
    drafts: [
      ...answer(turn, texts.claimed(who)).drafts,
      {
        key: `claim:${turn.inboxId}`,
        ...question,
        priority: 'reply',
        choices: choices(turn, claim),
        choicesForMs: 14 * DAY_MS,
      },
    ],
  }
}

const settleInput = z.object({
  yes: z.boolean(),
  kind: z.enum(['household', 'staff']),
  accountId: z.number().int(),
  subjectId: z.number().int(),
  name: z.string(),
})
type SettleInput = z.infer<typeof settleInput>

interface SettleState {
  readonly open: boolean
  readonly place: string
}

/** The tap that confirms or refuses a claim. A worker confirms residents; only a manager confirms colleagues. */
export const settle = command<SettleInput, SettleState>({
  name: 'people.settle',
  roles: ['worker', 'coordinator', 'manager'],
  input: settleInput,
  match: () => null,
  load: async (tx, _turn, claim) => {
    const where = {
      accountId: claim.accountId,
      kind: claim.kind,
      householdId: claim.kind === 'household' ? claim.subjectId : undefined,
    }
    const open = await tx.bindingClaim.findFirst({ where: { ...where, status: 'open' }, select: { id: true } })
    const household =
      claim.kind === 'household' ? await tx.household.findUnique({ where: { id: claim.subjectId } }) : null
    return { open: open !== null, place: household ? addressText({ ...household, unit: household.unit || null }) : '' }
  },
  decide: ({ open, place }, turn, claim) => {
    if (!open) return answer(turn, texts.settled)
    if (claim.kind === 'staff' && !turn.actor.roles.includes('manager'))
      return answer(turn, '同事的身份要由社区主任确认。')
    const { yes, ...data } = claim
    const staff = claim.kind === 'staff'
    const toPerson = yes
      ? staff
        ? texts.confirmedToStaff(claim.name)
        : texts.confirmedToPerson(turn.community?.settings.texts ?? {}, place)
      : texts.refusedToPerson
    return {
      events: [
        {
          type: yes ? 'person.bound' : 'person.claim_refused',
          communityId: turn.community?.id ?? -1,
          subject: `account:${claim.accountId}`,
          page: yes ? 'people' : null,
          householdId: staff ? null : claim.subjectId,
          text: yes ? (staff ? '确认工作人员账号' : `确认住户绑定 ${place}`) : '',
          data: { ...data, personId: turn.actor.personId },
        },
      ],
      drafts: [
        ...answer(turn, yes ? texts.confirmed(`${claim.name} ${staff ? '可以工作了' : place}`) : texts.refused).drafts,
        {
          key: `claim:settled:${turn.inboxId}`,
          to: { kind: 'account', accountId: claim.accountId },
          text: toPerson,
          groupText: yes ? '绑定好了。' : '绑定没有通过，请私聊我。',
          priority: 'reply',
        },
      ],
    }
  },
})
