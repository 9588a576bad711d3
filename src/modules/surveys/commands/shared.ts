import { rolesOf } from '../../../community/actors.js'
import { communityView } from '../../../community/settings.js'
import type { Tx } from '../../../db/transaction.js'
import type { CommunityView, Decision, Draft, DraftChoice, Turn } from '../../../kernel/module.js'
import { rollEntry, surveyByNumber, surveysOf } from '../store.js'
import type { SurveyView } from '../types.js'

/** One answer where the turn was said. */
export const say = (turn: Turn, text: string, more: Partial<Draft> = {}): Draft => ({
  key: `turn:${turn.inboxId}:surveys`,
  to: { kind: 'here' },
  text,
  priority: 'reply',
  mention: true,
  ...more,
})

/** Words and nothing else. */
export const reply = (turn: Turn, text: string, choices?: readonly DraftChoice[]): Decision => ({
  events: [],
  drafts: [say(turn, text, choices ? { choices } : {})],
})

/** `W3`, `3`, `BH-W3`: the number of the community's survey in full. */
export function fullNumber(reference: string, community: CommunityView | null): string {
  const plain = reference.trim().toUpperCase()
  if (plain.includes('-')) return plain
  return `${community?.code ?? ''}-W${plain.replace(/^W/, '')}`
}

/** A survey that the speaker's community has to do with; without a reference the newest of these states. */
export async function findSurvey(
  tx: Tx,
  turn: Turn,
  reference: string | null | undefined,
  status: readonly string[],
): Promise<SurveyView | null> {
  if (!turn.community) return reference?.includes('-') ? surveyInReach(tx, turn, reference.trim().toUpperCase()) : null
  const known = await surveysOf(tx, turn.community, ['draft', 'running', 'closed', 'cancelled'], 200)
  if (!reference) return known.find((survey) => status.includes(survey.status)) ?? null
  const number = fullNumber(reference, turn.community)
  const own = known.find((survey) => survey.number === number)
  if (own) return own
  // A round over many communities is called by the serial of the community that runs it.
  const tail = number.slice(number.lastIndexOf('-'))
  const asked = known.find((survey) => survey.kind === 'departments' && survey.number.endsWith(tail))
  return asked ?? (reference.includes('-') ? surveyInReach(tx, turn, number) : null)
}

/** A survey by its full number, for somebody whose office reaches further than where they stand. */
async function surveyInReach(tx: Tx, turn: Turn, number: string): Promise<SurveyView | null> {
  const survey = await surveyByNumber(tx, number)
  const community = survey && (await tx.community.findUnique({ where: { id: survey.communityId } }))
  if (!survey || !community || turn.actor.personId === null) return null
  const roles = await rolesOf(tx, turn.actor.personId, community, turn.now)
  return roles.includes(survey.owner) || roles.includes('officer') ? survey : null
}

/** The community whose settings and clock a survey goes by: its own, wherever the speaker stands. */
export async function homeOf(tx: Tx, survey: SurveyView): Promise<CommunityView> {
  return communityView(await tx.community.findUniqueOrThrow({ where: { id: survey.communityId } }))
}

/** Whose ballot the speaker may cast: the household's, or the community's where communities are asked. */
export function subjectOf(survey: SurveyView, turn: Turn): number | null {
  if (survey.kind !== 'departments') return turn.actor.householdId
  return turn.actor.roles.includes('manager') ? (turn.community?.id ?? null) : null
}

/** The speaker's place on a survey's roll. */
export async function placeOnRoll(tx: Tx, turn: Turn, survey: SurveyView) {
  const subjectId = subjectOf(survey, turn)
  return subjectId === null ? null : rollEntry(tx, survey.id, subjectId)
}

/** Numbers said after a phrase, such as `问卷进度 W3`. */
export const REFERENCE = '\\s*([A-Za-z]{0,10}-?[Ww]?\\d{1,4})?'

/** The plain text of a turn, null when it is something else. */
export const textOf = (turn: Turn): string | null => (turn.said.kind === 'text' ? turn.said.text.trim() : null)

/** A phrase with an optional reference: `{ number }` or null. */
export function phrase(turn: Turn, words: string): { number: string | null } | null {
  const text = textOf(turn)
  const found = text === null ? null : new RegExp(`^(?:${words})${REFERENCE}[。！!？?\\s]*$`).exec(text)
  return found ? { number: found[1] ?? null } : null
}
