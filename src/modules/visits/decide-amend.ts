import { addDays } from '../../kernel/local-time.js'
import type { CommunityView, Decision, DomainEvent, Turn } from '../../kernel/module.js'
import { counter, openings } from './decide-counts.js'
import { isDay } from './decide-day.js'
import { readNote } from './decide-note.js'
import { splitName } from './decide-outcome.js'
import { reply, say } from './decide-reply.js'
import { ledgerTexts, logTexts, placeText } from './texts.js'
import type { Counts, HouseholdRow, LoggedVisit, Outcome, Resolution, Slip, VisitView } from './types.js'

/** A stored visit with what changing it needs. */
export interface Amendable {
  readonly visit: VisitView
  readonly household: HouseholdRow
  readonly workerName: string
  /** Position of its entry in the chain. */
  readonly seq: number | undefined
  readonly counts: Counts
}

export interface AmendState {
  readonly community: CommunityView
  readonly found: Amendable | null
  /** What the new words say; null when there are none yet. */
  readonly change: {
    readonly slip: Slip
    readonly saysOutcome: boolean
    readonly resolution: Resolution
    readonly place: { readonly responsibleId: number | null; readonly outside: boolean } | null
  } | null
}

const TEN_MINUTES = 600_000

/** Why a visit may not be changed by this turn; null when it may. */
export function refusal(found: Amendable | null, turn: Turn): string | null {
  if (!found) return logTexts.gone
  const own = found.visit.workerId === turn.actor.personId
  if (!own && !turn.actor.roles.includes('manager')) return logTexts.gone
  if (found.visit.status !== 'valid') return logTexts.alreadyOff
  const month = found.counts.monthOfDay.get(found.visit.day)
  const view = month === undefined ? undefined : found.counts.months.get(month)?.view
  return view?.closed ? logTexts.closed(view.month) : null
}

const lineOf = (
  household: HouseholdRow,
  visit: Pick<VisitView, 'outcome' | 'problem' | 'measure' | 'result'>,
): string => logTexts.line({ household, name: null, ...visit, backdatedTo: null, repeated: null, outside: false })

/** 改: a new entry that takes the place of the old one, which stays to be seen. */
export function decideAmend(
  { community, found, change }: AmendState,
  turn: Turn,
  { supplement }: { readonly supplement: boolean },
): Decision {
  const no = refusal(found, turn)
  if (no !== null || !found) return say(turn, 'amend', no ?? logTexts.gone)
  const { visit, household, counts, workerName } = found
  if (!change) {
    return {
      ...say(turn, 'amend', logTexts.askAmend(lineOf(household, visit))),
      ask: { command: 'visits.amend', input: { key: visit.key }, expiresInMs: TEN_MINUTES },
    }
  }
  const { slip, resolution } = change
  if (resolution.kind === 'several' || resolution.kind === 'near') return chooseOther(turn, visit.key, resolution, slip)
  if (resolution.kind === 'none') return say(turn, 'amend', logTexts.notFound(resolution.asked))
  const day = slip.day ?? visit.day
  if (!isDay(day)) return say(turn, 'amend', logTexts.noSuchDay(day))
  if (day > counts.today) return say(turn, 'amend', logTexts.future(day))
  const oldest = addDays(counts.today, -community.settings.visits.backdateDays)
  if (day < oldest && day !== visit.day)
    return say(turn, 'amend', logTexts.tooOld(day, community.settings.visits.backdateDays))
  const other = resolution.kind === 'found' ? resolution.household : household
  const text = wordsOf(visit, slip.text, supplement, other.headName)
  const outcome: Outcome = change.saysOutcome ? slip.outcome : visit.outcome
  const amended: LoggedVisit = {
    key: `${turn.inboxId}.0`,
    householdId: other.id,
    gridId: other.gridId,
    responsibleId: change.place ? change.place.responsibleId : visit.responsibleId,
    workerId: visit.workerId,
    day,
    outcome,
    tier: other.tier,
    ...text,
    backdated: visit.backdated || day !== counts.today,
    outside: change.place ? change.place.outside : visit.outside,
    photos: [],
    source: 'chat',
    correctsId: visit.id,
  }
  const count = counter(counts)
  count.remove(household.id, visit.day)
  count.add(other.id, day, outcome)
  const event: DomainEvent<LoggedVisit> = {
    type: 'visit.corrected',
    communityId: community.id,
    subject: `visit:${amended.key}`,
    page: 'visits',
    gridId: amended.gridId,
    householdId: amended.householdId,
    workerId: amended.responsibleId,
    text: ledgerTexts.corrected(workerName, placeText(other), outcome, ledgerTexts.note(amended), day),
    data: amended,
    ...(found.seq === undefined ? {} : { correctsSeq: found.seq }),
  }
  return {
    events: [...openings(counts, [day], community.id, workerName), event],
    drafts: [
      {
        ...reply(turn, 'amended', logTexts.amended(lineOf(other, amended), count.text(day, false))),
        subject: `visit:${amended.key}`,
        choices: [
          { label: logTexts.amend, command: 'visits.amend', input: { key: amended.key } },
          { label: logTexts.withdraw, command: 'visits.withdraw', input: { keys: [amended.key] } },
        ],
      },
    ],
  }
}

/** New words take the place of the old; a supplement or a mere change of place or outcome keeps them. */
function wordsOf(visit: VisitView, words: string, supplement: boolean, headName: string) {
  const { problem, measure, result, text } = visit
  if (words === '') return { problem, measure, result, text }
  const note = readNote(splitName(words, headName).rest)
  if (!supplement) return { ...note, text: words }
  const join = (a: string, b: string) => [a, b].filter((part) => part !== '').join('、')
  return {
    problem: join(problem, note.problem),
    measure: join(measure, note.measure),
    result: join(result, note.result),
    text: [text, words].filter((part) => part !== '').join('，'),
  }
}

function chooseOther(
  turn: Turn,
  key: string,
  resolution: Extract<Resolution, { kind: 'several' | 'near' }>,
  slip: Slip,
): Decision {
  const text = resolution.kind === 'several' ? logTexts.whichOf(resolution.asked) : logTexts.near(resolution.asked)
  return {
    events: [],
    drafts: [
      {
        ...reply(turn, 'amend-which', text),
        choices: resolution.households.map((one) => ({
          label: placeText(one),
          command: 'visits.amend',
          input: { key, householdId: one.id, text: slip.text },
        })),
      },
    ],
  }
}

/** 撤: the visits lose their count and stay to be seen. */
export function decideWithdraw(found: readonly Amendable[], turn: Turn, community: CommunityView): Decision {
  const [first] = found
  if (!first) return say(turn, 'withdraw', logTexts.nothingToday)
  const no = found.map((one) => refusal(one, turn)).find((one) => one !== null)
  if (no) return say(turn, 'withdraw', no)
  const count = counter(first.counts)
  for (const { visit } of found) count.remove(visit.householdId, visit.day)
  return {
    events: found.map(({ visit, household, workerName, seq }) => ({
      type: 'visit.withdrawn',
      communityId: community.id,
      subject: `visit:${visit.key}`,
      page: 'visits',
      gridId: visit.gridId,
      householdId: visit.householdId,
      workerId: visit.responsibleId,
      text: ledgerTexts.withdrawn(workerName, placeText(household), visit.day),
      data: { visitId: visit.id, key: visit.key },
      ...(seq === undefined ? {} : { correctsSeq: seq }),
    })),
    drafts: [
      reply(
        turn,
        'withdrawn',
        logTexts.withdrawn(
          found.map(({ household }) => placeText(household)).join('、'),
          count.text(first.visit.day, false),
        ),
      ),
    ],
  }
}
