import { z } from 'zod'
import { command, type Decision, type Draft, type Question, type Turn } from '../../../kernel/module.js'
import { reply, say } from '../decide-reply.js'
import { householdRow, latestVisit } from '../store.js'
import { ledgerTexts, logTexts, placeText } from '../texts.js'
import { type HouseholdRow, type Photos, photosSchema, type Slip, type VisitView } from '../types.js'
import { amendable } from './amend.js'
import { VISITORS } from './staff.js'

const slipFor = (householdId: number, outcome: Slip['outcome'], text: string): Slip => ({
  address: { building: null, unit: null, room: null },
  householdId,
  outcome,
  day: null,
  name: null,
  text,
})

/** A household tapped in a plan: one word or tap logs the visit. */
export const start = command<{ householdId: number }, HouseholdRow | null>({
  name: 'visits.start',
  roles: VISITORS,
  input: z.object({ householdId: z.number().int() }),
  match: () => null,
  load: (tx, _turn, { householdId }) => householdRow(tx, householdId),
  decide: (household, turn) => {
    if (!household) return say(turn, 'start', logTexts.gone)
    const { draft, ask } = startOf(household, turn)
    return { events: [], drafts: [draft], ask }
  },
})

/** How was it? With the likely answers as buttons; any other words are taken for the note. */
export function startOf(household: HouseholdRow, turn: Turn): { readonly draft: Draft; readonly ask: Question } {
  const { fine, notHome, refused } = logTexts.startChoices
  const log = (label: string, outcome: Slip['outcome'], text: string) => ({
    label,
    command: 'visits.log',
    input: { slips: [slipFor(household.id, outcome, text)], photos: [] },
  })
  return {
    draft: {
      ...reply(turn, 'start', logTexts.askStart(household)),
      choices: [log(fine, 'met', logTexts.fine), log(notHome, 'not_home', ''), log(refused, 'refused', '')],
    },
    ask: { command: 'visits.describe', input: { householdId: household.id }, expiresInMs: 600_000 },
  }
}

const PHOTO_MS = 10 * 60_000

interface PhotoState {
  readonly visit: VisitView
  readonly household: HouseholdRow
}

/** A picture without words, soon after a visit, belongs to it. */
export const photo = command<{ photos: Photos }, PhotoState | null>({
  name: 'visits.photo',
  roles: VISITORS,
  input: z.object({ photos: photosSchema }),
  match: (turn) => {
    const { said, place, actor } = turn
    if (said.kind !== 'text' || said.text !== '' || said.attachments.length === 0) return null
    if (place.kind !== 'private' || !VISITORS.some((role) => actor.roles.includes(role))) return null
    return { photos: said.attachments.map(({ reference, mime }) => ({ reference, mime, channel: place.channel })) }
  },
  load: async (tx, turn) => {
    const { community, actor } = turn
    if (!community || actor.personId === null) return null
    const visit = await latestVisit(tx, actor.personId, new Date(turn.now.getTime() - PHOTO_MS))
    const found = visit && (await amendable(tx, turn, community, visit))
    return found && { visit: found.visit, household: found.household }
  },
  decide: (state, turn, { photos }): Decision => {
    if (!state || !turn.community) return say(turn, 'photo', logTexts.photoOfWhat)
    const { visit, household } = state
    return {
      events: [
        {
          type: 'visit.photos_added',
          communityId: turn.community.id,
          subject: `visit:${visit.key}`,
          page: 'visits',
          gridId: visit.gridId,
          householdId: visit.householdId,
          workerId: visit.responsibleId,
          text: ledgerTexts.photo(placeText(household)),
          data: { visitId: visit.id, key: visit.key, photos },
        },
      ],
      drafts: [reply(turn, 'photo', logTexts.photo(placeText(household)))],
    }
  },
})
