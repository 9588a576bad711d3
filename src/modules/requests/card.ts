import type { Draft, DraftChoice } from '../../kernel/module.js'
import { type CardFacts, texts } from './texts.js'
import { type Named, shortNumber, subjectOf } from './types.js'

/** Buttons below a card; every one is checked again at the tap. */
export function cardChoices(number: string, options: { accepted: boolean; mergeInto?: string }): DraftChoice[] {
  const input = { number }
  return [
    ...(options.accepted ? [] : [{ label: '接单', command: 'requests.accept', input }]),
    ...(options.mergeInto
      ? [
          {
            label: `并入${shortNumber(options.mergeInto)}`,
            command: 'requests.merge',
            input: { number, into: options.mergeInto },
          },
        ]
      : []),
    { label: '转派', command: 'requests.transfer', input },
    { label: '办结', command: 'requests.solve', input },
    { label: '不受理', command: 'requests.not-ours', input },
    { label: '不是诉求', command: 'requests.not-a-request', input },
  ]
}

/** The worker's card: in the workers' group, calling the worker by name; danger also goes to worker and managers in private. */
export function cardDrafts(
  facts: CardFacts & { communityId: number; gridId: number | null; worker: Named | null },
  cause: string,
): Draft[] {
  const text = texts.card(facts)
  const choices = cardChoices(facts.number, { accepted: false, mergeInto: facts.similar?.number })
  const common = { text, choices, subject: subjectOf(facts.number) }
  const key = `request:${facts.number}:card:${cause}`
  const group: Draft = {
    ...common,
    key,
    to: {
      kind: 'groups',
      communityId: facts.communityId,
      groupKind: 'workers',
      ...(facts.gridId ? { gridId: facts.gridId } : {}),
      ...(facts.worker ? { mentionPersonId: facts.worker.id } : {}),
    },
    priority: facts.urgent ? 'urgent' : 'reply',
  }
  const inPrivate: Draft[] = facts.worker
    ? [
        {
          ...common,
          key: `${key}:worker`,
          to: { kind: 'person', personId: facts.worker.id, communityId: facts.communityId, privateOnly: true },
          priority: 'urgent',
        },
      ]
    : []
  const managers: Draft = {
    ...common,
    key: `${key}:managers`,
    to: { kind: 'managers', communityId: facts.communityId },
    priority: 'urgent',
  }
  if (facts.urgent) return [group, ...inPrivate, managers]
  return facts.maybeUrgent ? [group, ...inPrivate] : [group]
}
