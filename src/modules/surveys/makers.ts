import { z } from 'zod'
import { render } from '../../charts/render.js'
import type { Reader } from '../../db/transaction.js'
import { local } from '../../kernel/local-time.js'
import { type Made, maker, type Recipe } from '../../kernel/making.js'
import type { Picture } from './charts.js'
import { csvOf, workbookOf } from './export.js'
import {
  aspectsPicture,
  communityPicture,
  pollPicture,
  type Round,
  rankPicture,
  satisfactionPicture,
} from './pictures.js'
import type { Results } from './results.js'
import type { RatedGroup, Satisfaction } from './satisfaction.js'
import { viewOf } from './store.js'
import { texts } from './texts.js'
import type { SurveyView } from './types.js'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What a closed round's results show; the recipe names the round only, and the published results are all it reads. */
export const resultsMaker = maker<{ surveyId: number; picture: number }>({
  name: 'surveys.results',
  input: z.object({ surveyId: z.number().int(), picture: z.number().int() }),
  make: async (read, { surveyId, picture }) => {
    const { survey, results } = await closedRound(read, surveyId)
    return drawn(picturesOf(survey, results, await earlierRounds(read, survey))[picture], survey.title)
  },
})

/** All figures of a closed round as a table. */
export const tableMaker = maker<{ surveyId: number; format: 'xlsx' | 'csv' }>({
  name: 'surveys.table',
  input: z.object({ surveyId: z.number().int(), format: z.enum(['xlsx', 'csv']) }),
  make: async (read, { surveyId, format }) => {
    const { survey, results } = await closedRound(read, surveyId)
    const bytes = format === 'csv' ? csvOf(results) : await workbookOf(survey, results)
    const mime = format === 'csv' ? 'text/csv' : XLSX
    return { file: { bytes, mime, name: `${survey.number}-${survey.title}.${format}` } }
  },
})

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() })
const group = z.object({
  label: z.string(),
  asked: z.number(),
  answered: z.number(),
  satisfied: estimate.nullable(),
})
const satisfactionInput = z.object({
  place: z.string(),
  months: z.array(z.object({ month: z.string(), total: group, grids: z.array(group) })).max(24),
})

/** What reporters said of closings: the recipe holds the figures that the picture shows, small groups already hidden. */
export const satisfactionMaker = maker<z.infer<typeof satisfactionInput>>({
  name: 'surveys.satisfaction',
  input: satisfactionInput,
  make: (_read, { place, months }) => drawn(satisfactionPicture(place, months), texts.satisfactionTitle),
})

/** Null while nobody rated anything. Of earlier months only the total is shown. */
export function satisfactionRecipe(place: string, months: readonly Satisfaction[]): Recipe | null {
  if (!satisfactionPicture(place, months)) return null
  const last = months.at(-1)
  const shown = ({ label, asked, answered, satisfied }: RatedGroup) => ({ label, asked, answered, satisfied })
  return satisfactionMaker.recipe({
    place,
    months: months.map((one) => ({
      month: one.month,
      total: shown(one.total),
      grids: one === last ? one.grids.map(shown) : [],
    })),
  })
}

/** A recipe for each picture of a round's results, by kind, the one for the group first. */
export const recipesOf = (survey: SurveyView, results: Results): Recipe[] =>
  picturesOf(survey, results, []).map((_, picture) => resultsMaker.recipe({ surveyId: survey.id, picture }))

function picturesOf(survey: SurveyView, results: Results, rounds: readonly Round[]): Picture[] {
  // Too few answered: there is nothing that may be shown.
  if (results.answered < results.smallestGroup) return []
  const pictures: (Picture | null)[] =
    survey.kind === 'community'
      ? [communityPicture(survey, results, rounds)]
      : survey.kind === 'departments'
        ? [rankPicture(survey, results), aspectsPicture(survey, results)]
        : [pollPicture(survey, results)]
  return pictures.filter((picture) => picture !== null)
}

async function closedRound(read: Reader, surveyId: number): Promise<{ survey: SurveyView; results: Results }> {
  const row = await read.survey.findUniqueOrThrow({ where: { id: surveyId } })
  if (row.status !== 'closed' || !row.results) throw new Error(`survey ${row.number} is not closed`)
  return { survey: viewOf(row), results: row.results as unknown as Results }
}

/** Closed rounds of the same series before this one, oldest first, by the month of their end. */
async function earlierRounds(read: Reader, survey: SurveyView): Promise<Round[]> {
  const { timezone } = await read.community.findUniqueOrThrow({ where: { id: survey.communityId } })
  const rows = await read.survey.findMany({
    where: { series: survey.series, status: 'closed', id: { lt: survey.id } },
    orderBy: { id: 'asc' },
    select: { results: true, closedAt: true },
  })
  return rows.map((row) => ({
    label: row.closedAt ? local(row.closedAt, timezone).toFormat('yyyy年M月') : '',
    composite: (row.results as unknown as Results | null)?.composite ?? null,
  }))
}

async function drawn(picture: Picture | null | undefined, alt: string): Promise<Made> {
  if (!picture) throw new Error('there is no such picture')
  return { image: { bytes: await render(picture.option, picture.size), mime: 'image/png', alt } }
}
