import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { addDays, instant, localDate, shortTime } from '../../../kernel/local-time.js'
import { type CommunityView, command, type Decision, type Draft, type Turn } from '../../../kernel/module.js'
import { closeRound } from '../close-round.js'
import { type Closing, prepareClosing } from '../closing.js'
import { recorded } from '../events.js'
import { drawFrame, type Frame } from '../frame.js'
import { runsIt } from '../reach.js'
import { candidatesOf } from '../store.js'
import { texts } from '../texts.js'
import type { SurveyView } from '../types.js'
import { findSurvey, homeOf, phrase, reply, say } from './shared.js'
import { RUNNERS } from './write.js'

const publishInput = z.object({ number: z.string().nullish(), hash: z.string().optional() })

export interface Drawn {
  readonly frame: Frame
  readonly excluded: number
}

export async function draw(tx: Tx, survey: SurveyView, now: Date): Promise<Drawn> {
  const { candidates, excluded } = await candidatesOf(tx, survey, now)
  return { frame: drawFrame(candidates, survey.definition.sample, survey.seed), excluded }
}

/** 发布: from here on nothing about it changes. */
export const publish = command<
  z.infer<typeof publishInput>,
  { survey: SurveyView | null; mine: boolean; drawn: Drawn | null; home: CommunityView | null }
>({
  name: 'surveys.publish',
  help: { say: '发布问卷 W3', does: '定住题目，抽取对象，开始发送', roles: RUNNERS },
  roles: RUNNERS,
  input: publishInput,
  match: (turn) => phrase(turn, '发布问卷|问卷发布'),
  load: async (tx, turn, { number }) => {
    const survey = await findSurvey(tx, turn, number, ['draft'])
    const drawn = survey?.status === 'draft' ? await draw(tx, survey, turn.now) : null
    const mine = survey !== null && (await runsIt(tx, turn, survey))
    return { survey, mine, drawn, home: survey && (await homeOf(tx, survey)) }
  },
  decide: ({ survey, mine, drawn, home }, turn, { hash }) => {
    if (!survey || !home) return reply(turn, texts.none)
    if (!mine) return reply(turn, texts.notYours(survey))
    if (!drawn) return reply(turn, texts.frozen(survey))
    if (hash && hash !== survey.definitionHash) return reply(turn, texts.changedSince(survey))
    if (drawn.frame.invited.length === 0) return reply(turn, texts.noFrame)
    return starting(survey, drawn, home, turn)
  },
})

/** Starts a round, with the word to those it asks. */
export function starting(
  survey: SurveyView,
  { frame, excluded }: Drawn,
  community: CommunityView,
  turn: Turn,
): Decision {
  const { days, daytime } = { days: community.settings.surveys.days, ...community.settings }
  const last = addDays(localDate(turn.now, community.timezone), survey.definition.days ?? days)
  const endsAt = instant(last, daytime.to, 0, community.timezone)
  const eligible = frame.cells.reduce((all, cell) => all + cell.eligible, 0)
  const invited = frame.invited.length
  const started = recorded('started', survey, texts.startedLedger(survey, { eligible, excluded, invited }), {
    ...{ number: survey.number, hash: survey.definitionHash, seed: survey.seed, eligible, excluded, invited },
    ...{ cells: [...frame.cells], endsAt: endsAt.toISOString() },
  })
  return {
    events: [started],
    drafts: [
      say(turn, texts.started(survey, invited, shortTime(endsAt, community.timezone))),
      ...calls(survey, community),
    ],
  }
}

/** One message a group, with a button that leads to the private chat. Communities are asked through their managers. */
function calls(survey: SurveyView, community: CommunityView): Draft[] {
  if (survey.kind === 'departments') return []
  return [
    {
      key: `survey:${survey.number}:call`,
      to: { kind: 'groups', communityId: community.id, groupKind: 'residents' },
      text: texts.inGroup(community.settings.texts, survey),
      choices: [{ label: texts.go, command: 'surveys.start', input: { number: survey.number } }],
      choicesForMs: 130 * 24 * 3_600_000,
      priority: 'push',
      subject: `survey:${survey.number}`,
    },
  ]
}

const closeInput = z.object({ number: z.string().nullish() })

/** 结束问卷: before its day, by whoever runs it. */
export const close = command<
  z.infer<typeof closeInput>,
  { survey: SurveyView | null; mine: boolean; closing: Closing | null; home: CommunityView | null }
>({
  name: 'surveys.close',
  help: { say: '结束问卷 W3', does: '提前结束，公布结果', roles: RUNNERS },
  roles: RUNNERS,
  input: closeInput,
  match: (turn) => phrase(turn, '结束问卷|问卷结束'),
  load: async (tx, turn, { number }) => {
    const survey = await findSurvey(tx, turn, number, ['running'])
    const home = survey && (await homeOf(tx, survey))
    const mine = survey !== null && (await runsIt(tx, turn, survey))
    const closes = mine && survey.status === 'running' && home
    return { survey, mine, home, closing: closes ? await prepareClosing(tx, survey, closes, turn.now) : null }
  },
  decide: ({ survey, mine, closing, home }, turn) => {
    if (!survey || !home) return reply(turn, texts.none)
    if (!mine) return reply(turn, texts.notYours(survey))
    if (!closing) return reply(turn, texts.notRunning(survey))
    const decision = closeRound(closing)
    return { ...decision, drafts: [say(turn, texts.ended(survey)), ...decision.drafts], scrubInbox: false }
  },
})
