import type { Reader } from '../../db/transaction.js'
import type { BallotBooth, BallotOption, BallotPage, BallotQuestion } from '../../kernel/ballot-page.js'
import { mustSayWhy } from './commands/asking.js'
import { isShown } from './decide-flow.js'
import { missingOf, openRows, partOf, UNKNOWN } from './decide-page.js'
import { progressByToken } from './store.js'
import { texts } from './texts.js'
import { pageTexts } from './texts-page.js'
import type { Answer, Answers, Question, SurveyView } from './types.js'

/** Lends half-filled ballots to the page in the browser. */
export const ballotBooth: BallotBooth = {
  command: 'surveys.page',
  castEvent: 'survey.cast',
  read: async (read, token) => {
    const found = await progressByToken(read, token)
    return found ? pageOf(read, found) : null
  },
}

type Found = NonNullable<Awaited<ReturnType<typeof progressByToken>>>

async function pageOf(read: Reader, { survey, progress, entry }: Found): Promise<BallotPage> {
  const communities = survey.kind === 'departments'
  const communityId = communities ? progress.subjectId : survey.communityId
  const community = await read.community.findUniqueOrThrow({ where: { id: communityId } })
  const { answers, accountId } = progress
  return {
    number: survey.number,
    title: survey.title,
    intro: survey.definition.intro,
    anonymous: survey.anonymous,
    promise: texts.promise(survey),
    voter: communities ? pageTexts.ofCommunity(community.name) : pageTexts.ofHousehold,
    communityId,
    accountId,
    state: survey.status !== 'running' ? 'over' : entry?.state === 'a' ? 'cast' : 'open',
    until: survey.endsAt,
    timezone: community.timezone,
    questions: survey.definition.questions.map((question) => questionOf(survey, question, answers)),
  }
}

function questionOf(survey: SurveyView, question: Question, answers: Answers): BallotQuestion {
  const answer = answers[question.key]
  const given = answer ?? answers[partOf(question.key)]
  const required = mustSayWhy(survey)
  const missing = missingOf(question, answers, required)
  const why = answers[`${question.key}.why`]
  const rule = question.showIf
  const below = 'reasonBelow' in question ? question.reasonBelow : undefined
  return {
    key: question.key,
    kind: question.kind,
    text: question.text,
    optional: question.optional,
    options: optionsOf(question, given),
    rows: rowsOf(question, given),
    most: question.kind === 'multiple' ? (question.most ?? null) : null,
    range: question.kind === 'number' ? { min: question.min, max: question.max, unit: question.unit } : null,
    words: typeof given === 'string' || typeof given === 'number' ? String(given) : '',
    showIf: rule ? { question: rule.question, in: rule.in ?? [], below: rule.below ?? null } : null,
    shown: isShown(question, answers),
    reason: below === undefined ? null : { below, required, words: typeof why === 'string' ? why : '' },
    done: answer !== undefined && missing === null,
    fault: missing && pageTexts.missing(missing, question, openRows(question, answers)),
  }
}

const option = (value: number | string, label: string, chosen: boolean): BallotOption => ({
  ...{ value: String(value), label, chosen },
})

function optionsOf(question: Question, given: Answer | undefined): BallotOption[] {
  switch (question.kind) {
    case 'single':
      return question.options.map((label, index) => option(index + 1, label, given === index + 1))
    case 'multiple': {
      const chosen = Array.isArray(given) ? given : []
      return question.options.map((label, index) => option(index + 1, label, chosen.includes(index + 1)))
    }
    case 'scale': {
      const { points, labels } = question
      // Marks with names stand best first, as in the chat; bare numbers as one counts.
      const marks = Array.from({ length: points }, (_, index) => (labels ? points - index : index + 1))
      return marks.map((mark, index) => option(mark, labels?.[index] ?? String(mark), given === mark))
    }
    default:
      return []
  }
}

function rowsOf(question: Question, given: Answer | undefined): BallotQuestion['rows'] {
  if (question.kind !== 'matrix') return []
  const marks = Array.isArray(given) ? given : []
  return question.rows.map((label, row) => ({
    label,
    options: [
      ...Array.from({ length: question.points }, (_, index) =>
        option(index + 1, String(index + 1), marks[row] === index + 1),
      ),
      option(UNKNOWN, pageTexts.unknown, marks[row] === null),
    ],
  }))
}
