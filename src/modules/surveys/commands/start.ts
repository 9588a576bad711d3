import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { localDate } from '../../../kernel/local-time.js'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { unrecorded } from '../events.js'
import { progressOfAccount, surveysOf } from '../store.js'
import { texts } from '../texts.js'
import type { ProgressView, SurveyView } from '../types.js'
import { askNext } from './asking.js'
import { findSurvey, phrase, placeOnRoll, reply, say } from './shared.js'

const input = z.object({ number: z.string().nullish() })

export interface StartState {
  /** The survey that was named, or the only one that waits for an answer. */
  readonly survey: SurveyView | null
  /** Several wait, none was named. */
  readonly several: readonly SurveyView[]
  readonly entry: { readonly subjectId: number; readonly cell: string; readonly state: string } | null
  readonly progress: ProgressView | null
  readonly canWritePrivately: boolean
  readonly token: string
}

/** The survey somebody wants to answer, their place on its roll and what they have answered of it. */
export async function loadStart(tx: Tx, turn: Turn, { number }: z.infer<typeof input>): Promise<StartState> {
  const account = await tx.account.findUnique({ where: { id: turn.actor.accountId }, select: { privateChat: true } })
  const open: SurveyView[] = []
  if (!number && turn.community)
    for (const survey of await surveysOf(tx, turn.community, ['running'])) {
      const entry = await placeOnRoll(tx, turn, survey)
      if (entry && entry.state !== 'a') open.push(survey)
    }
  const survey = number ? await findSurvey(tx, turn, number, ['running']) : open.length === 1 ? (open[0] ?? null) : null
  return {
    survey,
    several: survey ? [] : open,
    entry: survey && (await placeOnRoll(tx, turn, survey)),
    progress: survey && (await progressOfAccount(tx, survey.id, turn.actor.accountId)),
    canWritePrivately: account?.privateChat !== null,
    token: randomBytes(9).toString('base64url'),
  }
}

/** Opens the ballot where only the speaker reads it. */
function decide(state: StartState, turn: Turn): Decision {
  const { survey, entry } = state
  if (!survey) return whichSurvey(state, turn, 'surveys.start')
  const scrubInbox = survey.anonymous
  if (turn.place.kind !== 'private') return { ...inGroup(state, survey, turn), scrubInbox }
  if (survey.status !== 'running') return reply(turn, texts.over(survey))
  if (!entry) {
    const unbound = survey.kind !== 'departments' && turn.actor.householdId === null
    return reply(turn, unbound ? texts.notBound : texts.notInvited(survey))
  }
  if (entry.state === 'a')
    return { ...reply(turn, survey.kind === 'departments' ? texts.alreadyCommunity : texts.already), scrubInbox }
  const answers = state.progress?.answers ?? {}
  const token = state.progress?.token ?? state.token
  const begun = unrecorded('progressed', survey.communityId, `survey:${survey.number}`, {
    ...{ token, surveyId: survey.id, accountId: turn.actor.accountId },
    ...{ subjectId: entry.subjectId, cell: entry.cell, answers, faults: 0 },
  })
  return { events: [begun], ...askNext(survey, token, answers, turn), scrubInbox }
}

/** No survey was named: several wait for an answer, or none. */
export function whichSurvey({ several }: StartState, turn: Turn, then: string): Decision {
  if (several.length === 0) return reply(turn, turn.actor.householdId === null ? texts.notBound : texts.noneOpen)
  const choices = several.map(({ title, number }) => ({ label: title.slice(0, 30), command: then, input: { number } }))
  return reply(turn, texts.which, choices)
}

/** A tap in the group: the talk goes on in private, and the group hears nothing where that can be reached. */
function inGroup(state: StartState, survey: SurveyView, turn: Turn): Decision {
  if (!state.canWritePrivately) return reply(turn, texts.openPrivate(survey))
  const to = { kind: 'account', accountId: turn.actor.accountId } as const
  const choices = [
    { label: texts.begin, command: 'surveys.start', input: { number: survey.number } },
    { label: texts.decline, command: 'surveys.decline', input: { number: survey.number } },
  ]
  const groupText = texts.openPrivate(survey)
  return { events: [], drafts: [say(turn, texts.invite(survey), { to, choices, groupText, mention: false })] }
}

export const start = command<z.infer<typeof input>, StartState>({
  name: 'surveys.start',
  help: { say: '答题', does: '回答请您参加的问卷，中途可停、可接着答', roles: ['resident', 'manager'] },
  roles: 'anyone',
  input,
  match: (turn) => phrase(turn, '答题|继续问卷|继续答题|参加问卷|填问卷|答问卷|评议部门'),
  load: loadStart,
  decide,
})

export const decline = command<z.infer<typeof input>, StartState>({
  name: 'surveys.decline',
  roles: 'anyone',
  input,
  match: () => null,
  load: loadStart,
  decide: ({ survey, entry }, turn) => {
    if (!survey) return reply(turn, texts.noneOpen)
    if (survey.status !== 'running') return reply(turn, texts.over(survey))
    const day = localDate(turn.now, turn.community?.timezone ?? 'Asia/Shanghai')
    const events =
      entry?.state === 'w'
        ? [
            unrecorded('declined', survey.communityId, `survey:${survey.number}`, {
              ...{ surveyId: survey.id, subjectId: entry.subjectId, day },
            }),
          ]
        : []
    return { events, drafts: [say(turn, texts.declined)], scrubInbox: survey.anonymous }
  },
})
