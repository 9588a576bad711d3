import { createHash } from 'node:crypto'
import type { Tx } from '../db/transaction.js'
import { local, localDate } from '../kernel/local-time.js'
import type { DomainEvent, Job, Module } from '../kernel/module.js'
import { ballotOf, castEvent } from '../modules/surveys/commands/casting.js'
import { nextStep } from '../modules/surveys/decide-flow.js'
import { viewOf } from '../modules/surveys/store.js'
import type { Answer, Answers, Question, SurveyView } from '../modules/surveys/types.js'

/** Share of the households nobody plays that answers in the end; communities all do. */
const SHARE = 0.45
/** By this part of a round they have. */
const DONE_BY = 0.5
const MOST_A_SLOT = 150

const OPINIONS = [
  '晚上停车位太少，常常绕几圈',
  '电梯老是停，老人上下不方便',
  '垃圾分类点夏天味道大',
  '希望多给老人办点活动',
  '楼道打扫比以前勤快了，谢谢',
  '电动车乱停，消防通道老被堵',
  '路灯不太亮，晚上走路害怕',
]
const REASONS = ['任务派下来，经费没有跟上', '报表重复，要得又急', '反映的事没有回音', '培训太少']

/**
 * The demo's neighbours whom nobody plays: they answer surveys by themselves, a few each half hour, so that a round ends with
 * figures. Only the demo lists it. The same round is always answered alike.
 */
const answerAlong: Job = {
  name: 'crowd.answer',
  cron: '*/30 * * * *',
  catchUp: 'latest',
  catchUpMs: 6 * 3_600_000,
  plan: async (tx, community, slot, now) => {
    const { hour } = local(slot, community.timezone)
    if (hour < community.settings.daytime.from || hour >= community.settings.daytime.to) return NOTHING
    const rows = await tx.survey.findMany({ where: { communityId: community.id, status: 'running' } })
    const events: DomainEvent[] = []
    for (const survey of rows.map(viewOf)) {
      const passed = partPassed(survey, now)
      const waiting = await tx.surveyRoll.findMany({ where: { surveyId: survey.id, state: 'w' } })
      const played = await playedBySomebody(tx, survey)
      const share = survey.kind === 'departments' ? 1 : SHARE
      const due = waiting.filter(({ subjectId }) => {
        const lot = die(survey, subjectId, 'when')
        return !played.has(subjectId) && lot < share && (lot / share) * DONE_BY <= passed
      })
      const day = localDate(now, community.timezone)
      const ballots = due
        .slice(0, MOST_A_SLOT)
        .map(({ subjectId, cell }) =>
          ballotOf(survey, { subjectId, cell, token: null }, answersOf(survey, subjectId, cell), day),
        )
      if (ballots.length > 0) events.push(castEvent(survey, ballots))
    }
    return { events, drafts: [] }
  },
}
const NOTHING = { events: [], drafts: [] }

export const demoCrowd: Module = {
  name: 'crowd',
  eventPrefix: 'crowd',
  commands: [],
  reactions: [],
  jobs: [answerAlong],
  sheets: [],
  apply: async (_tx, event) => {
    throw new Error(`the crowd has no ${event.type}`)
  },
}

function partPassed({ startedAt, endsAt }: SurveyView, now: Date): number {
  if (!startedAt || !endsAt) return 0
  return (now.getTime() - startedAt.getTime()) / (endsAt.getTime() - startedAt.getTime())
}

/** Whom a visitor may speak as: the crowd leaves their ballots alone. */
async function playedBySomebody(tx: Tx, survey: SurveyView): Promise<ReadonlySet<number>> {
  if (survey.kind === 'departments') {
    const grants = await tx.roleGrant.findMany({ where: { role: 'manager', scopeKind: 'community' } })
    return new Set(grants.map(({ scopeId }) => scopeId))
  }
  const people = await tx.person.findMany({
    where: { householdId: { not: null }, accounts: { some: {} } },
    select: { householdId: true },
  })
  return new Set(people.flatMap(({ householdId }) => householdId ?? []))
}

/** A number from nought to one, always the same for the same round, household and use. */
const die = (survey: SurveyView, subjectId: number, use: string): number =>
  createHash('sha256').update(`${survey.number}|${subjectId}|${use}`).digest().readUInt32BE(0) / 2 ** 32

function answersOf(survey: SurveyView, subjectId: number, cell: string): Answers {
  // Blocks differ, as they do: where the lift is old, people are less content.
  const mood = 0.55 + 0.35 * die(survey, 0, `cell ${cell}`)
  let answers: Answers = {}
  for (let step = nextStep(survey.definition, answers); step; step = nextStep(survey.definition, answers)) {
    const roll = (use: string) => die(survey, subjectId, `${step?.key} ${use}`)
    const answer = step.why ? pick(REASONS, roll('why')) : answerTo(step.question, survey, mood, roll)
    answers = { ...answers, [step.key]: answer }
  }
  return answers
}

const pick = <T>(list: readonly [T, ...T[]] | readonly T[], roll: number): T => {
  const found = list[Math.min(list.length - 1, Math.floor(roll * list.length))]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

function answerTo(question: Question, survey: SurveyView, mood: number, roll: (use: string) => number): Answer {
  const mark = (points: number, use: string, lean = mood) =>
    Math.max(1, Math.min(points, Math.round(points * (lean + 0.45 * (roll(use) - 0.4)))))
  switch (question.kind) {
    case 'single':
      return 1 + Math.floor(question.options.length * roll('one') ** 1.6)
    case 'multiple': {
      const most = question.most ?? 2
      const wanted = question.options.flatMap((_, index) => (roll(`${index}`) < 0.4 ? [index + 1] : []))
      return wanted.length > 0 ? wanted.slice(0, most) : [1 + Math.floor(question.options.length * roll('one'))]
    }
    case 'scale':
      return mark(question.points, 'mark')
    case 'matrix':
      // What a department is good and bad at is the same for all who mark it.
      return question.rows.map((row) =>
        mark(question.points, row, 0.5 + 0.4 * die(survey, 0, `${question.key} ${row}`)),
      )
    case 'number':
      return Math.round(question.min + (Math.min(question.max, question.min + 10) - question.min) * roll('number'))
    case 'text':
      return roll('speaks') < 0.3 ? pick(OPINIONS, roll('opinion') ** 1.5) : null
  }
}
