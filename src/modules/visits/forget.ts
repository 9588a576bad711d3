import { z } from 'zod'
import type { Tx } from '../../db/transaction.js'
import type { DomainEvent, Reaction } from '../../kernel/module.js'
import { forgetTexts } from './texts.js'

const forgottenSchema = z.object({ householdId: z.number().int().nullable() })

/**
 * Somebody asked to be forgotten: what visits say of their home goes, from the diary, its ledger entries, photos and the
 * messages about it. That a visit was made, when, by whom and how it went stays, and so does every count. Nobody can tell
 * whose words a note holds, so all of the home's go.
 */
export const forgetHousehold: Reaction = {
  on: ['ledger.forgotten'],
  react: async (tx, event) => {
    const { householdId } = forgottenSchema.parse(event.data)
    const household =
      householdId === null
        ? null
        : await tx.household.findUnique({ where: { id: householdId }, select: { id: true, communityId: true } })
    if (!household) return { events: [], drafts: [] }
    const entries = await tx.ledgerEntry.findMany({
      where: { communityId: household.communityId, page: 'visits', householdId: household.id, erasedAt: null },
      orderBy: { seq: 'asc' },
      select: { seq: true },
    })
    const about = { communityId: household.communityId, subject: `household:${household.id}` }
    const events: DomainEvent[] = [
      { ...about, type: 'visit.forgotten', page: null, text: '', data: { householdId: household.id } },
    ]
    if (entries.length > 0)
      events.push({
        ...about,
        type: 'ledger.erased',
        page: 'ledger',
        text: forgetTexts.erased(entries.length),
        data: { seqs: entries.map((entry) => entry.seq) },
      })
    return { events, drafts: [] }
  },
}

/** Messages of ours about a visit, by the end of their keys. */
const REPLIES = ['logged', 'amended', 'amend', 'note', 'which', 'start', 'photo', 'raised', 'raise'] as const
/** Visits of one round; each stands for several keys of one query. */
const ROUND = 50

/** Takes the words out of a household's visits and of what was said about them. Done twice it changes nothing. */
export async function forgetVisits(tx: Tx, householdId: number): Promise<void> {
  const visits = await tx.visit.findMany({
    where: { householdId },
    orderBy: { id: 'asc' },
    select: { id: true, key: true, problem: true, measure: true, result: true, text: true },
  })
  for (let start = 0; start < visits.length; start += ROUND) {
    const round = visits.slice(start, start + ROUND)
    const told = round.filter(({ problem, measure, result, text }) => `${problem}${measure}${result}${text}` !== '')
    await tx.visit.updateMany({
      where: { id: { in: told.map((visit) => visit.id) } },
      data: { problem: '', measure: '', result: forgetTexts.note, text: '' },
    })
    const subjects = round.map((visit) => `visit:${visit.key}`)
    await tx.attachment.deleteMany({ where: { subject: { in: subjects } } })
    await blankSent(tx, { subject: { in: subjects } })
  }
  await blankSent(tx, { subject: `household:${householdId}` })
  const entries = await tx.ledgerEntry.findMany({
    where: { page: 'visits', householdId, inboxId: { not: null } },
    select: { inboxId: true },
  })
  const messages = [...new Set(entries.flatMap(({ inboxId }) => inboxId ?? []))]
  for (let start = 0; start < messages.length; start += ROUND)
    await forgetMessages(tx, messages.slice(start, start + ROUND))
}

/** What was said to log, correct or show the visits, and what we answered. */
async function forgetMessages(tx: Tx, ids: readonly number[]): Promise<void> {
  const messages = await tx.inboxMessage.findMany({ where: { id: { in: [...ids] } } })
  for (const { id, payload } of messages) {
    const { event, ...rest } = payload as { event: { kind: string } }
    const words = event.kind === 'text' ? { text: '', attachments: [] } : {}
    await tx.inboxMessage.update({ where: { id }, data: { payload: { ...rest, event: { ...event, ...words } } } })
  }
  const keys = ids.flatMap((id) => REPLIES.map((name) => `turn:${id}:visit-${name}`))
  await tx.offer.deleteMany({ where: { outboxKey: { in: keys } } })
  await blankSent(tx, { key: { in: keys } })
}

const blankSent = (tx: Tx, where: object) =>
  tx.outboxMessage.updateMany({
    where: { ...where, status: { in: ['sent', 'failed', 'unknown'] } },
    data: { payload: { text: '' } },
  })
