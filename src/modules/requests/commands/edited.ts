import { z } from 'zod'
import { maskText } from '../../../kernel/masking.js'
import { command } from '../../../kernel/module.js'
import { requestByNumber } from '../store.js'
import { excerpt, texts } from '../texts.js'
import type { RequestView } from '../types.js'
import { happened, LEAVE, onTurn, toWorker } from './shared.js'

/** Somebody changed the message their request came from: the new words are added, the old ones stay. */
export const edited = command<{ originalInboxId: number; text: string }, RequestView | null>({
  name: 'requests.edited',
  roles: 'anyone',
  input: z.object({ originalInboxId: z.number().int(), text: z.string() }),
  match: ({ said }) =>
    said.kind === 'edited' && said.originalInboxId !== null
      ? { originalInboxId: said.originalInboxId, text: said.text }
      : null,
  load: async (tx, _turn, input) => {
    const entry = await tx.ledgerEntry.findFirst({
      where: { inboxId: input.originalInboxId, type: 'request.logged' },
      select: { subject: true },
    })
    return entry ? requestByNumber(tx, entry.subject.replace(/^request:/, '')) : null
  },
  decide: (request, turn, input) => {
    if (!request || request.status === 'closed' || request.reporterId !== turn.actor.accountId) return LEAVE
    return {
      events: [
        happened(request, 'detail_added', `原话改为：${excerpt(maskText(input.text), 120)}`, {
          words: input.text,
          attachments: [],
        }),
      ],
      drafts: [toWorker(request, onTurn(turn, 'edited'), texts.detailToWorker(request, input.text, ''))],
    }
  },
})
