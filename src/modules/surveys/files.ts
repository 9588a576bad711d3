import { communityView } from '../../community/settings.js'
import type { Reader, Tx } from '../../db/transaction.js'
import type { CommunityView, DomainEvent } from '../../kernel/module.js'
import { draftedEvent, newSeed, newSurvey, sizesOf } from './commands/write.js'
import { readDefinition } from './definition.js'
import { csvOf, workbookOf } from './export.js'
import type { Results } from './results.js'
import { nextSurveyNumber, surveyByNumber } from './store.js'
import { texts } from './texts.js'
import type { Fault } from './texts-faults.js'
import type { Definition, Owner, SurveyView } from './types.js'

export type { Fault } from './texts-faults.js'

/** What a survey's file is worth: its faults, or what it asks and how it would look in the chat. */
export type Checked = { readonly faults: readonly Fault[] } | { readonly definition: Definition }

/** Reads a survey's file. Rounds over departments are made of the district's list of them, not of a file. */
export function checkSurvey(text: string): Checked {
  const read = readDefinition(text)
  if ('faults' in read || read.definition.kind !== 'departments') return read
  return {
    faults: [
      { line: null, zh: texts.useDepartments, en: 'a round over departments is begun by an officer in the chat' },
    ],
  }
}

export interface PlannedSurvey {
  readonly survey: SurveyView
  /** As the chat shows it, with how many it would ask. */
  readonly preview: string
}

/** The draft a file would become in a community. */
export async function planSurvey(
  db: Tx | Reader,
  definition: Definition,
  row: Parameters<typeof communityView>[0],
  now: Date,
): Promise<PlannedSurvey> {
  const community: CommunityView = communityView(row)
  const owner: Owner = definition.kind === 'community' ? 'surveyor' : 'manager'
  const base = {
    ...{ number: await nextSurveyNumber(db, community), communityId: community.id, owner, seed: newSeed() },
    ...{ scopeKind: 'community' as const, scopeId: community.id },
    series: definition.kind === 'community' ? `community:${community.id}` : `poll:${community.id}:${definition.title}`,
  }
  const survey = newSurvey(definition, base, now)
  const sizes = await sizesOf(db, survey, now)
  return { survey, preview: `${texts.preview(survey)}\n${texts.previewed(survey, sizes)}` }
}

/**
 * The event by which a planned survey becomes a draft of whoever runs it: the manager, or the surveyor for an evaluation.
 * They look at it in the chat and publish it there. Null when there is nobody yet.
 */
export async function draftOf(tx: Tx, { survey }: PlannedSurvey, now: Date): Promise<DomainEvent | null> {
  const home = await tx.community.findUniqueOrThrow({
    where: { id: survey.communityId },
    include: { subdistrict: true },
  })
  const runner = await tx.roleGrant.findFirst({
    where: {
      role: survey.owner,
      OR: [
        { scopeKind: 'community', scopeId: home.id },
        { scopeKind: 'subdistrict', scopeId: home.subdistrictId },
        { scopeKind: 'district', scopeId: home.subdistrict.districtId },
      ],
      startsAt: { lte: now },
      AND: { OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
    },
    orderBy: { id: 'asc' },
  })
  return runner && draftedEvent(survey, runner.personId)
}

/** The tables of a round that is over; null for any other. */
export async function surveyTables(db: Reader, number: string, format: 'xlsx' | 'csv'): Promise<Buffer | null> {
  const survey = await surveyByNumber(db, number)
  if (survey?.status !== 'closed') return null
  const row = await db.survey.findUniqueOrThrow({ where: { number }, select: { results: true } })
  const results = row.results as unknown as Results
  return format === 'csv' ? csvOf(results) : workbookOf(survey, results)
}
