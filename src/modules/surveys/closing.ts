import type { Tx } from '../../db/transaction.js'
import { addDays, localDate } from '../../kernel/local-time.js'
import type { Recipe } from '../../kernel/making.js'
import type { CommunityView, Recipient } from '../../kernel/module.js'
import { type TitleOutcome, titleOutcome } from './decide-title.js'
import { recipesOf } from './makers.js'
import { officersOf } from './reach.js'
import { countResults, type Results } from './results.js'
import { hiddenGroups } from './small-groups.js'
import { ballotGroups, communitiesIn, wordsOf } from './store.js'
import { departmentOf } from './templates.js'
import type { SurveyView } from './types.js'
import { groupWords } from './words.js'

export const TITLE = '和谐社区'

/** A department's aspect that scored too low. */
export interface LowAspect {
  readonly number: string
  readonly departmentId: number
  readonly department: string
  readonly aspect: string
  readonly score: number
  readonly dueOn: string
}

/** All that follows from the end of a round, worked out before anything is decided. */
export interface Closing {
  readonly survey: SurveyView
  readonly results: Results
  /** The one for the group first. */
  readonly pictures: readonly Recipe[]
  /** Cells that the ballots give up. */
  readonly dissolve: readonly string[]
  readonly title: TitleOutcome | null
  readonly lows: readonly LowAspect[]
  readonly rerated: readonly { readonly number: string; readonly score: number }[]
  readonly askedCommunities: readonly number[]
  readonly createdById: number
  /** Who of the district or subdistrict hears the results. */
  readonly officers: readonly Recipient[]
}

/** Results as they are counted now. */
export async function resultsOf(tx: Tx, survey: SurveyView, least: number): Promise<Results> {
  const [groups, words] = [await ballotGroups(tx, survey.id), await wordsOf(tx, survey.id)]
  return countResults(survey.definition, survey.frame, groups, groupWords(words, least), least)
}

/** Counts the round. */
export async function prepareClosing(
  tx: Tx,
  survey: SurveyView,
  community: CommunityView,
  now: Date,
): Promise<Closing> {
  const rules = community.settings.surveys
  const results = await resultsOf(tx, survey, rules.smallestGroup)
  const counts = results.cells.map((cell) => cell.answered)
  const hidden = hiddenGroups(counts, rules.smallestGroup)
  const { createdById } = await tx.survey.findUniqueOrThrow({ where: { id: survey.id }, select: { createdById: true } })
  return {
    survey,
    results,
    pictures: recipesOf(survey, results),
    dissolve: results.cells.filter((_, index) => hidden.has(index)).map((cell) => cell.cell),
    title: survey.kind === 'community' ? await titleOf(tx, survey, results, rules.title) : null,
    lows: await lowAspects(tx, survey, results, community, now),
    rerated: await reratedBy(tx, survey, results),
    askedCommunities: survey.kind === 'departments' ? (await communitiesIn(tx, survey)).map(({ id }) => id) : [],
    createdById,
    officers: survey.kind === 'departments' ? await officersOf(tx, survey, now) : [],
  }
}

async function titleOf(
  tx: Tx,
  survey: SurveyView,
  results: Results,
  rules: CommunityView['settings']['surveys']['title'],
): Promise<TitleOutcome> {
  const rows = await tx.communityTitle.findMany({
    where: { communityId: survey.communityId, title: TITLE },
    orderBy: { id: 'desc' },
    take: 20,
  })
  const earlier = rows.map(({ outcome, held }) => ({ outcome: outcome as TitleOutcome['outcome'], held }))
  return titleOutcome(earlier, results.composite?.value ?? null, results.answered, rules)
}

async function lowAspects(
  tx: Tx,
  survey: SurveyView,
  results: Results,
  community: CommunityView,
  now: Date,
): Promise<LowAspect[]> {
  if (survey.kind !== 'departments' || survey.series.startsWith('rerating:')) return []
  const { rectifyBelow, rectifyDays } = community.settings.surveys
  const dueOn = addDays(localDate(now, community.timezone), rectifyDays)
  let serial = await tx.rectification.count({ where: { communityId: survey.communityId } })
  return results.questions.flatMap(({ key, text, rows }) =>
    rows.flatMap((row) => {
      if (!row.score || row.score.value >= rectifyBelow) return []
      serial += 1
      const number = `${community.code}-Z${serial}`
      const { value: score } = row.score
      return [{ number, departmentId: departmentOf(key), department: text, aspect: row.label, score, dueOn }]
    }),
  )
}

async function reratedBy(tx: Tx, survey: SurveyView, results: Results): Promise<{ number: string; score: number }[]> {
  const rows = await tx.rectification.findMany({ where: { reratingSurveyId: survey.id, status: 'rerating' } })
  return rows.flatMap(({ number, departmentId, aspect }) => {
    const question = results.questions.find(({ key }) => departmentOf(key) === departmentId)
    const score = question?.rows.find((row) => row.label === aspect)?.score
    return score ? [{ number, score: score.value }] : []
  })
}
