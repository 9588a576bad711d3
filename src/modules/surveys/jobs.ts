import type { Tx } from '../../db/transaction.js'
import { local, localDate } from '../../kernel/local-time.js'
import type { CommunityView, Decision, DomainEvent, Draft, Job } from '../../kernel/module.js'
import { closeRound } from './close-round.js'
import { prepareClosing } from './closing.js'
import { unrecorded } from './events.js'
import { officersOf } from './reach.js'
import { viewOf } from './store.js'
import { texts } from './texts.js'
import { pageTexts } from './texts-page.js'
import type { Definition, SurveyView } from './types.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const SLOT_MINUTES = 5
const LEAST_A_SLOT = 50
/** Thirty a second, the most a platform allows, for a slot. */
const MOST_A_SLOT = 30 * 60 * SLOT_MINUTES
/** The invitation and two reminders. */
const PUSHES = 3
/** Questions the chat asks without tiring anybody. */
const LONG = 6

const runningOf = async (tx: Tx, community: CommunityView): Promise<SurveyView[]> =>
  (await tx.survey.findMany({ where: { communityId: community.id, status: 'running' }, orderBy: { id: 'asc' } })).map(
    viewOf,
  )

/** How often everybody may have been written to by now: once from the start, again after each third of the round. */
export function pushesDue(survey: Pick<SurveyView, 'startedAt' | 'endsAt'>, now: Date): number {
  if (!survey.startedAt || !survey.endsAt) return 0
  const third = (survey.endsAt.getTime() - survey.startedAt.getTime()) / PUSHES
  // A round of a day or two is too short to remind anybody.
  if (third < DAY_MS) return 1
  return Math.min(PUSHES, 1 + Math.floor((now.getTime() - survey.startedAt.getTime()) / third))
}

/**
 * Writes to those who were not yet written to and, later, to those who have not answered: by day, a few in each slot, so
 * that neither the platform nor the people are flooded. What was done stands on the roll: a crash repeats nobody.
 */
export const push: Job = {
  name: 'surveys.push',
  cron: `*/${SLOT_MINUTES} * * * *`,
  catchUp: 'latest',
  catchUpMs: HOUR_MS,
  plan: async (tx, community, slot, now) => {
    const { hour } = local(slot, community.timezone)
    if (hour < community.settings.daytime.from || hour >= community.settings.daytime.to)
      return { events: [], drafts: [] }
    const events: DomainEvent[] = []
    const drafts: Draft[] = []
    for (const survey of await runningOf(tx, community)) {
      const pushes = pushesDue(survey, now)
      const slots = community.settings.surveys.spreadHours * (60 / SLOT_MINUTES)
      const size = Math.min(MOST_A_SLOT, Math.max(LEAST_A_SLOT, Math.ceil(survey.invited / slots)))
      const due =
        survey.kind === 'departments'
          ? await dueCommunities(tx, survey, pushes)
          : await dueHouseholds(tx, survey, pushes, size)
      if (due.length === 0) continue
      const rollIds = due.map(({ id }) => Number(id))
      events.push(
        unrecorded('pushed', community.id, `survey:${survey.number}`, { surveyId: survey.id, rollIds, pushes }),
      )
      drafts.push(...due.map(({ id, to }) => invitation(survey, Number(id), to, pushes)))
    }
    return { events, drafts }
  },
}

interface Due {
  readonly id: number
  readonly to: Draft['to']
}

/** Households of the roll with an account that can be written to, the newest of each. */
async function dueHouseholds(tx: Tx, survey: SurveyView, pushes: number, size: number): Promise<Due[]> {
  const rows = await tx.$queryRaw<{ id: number | bigint; accountId: number | bigint }[]>`
    SELECT r."id" AS "id", MAX(a."id") AS "accountId"
    FROM "SurveyRoll" r
    JOIN "Person" p ON p."householdId" = r."subjectId"
    JOIN "Account" a ON a."personId" = p."id" AND a."reachable" AND a."privateChat" IS NOT NULL
    WHERE r."surveyId" = ${survey.id} AND r."state" = 'w' AND r."pushes" < ${pushes}
    GROUP BY r."id" ORDER BY r."id" LIMIT ${size}`
  return rows.map(({ id, accountId }) => ({ id: Number(id), to: { kind: 'account', accountId: Number(accountId) } }))
}

async function dueCommunities(tx: Tx, survey: SurveyView, pushes: number): Promise<Due[]> {
  const rows = await tx.surveyRoll.findMany({ where: { surveyId: survey.id, state: 'w', pushes: { lt: pushes } } })
  return rows.map(({ id, subjectId }) => ({ id, to: { kind: 'managers', communityId: subjectId } }))
}

/** So many questions, or a list of marks, are filled in faster on a page than one by one. */
const isLong = ({ questions }: Definition): boolean =>
  questions.length > LONG || questions.some(({ kind }) => kind === 'matrix')

const invitation = (survey: SurveyView, rollId: number, to: Draft['to'], pushes: number): Draft => ({
  key: `survey:${survey.number}:push:${pushes}:${rollId}`,
  to,
  text: pushes > 1 ? texts.remind(survey) : texts.invite(survey),
  groupText: texts.openPrivate(survey),
  choices: [
    { label: texts.begin, command: 'surveys.start', input: { number: survey.number } },
    ...(isLong(survey.definition)
      ? [{ label: pageTexts.web, command: 'surveys.web', input: { number: survey.number } }]
      : []),
    { label: texts.decline, command: 'surveys.decline', input: { number: survey.number } },
  ],
  choicesForMs: 130 * DAY_MS,
  priority: 'push',
  subject: `survey:${survey.number}`,
})

/** Ends rounds whose time has come. */
export const end: Job = {
  name: 'surveys.end',
  cron: '*/5 * * * *',
  catchUp: 'latest',
  catchUpMs: 30 * DAY_MS,
  plan: async (tx, community, _slot, now) => {
    const row = await tx.survey.findFirst({
      where: { communityId: community.id, status: 'running', endsAt: { lte: now } },
      orderBy: { id: 'asc' },
    })
    // One a slot: counting and drawing take a moment, and others wait behind this transaction.
    if (!row) return { events: [], drafts: [] }
    return closeRound(await prepareClosing(tx, viewOf(row), community, now))
  },
}

/** Drops what is left of talks whose ballot was cast, and at night writes the ballots of running rounds anew. */
export const forget: Job = {
  name: 'surveys.forget',
  cron: '*/10 * * * *',
  catchUp: 'latest',
  catchUpMs: 30 * DAY_MS,
  plan: async (tx, community, slot, now) => {
    const at = local(slot, community.timezone)
    const night = at.hour === 3 && at.minute < 10
    const running = (await runningOf(tx, community)).filter((survey) => survey.anonymous)
    const stale = await tx.surveyProgress.findMany({
      where: { savedAt: { lt: new Date(now.getTime() - 14 * DAY_MS) }, survey: { kind: { not: 'departments' } } },
      select: { token: true },
    })
    const data = { mix: night ? running.map(({ id }) => id) : [], stale: stale.map(({ token }) => token) }
    return { events: [unrecorded('swept', community.id, 'surveys', data)], drafts: [], scrubInbox: true }
  },
}

/** Each morning, what a department should have mended by now. */
export const remindItems: Job = {
  name: 'surveys.rectifications',
  cron: '30 9 * * *',
  catchUp: 'latest',
  catchUpMs: 10 * HOUR_MS,
  plan: async (tx, community, _slot, now): Promise<Decision> => {
    const today = localDate(now, community.timezone)
    const rows = await tx.rectification.findMany({
      where: { communityId: community.id, status: 'open', dueOn: { lte: today } },
      orderBy: { id: 'asc' },
    })
    const names = new Map((await tx.department.findMany()).map((row) => [row.id, row.name]))
    const drafts: Draft[] = []
    for (const surveyId of new Set(rows.map((row) => row.surveyId))) {
      const round = await tx.survey.findUniqueOrThrow({ where: { id: surveyId } })
      const due = rows.filter((row) => row.surveyId === surveyId)
      const text = texts.overdue(
        due.map((row) => texts.itemRow({ ...row, department: names.get(row.departmentId) ?? '' })),
      )
      for (const [index, to] of (await officersOf(tx, viewOf(round), now)).entries())
        drafts.push({ key: `rectifications:${surveyId}:${today}:${index + 1}`, to, text, priority: 'push' })
    }
    return { events: [], drafts }
  },
}
