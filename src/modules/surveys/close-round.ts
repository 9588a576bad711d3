import type { Decision, DomainEvent, Draft, Recipient } from '../../kernel/module.js'
import { type Closing, TITLE } from './closing.js'
import { recorded } from './events.js'
import { nick } from './texts.js'
import { resultTexts } from './texts-results.js'

/** Ends a round: freezes its results, decides the title, opens what has to be mended, and tells those who answered. */
export function closeRound(closing: Closing): Decision {
  const { survey, results, dissolve } = closing
  const closed = recorded('closed', survey, resultTexts.ledger(survey, results), {
    ...{ number: survey.number, results: { ...results }, dissolve: [...dissolve] },
    drop: results.answered < results.smallestGroup,
  })
  const events = [closed, ...titleEvents(closing), ...rectificationEvents(closing)]
  const drafts = survey.kind === 'departments' ? toOfficers(closing) : toNeighbours(closing)
  return { events, drafts, scrubInbox: survey.anonymous }
}

function titleEvents({ survey, title, results }: Closing): DomainEvent[] {
  if (!title) return []
  const score = results.composite?.value ?? 0
  const data = { surveyId: survey.id, communityId: survey.communityId, title: TITLE, ...title, score }
  return [
    { ...recorded('title_decided', survey, titleWords(title, results.composite?.value ?? null), data), page: 'titles' },
  ]
}

const titleWords = (title: NonNullable<Closing['title']>, score: number | null): string =>
  resultTexts.title(TITLE, title, score) || TITLE

function rectificationEvents({ survey, lows, rerated }: Closing): DomainEvent[] {
  const page = 'rectifications'
  const opened = lows.map(({ department, ...low }) => ({
    ...recorded('rectification_opened', survey, resultTexts.lowAspect(department, low.aspect, low.score, low.dueOn), {
      ...low,
      surveyId: survey.id,
    }),
    subject: `rectification:${low.number}`,
    page,
  }))
  const again = rerated.map((one) => ({
    ...recorded('rectification_rerated', survey, resultTexts.rerated(one.number, one.score), one),
    subject: `rectification:${one.number}`,
    page,
  }))
  return [...opened, ...again]
}

const draft = (closing: Closing, name: string, to: Recipient, text: string, picture = 0): Draft => {
  const attach = closing.pictures[picture]
  const { number } = closing.survey
  return {
    key: `survey:${number}:${name}`,
    to,
    text,
    priority: 'push',
    subject: `survey:${number}`,
    ...(attach ? { attach } : {}),
  }
}

/** One line and a picture to the groups that were asked, every figure to those who run it or answer for the place. */
function toNeighbours(closing: Closing): Draft[] {
  const { survey, results, title, createdById } = closing
  const { communityId } = survey
  const honour = title ? resultTexts.title(TITLE, title, results.composite?.value ?? null) : ''
  const told = title && title.outcome !== 'missed' && title.outcome !== 'warned' ? `${honour}。` : ''
  const line = resultTexts.toGroup(survey, results) + told
  const full = `${resultTexts.full(survey, results)}${honour === '' ? '' : `\n${honour}`}`
  const opinions = results.words.length > 0 ? `\n${resultTexts.opinions(survey)}` : ''
  const drafts = [
    draft(closing, 'results', { kind: 'groups', communityId, groupKind: 'residents' }, line),
    draft(closing, 'results-managers', { kind: 'managers', communityId }, full + opinions),
  ]
  if (survey.owner === 'manager') return drafts
  const runner = { kind: 'person', personId: createdById, communityId, privateOnly: true } as const
  return [...drafts, draft(closing, 'results-runner', runner, full)]
}

/** Ranks and marks go to officers only; a community hears that it is over, and nothing of anybody's marks. */
function toOfficers(closing: Closing): Draft[] {
  const { survey, results, lows, officers, askedCommunities, pictures } = closing
  const rectify = lows.map(
    (low) => `· ${low.number} ${resultTexts.lowAspect(low.department, low.aspect, low.score, low.dueOn)}`,
  )
  const full = resultTexts.full(survey, results)
  return [
    ...officers.flatMap((to, index) => {
      const name = officers.length === 1 ? 'officers' : `officer-${index + 1}`
      return [
        draft(closing, `results-${name}`, to, full),
        ...(pictures.length > 1 ? [draft(closing, `aspects-${name}`, to, `${nick(survey)} 各方面得分`, 1)] : []),
        ...(rectify.length > 0
          ? [draft(closing, `rectify-${name}`, to, resultTexts.rectify(rectify), pictures.length)]
          : []),
      ]
    }),
    ...askedCommunities.map((communityId) =>
      draft(
        closing,
        `thanks-${communityId}`,
        { kind: 'managers', communityId },
        resultTexts.departmentsThanks(survey, results),
        pictures.length,
      ),
    ),
  ]
}
