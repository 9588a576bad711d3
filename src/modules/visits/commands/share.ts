import { z } from 'zod'
import { localDate } from '../../../kernel/local-time.js'
import { type CommunityView, command, type DomainEvent, type Turn } from '../../../kernel/module.js'
import { periodAt } from '../decide-period.js'
import { reply, say } from '../decide-reply.js'
import { retarget } from '../retarget.js'
import { monthName } from '../texts.js'
import { staffLedger, staffTexts } from '../texts-staff.js'
import type { MonthView } from '../types.js'
import { VISITORS } from './staff.js'

const askSchema = z.object({ toId: z.number().int().nullable(), households: z.number().int().positive() })

interface AskState {
  readonly community: CommunityView
  readonly from: { readonly id: number; readonly name: string }
  readonly to: { readonly id: number; readonly name: string } | null
  readonly month: string
  readonly asked: boolean
}

const monthNow = (turn: Turn, community: CommunityView): string =>
  periodAt(localDate(turn.now, community.timezone), community.settings.visits.monthStartDay).month

/** [请李强分担 4 户] under a reminder: asks the colleague. Null as `toId` is 不用. */
export const shareAsk = command<z.infer<typeof askSchema>, AskState | null>({
  name: 'visits.share-ask',
  roles: VISITORS,
  input: askSchema,
  match: () => null,
  load: async (tx, turn, { toId }) => {
    const { community, actor } = turn
    if (!community || actor.personId === null) return null
    const to =
      toId === null ? null : await tx.person.findUnique({ where: { id: toId }, select: { id: true, name: true } })
    const month = monthNow(turn, community)
    const asked = to
      ? (await tx.visitShare.count({ where: { fromId: actor.personId, toId: to.id, month } })) > 0
      : false
    return { community, from: { id: actor.personId, name: actor.name }, to, month, asked }
  },
  decide: (state, turn, { households }) => {
    if (!state?.to) return say(turn, 'share', staffTexts.shareNever)
    if (state.asked) return say(turn, 'share', staffTexts.shareOver)
    const { community, from, to, month } = state
    const key = `visit-share:${from.id}:${to.id}:${month}`
    const choice = (label: string, agreed: boolean) => ({
      label,
      command: 'visits.share-answer',
      input: { fromId: from.id, month, agreed },
    })
    return {
      events: [
        {
          type: 'visit.share_asked',
          communityId: community.id,
          subject: key,
          page: null,
          text: '',
          data: { fromId: from.id, toId: to.id, month, households },
        },
      ],
      drafts: [
        reply(turn, 'share', staffTexts.shareSent(to.name)),
        {
          key,
          to: { kind: 'person', personId: to.id, communityId: community.id, privateOnly: true },
          text: staffTexts.shareAsk(from.name, households, monthName(month)),
          choices: [choice(staffTexts.shareYes, true), choice(staffTexts.shareNo, false)],
          priority: 'push',
        },
      ],
    }
  },
})

const answerSchema = z.object({ fromId: z.number().int(), month: z.string(), agreed: z.boolean() })

interface AnswerState {
  readonly community: CommunityView
  readonly from: { readonly id: number; readonly name: string }
  readonly households: number
  readonly status: string
  readonly targets: readonly (DomainEvent<MonthView> | null)[]
}

/** The colleague's answer: the goal moves, with the reason, and both hear of it. */
export const shareAnswer = command<z.infer<typeof answerSchema>, AnswerState | null>({
  name: 'visits.share-answer',
  roles: VISITORS,
  input: answerSchema,
  match: () => null,
  load: async (tx, turn, { fromId, month }) => {
    const { community, actor } = turn
    if (!community || actor.personId === null) return null
    const to = { id: actor.personId, name: actor.name }
    const row = await tx.visitShare.findUnique({ where: { fromId_toId_month: { fromId, toId: to.id, month } } })
    const from = await tx.person.findUnique({ where: { id: fromId }, select: { id: true, name: true } })
    if (!row || !from) return null
    const share =
      (households: number, other: string) => (input: Parameters<NonNullable<Parameters<typeof retarget>[4]>>[0]) => ({
        ...input,
        shares: [...input.shares, { households, with: other }],
      })
    const targets = [
      await retarget(tx, community, from, month, share(-row.households, to.name)),
      await retarget(tx, community, to, month, share(row.households, from.name)),
    ]
    return { community, from, households: row.households, status: row.status, targets }
  },
  decide: (state, turn, { month, agreed }) => {
    if (state?.status !== 'asked' || turn.actor.personId === null) return say(turn, 'share', staffTexts.shareOver)
    const { community, from, households, targets } = state
    const [given, taken] = targets
    const to = { id: turn.actor.personId, name: turn.actor.name }
    const answer = agreed ? staffTexts.shareYes : staffTexts.shareNo
    return {
      events: [
        {
          type: agreed ? 'visit.share_agreed' : 'visit.share_declined',
          communityId: community.id,
          subject: `visit-share:${from.id}:${to.id}:${month}`,
          page: 'visits',
          workerId: from.id,
          text: staffLedger.share(from.name, to.name, households, answer),
          data: { fromId: from.id, toId: to.id, month },
        },
        ...(agreed ? targets.flatMap((one) => one ?? []) : []),
      ],
      drafts: [
        reply(
          turn,
          'share',
          agreed ? staffTexts.shareTaken(households, taken?.data.target ?? 0) : staffTexts.shareDeclinedDone,
        ),
        {
          key: `visit-share:${from.id}:${to.id}:${month}:answer`,
          to: { kind: 'person', personId: from.id, communityId: community.id, privateOnly: true },
          text: agreed
            ? staffTexts.shareAgreed(to.name, households, given?.data.target ?? 0)
            : staffTexts.shareDeclined(to.name),
          priority: 'push',
        },
      ],
    }
  },
})
