import { z } from 'zod'
import type { AttachmentRef } from '../../../kernel/message.js'
import type { Decision, DomainEvent, Draft, DraftChoice, Turn } from '../../../kernel/module.js'
import type { Reference } from '../store.js'
import { texts, title } from '../texts.js'
import { type RequestView, subjectOf } from '../types.js'

export const STAFF = ['worker', 'coordinator', 'manager'] as const

/** Input of commands about one request: the number or what was said of it. */
export const refInput = z.object({ number: z.string().nullish(), words: z.string().default('') })
export type RefInput = z.infer<typeof refInput>

/** One answer where the turn was said. */
export function say(turn: Turn, text: string, more: Partial<Draft> = {}): Draft {
  return { key: `turn:${turn.inboxId}:answer`, to: { kind: 'here' }, text, priority: 'reply', mention: true, ...more }
}

/** A kind word and nothing else. */
export const refuse = (turn: Turn, text: string, choices?: readonly DraftChoice[]): Decision => ({
  events: [],
  drafts: [say(turn, text, choices ? { choices } : {})],
})

/** What came with the words of this turn. */
export const attachmentsOf = ({ said }: Turn): readonly AttachmentRef[] =>
  said.kind === 'text' || said.kind === 'answer' ? said.attachments : []

/** The same as a part of an event's data; nothing where nothing came. */
export function withAttachments(turn: Turn): { readonly attachments?: readonly AttachmentRef[] } {
  const attachments = attachmentsOf(turn)
  return attachments.length > 0 ? { attachments } : {}
}

export const LEAVE: Decision = { events: [], drafts: [], leftAlone: true }

/** An event of one request, attributed to its block, household and worker of this moment. */
export function happened<Data extends object>(
  request: RequestView,
  type: string,
  text: string,
  data: Data,
): DomainEvent<Data & { number: string }> {
  return {
    type: `request.${type}`,
    communityId: request.communityId,
    subject: subjectOf(request.number),
    page: 'requests',
    gridId: request.gridId,
    householdId: request.householdId,
    workerId: request.worker?.id ?? null,
    text,
    data: { number: request.number, ...data },
  }
}

/** A request as a group may see it: nobody's room. */
export const withoutRoom = (request: RequestView): RequestView => ({
  ...request,
  address: { ...request.address, room: null },
})

/**
 * Words to everybody who reported or joined: in private where they can be reached, else in their group, where the room is
 * left out. `words` is asked for both.
 */
export function toReporters(
  request: RequestView,
  key: string,
  words: (request: RequestView) => string,
  more: Partial<Draft> = {},
): Draft[] {
  return request.reporters.map((reporter) => ({
    key: `request:${request.number}:${key}:${reporter.accountId}`,
    to: { kind: 'account', accountId: reporter.accountId, groupId: reporter.chatId },
    text: words(request),
    groupText: words(withoutRoom(request)),
    priority: 'reply',
    subject: subjectOf(request.number),
    ...more,
  }))
}

/** Words to the worker who answers for it, or to the managers where nobody does. */
export function toWorker(request: RequestView, key: string, text: string, more: Partial<Draft> = {}): Draft {
  return {
    key: `request:${request.number}:${key}`,
    to: request.worker
      ? { kind: 'person', personId: request.worker.id, communityId: request.communityId }
      : { kind: 'managers', communityId: request.communityId },
    text,
    priority: 'reply',
    subject: subjectOf(request.number),
    ...more,
  }
}

/** Asks which request is meant, one choice each; the command is run again with the chosen number. */
export function askWhich(
  turn: Turn,
  command: string,
  verb: string,
  requests: readonly RequestView[],
  words: string,
): Decision {
  const choices = requests.slice(0, 9).map((request) => ({
    label: title(request, turn.place.kind !== 'residents'),
    command,
    input: { number: request.number, words },
  }))
  return refuse(turn, texts.which(verb), choices)
}

/** Runs `work` on the one request a reference means; else says what to do. */
export function withRequest(
  turn: Turn,
  reference: Reference,
  about: { command: string; verb: string; words: string },
  work: (request: RequestView) => Decision,
): Decision {
  switch (reference.kind) {
    case 'found':
      return work(reference.request)
    case 'several':
      return askWhich(turn, about.command, about.verb, reference.requests, about.words)
    case 'none':
      return refuse(turn, texts.noSuch(reference.ref))
  }
}

/** Marks events and drafts of a turn so that the same tap twice makes the same keys. */
export const onTurn = (turn: Turn, name: string): string => `${name}:${turn.inboxId}`
