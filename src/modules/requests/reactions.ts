import { z } from 'zod'
import { communityView } from '../../community/settings.js'
import type { Tx } from '../../db/transaction.js'
import { CATEGORIES } from '../../kernel/intent.js'
import type { Reaction } from '../../kernel/module.js'
import { decideLog } from './decide-log.js'
import { prepareLog } from './prepare.js'
import type { Logged, SameProblem } from './types.js'

/** What another module says when something it heard should become a request. */
const wantedSchema = z.object({
  householdId: z.number().nullable(),
  text: z.string(),
  category: z.enum(CATEGORIES).nullable(),
  urgent: z.boolean().default(false),
  /** Account that hears of progress; the worker's own for a visit. */
  reporterAccountId: z.number().nullable(),
  visitId: z.union([z.string(), z.number()]).optional(),
  surveyId: z.union([z.string(), z.number()]).optional(),
})

/** A finding in a visit or a suggestion in a survey becomes a request, linked both ways by its origin. */
export const wanted = (sameProblem: SameProblem): Reaction => ({
  on: ['visit.request_wanted', 'survey.request_wanted'],
  react: async (tx, event, cause) => {
    const data = wantedSchema.parse(event.data)
    const community = communityView(await tx.community.findUniqueOrThrow({ where: { id: event.communityId } }))
    const account = await reporter(tx, data.reporterAccountId, cause.now)
    const chatId = await chatOf(tx, account, cause.now)
    const report = {
      kind: 'request' as const,
      accountId: account.id,
      reporterName: account.displayName,
      householdId: data.householdId,
      chatId,
      chatGridId: event.gridId ?? null,
      text: data.text,
      category: data.category ?? ('other' as const),
      urgent: data.urgent,
      address: { building: null, unit: null, room: null },
    }
    const state = await prepareLog(tx, sameProblem, community, report, cause.now)
    return decideLog({
      community,
      report,
      state,
      now: cause.now,
      attachments: [],
      origin: originOf(data),
      replyTo: null,
      inGroup: false,
    })
  },
})

function originOf(data: z.infer<typeof wantedSchema>): Logged['origin'] {
  if (data.visitId !== undefined) return { kind: 'visit', id: String(data.visitId) }
  return data.surveyId !== undefined ? { kind: 'survey', id: String(data.surveyId) } : undefined
}

const SYSTEM = 'system'

/** The account that reports; an anonymous suggestion has one that nobody stands behind and nobody can be told at. */
async function reporter(tx: Tx, id: number | null, now: Date) {
  if (id !== null) return tx.account.findUniqueOrThrow({ where: { id } })
  const key = { channel: SYSTEM, externalId: 'anonymous' }
  return tx.account.upsert({
    where: { channel_externalId: key },
    create: { ...key, displayName: '无记名建议', reachable: false, createdAt: now },
    update: {},
  })
}

async function chatOf(
  tx: Tx,
  account: { channel: string; externalId: string; privateChat: string | null },
  now: Date,
): Promise<number> {
  const key = { channel: account.channel, externalId: account.privateChat ?? account.externalId }
  const chat = await tx.chat.upsert({
    where: { channel_externalId: key },
    create: { ...key, kind: 'private', createdAt: now },
    update: {},
  })
  return chat.id
}
