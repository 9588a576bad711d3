import { addDays } from '../../kernel/local-time.js'
import type { Decision, DomainEvent, Draft, DraftChoice, Turn } from '../../kernel/module.js'
import { counter, openings } from './decide-counts.js'
import { isDay } from './decide-day.js'
import { findingsOf, readNote } from './decide-note.js'
import { splitName } from './decide-outcome.js'
import { isWholeHouse, question } from './decide-question.js'
import { reply } from './decide-reply.js'
import { MOST_SIGNS } from './decide-slip.js'
import { ledgerTexts, logTexts, placeText, targetReasons } from './texts.js'
import type { HouseholdRow, LoggedVisit, LogState, Photos, PreparedSlip } from './types.js'

const TEN_MINUTES = 600_000

/** A visit of this turn: what its row will keep and what the reply says of it. */
interface Made {
  readonly visit: LoggedVisit
  readonly household: HouseholdRow
  readonly name: string | null
  readonly line: string
}

/**
 * Logs what is certain and asks for what is missing: one question at a time, the slips that wait on it are kept in the
 * buttons.
 */
export function decideLog(state: LogState, turn: Turn, photos: Photos, dropped = 0): Decision {
  const { today } = state.counts
  const oldest = addDays(today, -state.community.settings.visits.backdateDays)
  const counts = counter(state.counts)
  const made: Made[] = []
  const doubtful: PreparedSlip[] = []
  const refusals = new Map<string, number>()
  const refuse = (text: string) => refusals.set(text, (refusals.get(text) ?? 0) + 1)
  for (const one of state.prepared) {
    if (!isDay(one.day)) refuse(logTexts.noSuchDay(one.day))
    else if (one.day > today) refuse(logTexts.future(one.day))
    else if (one.day < oldest || counts.view(one.day)?.closed)
      refuse(logTexts.tooOld(one.day, state.community.settings.visits.backdateDays))
    else if (one.resolution.kind === 'found' && one.place)
      made.push(make(state, turn, one, one.resolution.household, one.place, made.length, photos, counts))
    else doubtful.push(one)
  }
  const events = [
    ...openings(
      state.counts,
      made.map((one) => one.visit.day),
      state.community.id,
      state.worker.name,
    ),
    ...made.map((one) => loggedEvent(state, one)),
  ]
  const drafts: Draft[] = []
  if (made.length > 0) drafts.push(receipt(turn, made, counts, state))
  if (dropped > 0) refuse(logTexts.tooMany(state.prepared.length, dropped))
  if (refusals.size > 0) {
    const lines = [...refusals].map(([text, count]) => (count > 1 ? logTexts.forSeveral(count, text) : text))
    drafts.push(reply(turn, 'refused', lines.join('\n')))
  }
  const [first, ...rest] = doubtful
  if (first)
    drafts.push(
      question(
        state,
        turn,
        first,
        rest.map((one) => one.slip),
        photos,
      ),
    )
  const ask = first ? undefined : askForNote(turn, made)
  if (ask) drafts.push(ask.draft)
  return {
    events,
    drafts,
    ...(ask ? { ask: { command: 'visits.amend', input: ask.input, expiresInMs: TEN_MINUTES } } : {}),
    ...(first && !isWholeHouse(first.slip)
      ? { ask: { command: 'visits.log', input: pendingInput(first, doubtful, photos), expiresInMs: TEN_MINUTES } }
      : {}),
  }
}

const pendingInput = (first: PreparedSlip, doubtful: readonly PreparedSlip[], photos: Photos) => ({
  slips: [first.slip, ...doubtful.slice(1).map((one) => one.slip)],
  photos,
})

type Counter = ReturnType<typeof counter>

function make(
  state: LogState,
  turn: Turn,
  { slip, day }: PreparedSlip,
  household: HouseholdRow,
  place: NonNullable<PreparedSlip['place']>,
  index: number,
  photos: Photos,
  counts: Counter,
): Made {
  const { name, rest } = splitName(slip.text, household.headName)
  const note = readNote(rest)
  const repeated = slip.outcome === 'met' ? counts.before(household.id, day) : null
  counts.add(household.id, day, slip.outcome)
  const backdated = day !== state.counts.today
  const visit: LoggedVisit = {
    key: `${turn.inboxId}.${index}`,
    householdId: household.id,
    gridId: household.gridId,
    responsibleId: place.responsibleId,
    workerId: state.worker.id,
    day,
    outcome: slip.outcome,
    tier: household.tier,
    ...note,
    text: slip.text,
    backdated,
    outside: place.outside,
    photos: index === 0 ? photos : [],
    source: 'chat',
    correctsId: null,
  }
  const line = logTexts.line({
    household,
    name: name ?? slip.name,
    outcome: slip.outcome,
    ...note,
    backdatedTo: backdated ? day : null,
    repeated,
    outside: place.outside,
  })
  return { visit, household, name, line }
}

function loggedEvent(state: LogState, { visit, household }: Made): DomainEvent<LoggedVisit> {
  return {
    type: 'visit.logged',
    communityId: state.community.id,
    subject: `visit:${visit.key}`,
    page: 'visits',
    gridId: visit.gridId,
    householdId: visit.householdId,
    workerId: visit.responsibleId,
    text: ledgerTexts.logged(
      state.worker.name,
      placeText(household),
      visit.outcome,
      ledgerTexts.note(visit),
      visit.backdated ? visit.day : null,
    ),
    data: visit,
  }
}

/** The receipt goes where it was said, but never into a residents' group: what a visit tells is nobody else's business. */
function receipt(turn: Turn, made: readonly Made[], counts: Counter, state: LogState): Draft {
  const last = made.at(-1)
  const day = last?.visit.day ?? state.counts.today
  const month = state.counts.months.get(state.counts.monthOfDay.get(day) ?? '')
  const target = month?.view.target ?? 0
  const doneNow = target > 0 && (month?.view.met ?? 0) < target && counts.met(day) >= target
  const met = made.some((one) => one.visit.outcome === 'met')
  const count = counts.text(day, met)
  const lines = made.map((one) => one.line)
  const keys = made.map((one) => one.visit.key)
  const text = [
    `${logTexts.logged(lines, count)}${doneNow ? logTexts.done : ''}`,
    ...(month?.isUnexplained ? [targetReasons.told(target, month.view.reason)] : []),
    ...(made.some(isUrgent) ? [logTexts.urgent] : []),
    ...(made.some((one) => one.visit.text.length >= MOST_SIGNS) ? [logTexts.tooLong(MOST_SIGNS)] : []),
  ].join('\n')
  return {
    ...reply(turn, 'logged', text),
    subject: `visit:${last?.visit.key ?? ''}`,
    choices: [
      ...made.flatMap(raises).slice(0, 2),
      ...(made.length === 1 ? [{ label: logTexts.amend, command: 'visits.amend', input: { key: keys[0] } }] : []),
      { label: logTexts.withdraw, command: 'visits.withdraw', input: { keys } },
    ],
  }
}

const isUrgent = ({ visit }: Made): boolean => findingsOf(visit.problem).some((one) => one.urgent)

const raises = ({ visit }: Made): DraftChoice[] =>
  findingsOf(visit.problem).map(({ text, category, urgent }) => ({
    label: logTexts.raise(text),
    command: 'visits.raise',
    input: { key: visit.key, text, category, urgent },
  }))

/** A household to be cared for that was met without a word about it: the one thing asked afterwards. */
function askForNote(turn: Turn, made: readonly Made[]) {
  const [only, second] = made
  if (!only || second) return null
  const { visit, household } = only
  if (visit.outcome !== 'met' || household.tier === 'ordinary') return null
  if (visit.problem || visit.measure || visit.result) return null
  const input = { key: visit.key, supplement: true }
  const draft: Draft = {
    ...reply(turn, 'note', logTexts.askNote(household, only.name ?? household.headName)),
    choices: [{ label: logTexts.fine, command: 'visits.amend', input: { ...input, text: logTexts.fine } }],
  }
  return { draft, input }
}
