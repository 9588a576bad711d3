import { z } from 'zod'
import { maskText } from '../../../kernel/masking.js'
import { type AttachmentRef, attachmentSchema } from '../../../kernel/message.js'
import { command, type Decision, type Turn } from '../../../kernel/module.js'
import { attachedText } from '../attached.js'
import { readPhrase } from '../phrases.js'
import type { Reference } from '../store.js'
import { excerpt, texts } from '../texts.js'
import type { RequestView } from '../types.js'
import { addressed, contestOffer, loadOwn, quietly, RESIDENT } from './own.js'
import { happened, LEAVE, onTurn, type RefInput, refInput, say, toWorker } from './shared.js'

/** A picture belongs to a request reported this recently. */
const PICTURE_MS = 15 * 60_000

type DetailInput = RefInput & { readonly attachments: readonly AttachmentRef[] }
const detailInput = refInput.extend({
  attachments: z.array(attachmentSchema).default([]),
})

/** 补充 0012 …, a picture after a report, or a reply to the bot's word about a request. */
export const detail = command<DetailInput, Reference>({
  name: 'requests.detail',
  help: { say: '补充 0012 下午又响了', does: '补充情况或图片', roles: RESIDENT },
  roles: 'anyone',
  input: detailInput,
  match: (turn) => {
    if (turn.said.kind !== 'text') return null
    const phrase = readPhrase(turn.said.text, ['补充'])
    return phrase && { number: phrase.ref, words: phrase.rest, attachments: turn.said.attachments }
  },
  load: loadOwn,
  decide: (reference, turn, input) =>
    quietly(turn, reference, { command: 'requests.detail', verb: '补充', words: input.words }, (request) =>
      detailed(request, turn, input),
    ),
})

/** A picture without words, or an answer to the bot's own message about one of the sender's requests. */
export const detailQuietly = command<DetailInput, Reference>({
  name: 'requests.detail-quietly',
  roles: 'anyone',
  input: detailInput,
  match: (turn) => {
    const { said } = turn
    if (said.kind !== 'text' || turn.actor.roles.some((role) => role !== 'resident')) return null
    const picture = said.attachments.length > 0 && said.text === ''
    const aboutIt = said.quoted?.subject?.startsWith('request:') && turn.triage !== 'log' && said.text.length > 3
    return picture || aboutIt ? { number: null, words: said.text, attachments: said.attachments } : null
  },
  load: async (tx, turn, input) => {
    const found = await loadOwn(tx, turn, input)
    if (found.kind === 'several' && turn.said.kind === 'text' && turn.said.text === '') {
      const [newest] = found.requests
      return newest ? { kind: 'found', request: newest } : found
    }
    return found
  },
  decide: (reference, turn, input) => {
    if (reference.kind !== 'found') return LEAVE
    const { request } = reference
    if (
      input.words === '' &&
      turn.now.getTime() - request.createdAt.getTime() > PICTURE_MS &&
      turn.place.kind !== 'private'
    )
      return LEAVE
    return detailed(request, turn, input)
  },
})

export function detailed(
  request: RequestView,
  turn: Turn,
  input: Pick<DetailInput, 'words' | 'attachments'>,
): Decision {
  if (request.status === 'closed') return contestOffer(request, turn)
  const words = input.words
  return {
    events: [
      happened(request, 'detail_added', `补充：${excerpt(maskText(words), 120) || '图片'}`, {
        words,
        attachments: input.attachments,
      }),
    ],
    drafts: [
      ...(turn.place.kind === 'private' || addressed(turn) ? [say(turn, texts.detailAdded(request))] : []),
      toWorker(request, onTurn(turn, 'detail'), texts.detailToWorker(request, words, attachedText(input.attachments))),
    ],
  }
}
