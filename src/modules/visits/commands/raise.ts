import { z } from 'zod'
import type { Tx } from '../../../db/transaction.js'
import { CATEGORIES } from '../../../kernel/intent.js'
import { localDate } from '../../../kernel/local-time.js'
import { command, type Reaction } from '../../../kernel/module.js'
import { say } from '../decide-reply.js'
import { visitByKey } from '../store.js'
import { ledgerTexts, logTexts } from '../texts.js'
import type { VisitView } from '../types.js'
import { VISITORS } from './staff.js'

const inputSchema = z.object({
  key: z.string(),
  text: z.string().max(500),
  category: z.enum(CATEGORIES),
  urgent: z.boolean(),
})

/** One tap under a receipt: a finding becomes a request. */
export const raise = command<z.infer<typeof inputSchema>, VisitView | null>({
  name: 'visits.raise',
  roles: VISITORS,
  input: inputSchema,
  match: () => null,
  load: (tx, _turn, { key }) => visitByKey(tx, key),
  decide: (visit, turn, { text, category, urgent }) => {
    if (!visit || !turn.community) return say(turn, 'raise', logTexts.gone)
    if (visit.requestNumber) return say(turn, 'raise', logTexts.alreadyRaised(visit.requestNumber))
    return {
      events: [
        {
          type: 'visit.request_wanted',
          communityId: turn.community.id,
          subject: `visit:${visit.key}`,
          page: 'visits',
          gridId: visit.gridId,
          householdId: visit.householdId,
          workerId: visit.responsibleId,
          text: ledgerTexts.wanted(text),
          data: {
            householdId: visit.householdId,
            text,
            category,
            urgent,
            visitId: visit.id,
            reporterAccountId: turn.actor.accountId,
          },
        },
      ],
      drafts: say(turn, 'raised', logTexts.raised(text)).drafts,
    }
  },
})

const loggedSchema = z.object({
  number: z.string().optional(),
  visitId: z.union([z.number(), z.string()]).optional(),
  origin: z.object({ kind: z.string(), id: z.union([z.string(), z.number()]) }).optional(),
})

/** The request that came of a visit is written beside it. */
export const linkRequest: Reaction = {
  on: ['request.logged'],
  react: async (tx, event) => {
    const data = loggedSchema.parse(event.data)
    const id = data.visitId ?? (data.origin?.kind === 'visit' ? data.origin.id : undefined)
    const number = data.number ?? event.subject.replace(/^request:/, '')
    const visit = id === undefined ? null : await linked(tx, Number(id))
    if (!visit) return { events: [], drafts: [] }
    return {
      events: [
        {
          type: 'visit.request_linked',
          communityId: event.communityId,
          subject: `visit:${visit.key}`,
          page: 'visits',
          gridId: visit.gridId,
          householdId: visit.householdId,
          workerId: visit.responsibleId,
          text: ledgerTexts.linked(number),
          data: { visitId: visit.id, number },
        },
      ],
      drafts: [],
    }
  },
}

const linked = (tx: Tx, id: number) =>
  tx.visit.findUnique({
    where: { id },
    select: { id: true, key: true, gridId: true, householdId: true, responsibleId: true },
  })

/** A household that reported something goes on the plan of whoever answers for it. */
export const noteRequest: Reaction = {
  on: ['request.logged'],
  react: async (tx, event, cause) => {
    if (event.householdId === null || event.householdId === undefined) return { events: [], drafts: [] }
    const community = await tx.community.findUniqueOrThrow({
      where: { id: event.communityId },
      select: { timezone: true },
    })
    return {
      events: [
        {
          type: 'visit.request_seen',
          communityId: event.communityId,
          subject: `household:${event.householdId}`,
          page: null,
          text: '',
          data: { householdId: event.householdId, day: localDate(cause.now, community.timezone) },
        },
      ],
      drafts: [],
    }
  },
}
