import { DateTime } from 'luxon'
import type { Job } from '../../kernel/module.js'
import { dropChatter, dropSentTexts } from '../../ledger/retention.js'
import { closeDecision, planClose } from './close-month.js'

const DAY_MS = 86_400_000
const NOTHING_DUE = { events: [], drafts: [] }

/** Closes the month before, on the community's day, when the manager has not done it. */
export const closeMonths: Job = {
  name: 'ledger.close-month',
  cron: ({ settings }) => `0 ${settings.ledger.closeHour} ${settings.ledger.closeDay} * *`,
  catchUpMs: 25 * DAY_MS,
  catchUp: 'latest',
  plan: async (tx, community, slot) => {
    const month = DateTime.fromJSDate(slot, { zone: community.timezone }).minus({ months: 1 }).toFormat('yyyy-MM')
    const plan = await planClose(tx, community, month)
    return plan ? closeDecision(community, plan, null) : NOTHING_DUE
  },
}

/** Every night drops the words of chatter and of messages sent long ago. */
export const dropOldWords: Job = {
  name: 'ledger.retention',
  cron: '17 3 * * *',
  catchUpMs: 7 * DAY_MS,
  catchUp: 'latest',
  plan: async (tx, community, _slot, now) => {
    await dropChatter(tx, community.id, community.settings.chatterDays, now)
    await dropSentTexts(tx, community.id, community.settings.ledger.outboxDays, now)
    return NOTHING_DUE
  },
}
