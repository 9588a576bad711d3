import { z } from 'zod'
import { type AnyCommand, command, type Decision, type Turn } from '../../../kernel/module.js'
import { readAnswer, readWords } from '../decide-answer.js'
import { nextStep, type Step, stepBack } from '../decide-flow.js'
import { progressByToken } from '../store.js'
import { texts } from '../texts.js'
import { type Answer, answerSchema, type ProgressView, type SurveyView } from '../types.js'
import { askNext, mustSayWhy } from './asking.js'
import { castBallot, saved } from './casting.js'
import { reply, say } from './shared.js'

const input = z.object({ token: z.string(), step: z.string().optional(), value: answerSchema.optional() })

type State = Awaited<ReturnType<typeof progressByToken>>

const LEAVE = /^(退出|不答了|停止答题|不想答了?|以后再说|先不答了?)[。.!！]*$/
const BACK = /^(上一题|返回|退回|改上一题)[。.!！]*$/

function decide(state: State, turn: Turn, { step: tapped, value }: z.infer<typeof input>): Decision {
  if (!state) return reply(turn, texts.already)
  const { survey, progress, entry } = state
  const scrubInbox = survey.anonymous
  if (survey.status !== 'running') return { ...reply(turn, texts.over(survey)), scrubInbox }
  if (entry?.state === 'a')
    return { ...reply(turn, survey.kind === 'departments' ? texts.alreadyCommunity : texts.already), scrubInbox }
  const { answers, token } = progress
  const step = nextStep(survey.definition, answers)
  if (!step) return { ...castBallot(survey, progress, answers, turn), scrubInbox }
  const words = turn.said.kind === 'answer' ? turn.said.text.trim() : ''
  if (LEAVE.test(words)) return { events: [], drafts: [say(turn, texts.left(survey))], scrubInbox }
  if (BACK.test(words)) {
    const fewer = stepBack(survey.definition, answers)
    return { events: [saved(survey, progress, fewer, 0)], ...askNext(survey, token, fewer, turn), scrubInbox }
  }
  // An older button: the mind has changed about that question.
  const key = tapped ?? step.key
  const answer = turn.said.kind === 'choice' ? value : readStep(survey, step, words)
  if (answer === undefined) return { ...misread(survey, progress, step, turn), scrubInbox }
  const after = { ...answers, [key]: answer }
  if (!nextStep(survey.definition, after)) return { ...castBallot(survey, progress, after, turn), scrubInbox }
  return { events: [saved(survey, progress, after, 0)], ...askNext(survey, token, after, turn), scrubInbox }
}

function readStep(survey: SurveyView, step: Step, words: string): Answer | undefined {
  if (!step.why) return readAnswer(step.question, words)
  const reason = readWords(words)
  return reason === null && mustSayWhy(survey) ? undefined : reason
}

/** Explained once; a second time nobody is pressed, and what they say next is heard as usual. */
function misread(survey: SurveyView, progress: ProgressView, step: Step, turn: Turn): Decision {
  const event = saved(survey, progress, progress.answers, progress.faults + 1)
  if (progress.faults > 0) return { events: [event], drafts: [say(turn, texts.pause(survey))] }
  const before = step.why ? '' : `${texts.explain(step.question)}\n`
  return { events: [event], ...askNext(survey, progress.token, progress.answers, turn, before) }
}

/** Two names for one thing: to a question with marks or options, words that report a problem are no answer. */
const answering = (name: string, accepts?: (turn: Turn) => boolean): AnyCommand =>
  command<z.infer<typeof input>, State>({
    name,
    roles: 'anyone',
    input,
    match: () => null,
    ...(accepts ? { accepts } : {}),
    load: (tx, _turn, { token }) => progressByToken(tx, token),
    decide,
  })

export const answer = answering('surveys.answer', (turn) => !(turn.triage === 'log' && turn.understanding?.urgent))
export const words = answering('surveys.words')

/**
 * Somebody changed a private message whose original is gone, as it is for every anonymous answer: the new words would stand
 * in the inbox with their writer, so they are dropped too. A ballot that was cast cannot be changed.
 */
export const editedAnswer = command<object, null>({
  name: 'surveys.edited-answer',
  roles: 'anyone',
  input: z.object({}),
  match: ({ said, place }) =>
    said.kind === 'edited' && said.originalInboxId === null && place.kind === 'private' ? {} : null,
  load: async () => null,
  decide: () => ({ events: [], drafts: [], leftAlone: true, scrubInbox: true }),
})
