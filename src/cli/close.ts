import { userInfo } from 'node:os'
import { closeDecision, modules, planClose } from '../app.js'
import { communityView } from '../community/settings.js'
import { carryOut } from '../engine/decision.js'
import { OperatorError } from '../kernel/errors.js'
import { monthRange } from '../kernel/local-time.js'
import { ledgerTexts } from './ledger-texts.js'
import { communityByCode, withDatabase } from './session.js'

const { close: texts } = ledgerTexts

/** Closes a month as the manager does in chat; the service posts the fingerprint. */
export async function runClose({ community: code, month }: { community: string; month: string }): Promise<void> {
  await withDatabase(async (db) => {
    const community = communityView(await communityByCode(db.read, code))
    const now = new Date()
    if (monthRange(month, community.timezone).to > now) throw new OperatorError(texts.notOver(month))
    const plan = await db.write(async (tx) => {
      const months = await planClose(tx, community, month)
      if (!months) throw new OperatorError(texts.nothing(month))
      const cause = { now, inboxId: null, actor: `cli:${userInfo().username}` }
      await carryOut(tx, modules, closeDecision(community, months, null), cause, null)
      return months
    })
    for (const close of plan) console.log(texts.done(close.month, close.fingerprint))
  })
}
