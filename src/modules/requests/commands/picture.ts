import { z } from 'zod'
import { command } from '../../../kernel/module.js'
import { attachedText } from '../attached.js'
import { numberIn } from '../phrases.js'
import { requestByNumber } from '../store.js'
import { texts } from '../texts.js'
import type { RequestView } from '../types.js'
import { attachmentsOf, happened, LEAVE, refuse, STAFF, say, withAttachments } from './shared.js'

/** A worker's picture that quotes a card: what it looked like, before or after. Also of a request that is closed by now. */
export const staffPicture = command<{ number: string }, RequestView | null>({
  name: 'requests.picture',
  roles: STAFF,
  input: z.object({ number: z.string() }),
  match: ({ said, actor }) => {
    if (said.kind !== 'text' || said.text !== '' || said.attachments.length === 0) return null
    if (!STAFF.some((role) => actor.roles.includes(role))) return null
    const number = numberIn(said.quoted?.subject) ?? numberIn(said.quoted?.text)
    return number ? { number } : null
  },
  load: (tx, _turn, { number }) => requestByNumber(tx, number),
  decide: (request, turn, { number }) => {
    if (!request) return LEAVE
    if (request.communityId !== turn.community?.id) return refuse(turn, texts.noSuch(number))
    const attached = attachedText(attachmentsOf(turn))
    return {
      events: [
        happened(request, 'detail_added', `${turn.actor.name}补图：${attached}`, {
          words: '',
          ...withAttachments(turn),
        }),
      ],
      drafts: [say(turn, texts.detailAdded(request))],
    }
  },
})
