import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { shortTime } from '../../../kernel/local-time.js'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { unrecorded } from '../events.js'
import { recipesOf, tableMaker } from '../makers.js'
import type { Results } from '../results.js'
import { rollCounts, surveysOf, wordsOf } from '../store.js'
import { nick, texts } from '../texts.js'
import { resultTexts } from '../texts-results.js'
import type { SurveyView } from '../types.js'
import { maskWords } from '../words.js'
import { findSurvey, phrase, reply, say, textOf } from './shared.js'
import { RUNNERS } from './write.js'

const refInput = z.object({ number: z.string().nullish() })
const STAFF = ['worker', 'coordinator', ...RUNNERS] as const

export const list = command<object, readonly SurveyView[]>({
  name: 'surveys.list',
  help: { say: '问卷', does: '看有哪些问卷和评议', roles: STAFF },
  roles: STAFF,
  input: z.object({}),
  match: (turn) => (/^(问卷|问卷列表|评议列表)[。？?]?$/.test(textOf(turn) ?? '') ? {} : null),
  load: async (tx, turn) => (turn.community ? surveysOf(tx, turn.community, ['draft', 'running', 'closed']) : []),
  decide: (surveys, turn) => reply(turn, texts.list(surveys.map(texts.listRow))),
})

type Counts = Awaited<ReturnType<typeof rollCounts>>

/** 问卷进度: how many, never who or what. */
export const progress = command<z.infer<typeof refInput>, { survey: SurveyView | null; counts: Counts | null }>({
  name: 'surveys.progress',
  help: { say: '问卷进度 W3', does: '看邀请、送达和作答的户数', roles: STAFF },
  roles: STAFF,
  input: refInput,
  match: (turn) => phrase(turn, '问卷进度|评议进度'),
  load: async (tx, turn, { number }) => {
    const survey = await findSurvey(tx, turn, number, ['running', 'closed'])
    return { survey, counts: survey && (await rollCounts(tx, survey.id)) }
  },
  decide: ({ survey, counts }, turn) => {
    if (!survey || !counts) return reply(turn, texts.none)
    const until = survey.endsAt ? shortTime(survey.endsAt, turn.community?.timezone ?? 'Asia/Shanghai') : ''
    const cells = survey.frame.filter((cell) => cell.invited > 0)
    const groups =
      cells.length > 1
        ? cells.map((cell) => texts.cellProgress(cell.label, counts.answeredIn(cell.cell), cell.invited))
        : []
    const { answered, declined, reached } = counts
    return reply(
      turn,
      texts.progress(survey, { answered, declined, reached, waiting: survey.invited - reached, groups }, until),
    )
  },
})

interface Closed {
  readonly survey: SurveyView | null
  readonly results: Results | null
}

async function closedSurvey(tx: Tx, turn: Turn, number: string | null | undefined): Promise<Closed> {
  const survey = await findSurvey(tx, turn, number, ['closed'])
  if (survey?.status !== 'closed' || !maySee(survey, turn)) return { survey, results: null }
  const row = await tx.survey.findUniqueOrThrow({ where: { id: survey.id }, select: { results: true } })
  return { survey, results: row.results as unknown as Results }
}

/** Results of departments are for officers; all others may be read by whoever serves the community. */
const maySee = (survey: SurveyView, turn: Turn): boolean =>
  survey.kind !== 'departments' || turn.actor.roles.includes('officer')

function unseen(survey: SurveyView | null, turn: Turn): Decision {
  if (!survey) return reply(turn, texts.none)
  return reply(turn, maySee(survey, turn) ? texts.stillRunning(survey) : texts.notYours(survey))
}

export const results = command<z.infer<typeof refInput>, Closed>({
  name: 'surveys.results',
  help: { say: '问卷结果 W3', does: '看结果和图；结束后才有', roles: STAFF },
  roles: STAFF,
  input: refInput,
  match: (turn) => phrase(turn, '问卷结果|评议结果'),
  load: (tx, turn, { number }) => closedSurvey(tx, turn, number),
  decide: ({ survey, results: found }, turn) => {
    if (!survey || !found) return unseen(survey, turn)
    const [first, ...others] = recipesOf(survey, found)
    const choices = [{ label: '导出表格', command: 'surveys.export', input: { number: survey.number } }]
    return {
      events: [],
      drafts: [
        say(turn, resultTexts.full(survey, found), { choices, ...(first ? { attach: first } : {}) }),
        ...others.map((attach, index) =>
          say(turn, nick(survey), { key: `turn:${turn.inboxId}:picture-${index}`, attach }),
        ),
      ],
    }
  },
})

const exportInput = z.object({ number: z.string().nullish(), format: z.enum(['xlsx', 'csv']).default('xlsx') })

export const exported = command<z.infer<typeof exportInput>, Closed>({
  name: 'surveys.export',
  help: { say: '导出问卷 W3', does: '全部结果的 xlsx；加 csv 得 CSV', roles: RUNNERS },
  roles: RUNNERS,
  input: exportInput,
  match: (turn) => {
    const text = turn.said.kind === 'text' ? turn.said.text.trim() : ''
    const found = /^(?:导出问卷|问卷导出)\s*([A-Za-z]{0,10}-?[Ww]?\d{1,4})?\s*(csv|xlsx)?$/i.exec(text)
    return found ? { number: found[1] ?? null, format: found[2]?.toLowerCase() === 'csv' ? 'csv' : 'xlsx' } : null
  },
  load: (tx, turn, { number }) => closedSurvey(tx, turn, number),
  decide: ({ survey, results: found }, turn, { format }) => {
    if (!survey || !found) return unseen(survey, turn)
    // A file goes to the one who asked for it, wherever it was asked.
    const to = { kind: 'account', accountId: turn.actor.accountId } as const
    const attach = tableMaker.recipe({ surveyId: survey.id, format })
    return { events: [], drafts: [say(turn, texts.exported, { to, attach })] }
  },
})

type Opinions = { survey: SurveyView | null; words: Awaited<ReturnType<typeof wordsOf>> }
const OPINIONS_SHOWN = 8

/** 问卷意见: free words of a closed round, masked, each with a tap that makes work of it. */
export const opinions = command<z.infer<typeof refInput>, Opinions>({
  name: 'surveys.opinions',
  help: { say: '问卷意见 W3', does: '看居民写的意见（已隐去门牌姓名），一点就立诉求', roles: ['manager'] },
  roles: ['manager'],
  input: refInput,
  match: (turn) => phrase(turn, '问卷意见|评议意见'),
  load: async (tx, turn, { number }) => {
    const survey = await findSurvey(tx, turn, number, ['closed'])
    return { survey, words: survey?.status === 'closed' && maySee(survey, turn) ? await wordsOf(tx, survey.id) : [] }
  },
  decide: ({ survey, words }, turn) => {
    if (survey?.status !== 'closed' || !maySee(survey, turn)) return unseen(survey, turn)
    const open = words.filter((one) => !one.asWork).slice(0, OPINIONS_SHOWN)
    if (open.length === 0) return reply(turn, texts.noOpinions)
    const lines = open.map((one, index) => `${index + 1}. ${maskWords(one.text)}`)
    const choices = open.map((one, index) => ({
      label: `${index + 1} 立诉求`,
      command: 'surveys.work',
      input: { number: survey.number, wordsId: one.id },
    }))
    return reply(turn, texts.opinions(survey, words.length, lines), choices)
  },
})

const workInput = z.object({ number: z.string(), wordsId: z.number() })

/** Turns one opinion into a request; the module of requests hears it and logs it. */
export const work = command<z.infer<typeof workInput>, Opinions>({
  name: 'surveys.work',
  roles: ['manager'],
  input: workInput,
  match: () => null,
  load: async (tx, turn, { number }) => {
    const survey = await findSurvey(tx, turn, number, ['closed'])
    return { survey, words: survey ? await wordsOf(tx, survey.id) : [] }
  },
  decide: ({ survey, words }, turn, { wordsId }) => {
    const one = words.find(({ id }) => id === wordsId)
    if (!survey || !one || !turn.community || survey.communityId !== turn.community.id) return reply(turn, texts.none)
    if (one.asWork) return reply(turn, texts.alreadyWork)
    const text = maskWords(one.text)
    const event = unrecorded('request_wanted', turn.community.id, `survey:${survey.number}`, {
      ...{ householdId: null, text, category: one.category, urgent: false, reporterAccountId: turn.actor.accountId },
      ...{ surveyId: survey.number, wordsId },
    })
    return { events: [event], drafts: [say(turn, texts.madeWork(text))] }
  },
})
